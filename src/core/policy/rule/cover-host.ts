import { addressBytes, isInRange } from '../host-pattern';
import type { HostRule } from '../types';

/** What a rule says of hosts: a name, a wildcard of `documented`, an address, or a range of them. */
export type HostSpan = Pick<HostRule, 'host' | 'cidr'>;

/** Whether every host that `narrow` matches is matched by `wide` too. Wildcards are those of `documented`; releases compile none. */
export function coversHost(wide: HostSpan, narrow: HostSpan): boolean {
	if (wide.cidr) {
		if (!narrow.cidr) {
			const address = addressBytes(narrow.host);
			return address !== null && isInRange(address, wide.cidr);
		}
		return (
			narrow.cidr.bytes.length === wide.cidr.bytes.length &&
			narrow.cidr.prefix >= wide.cidr.prefix &&
			isInRange(narrow.cidr.bytes, wide.cidr)
		);
	}
	if (wide.host === '*') return true;
	if (narrow.cidr) return false;
	if (!wide.host.startsWith('*.')) return wide.host === narrow.host;
	const domain = wide.host.slice(1);
	if (narrow.host.startsWith('*.')) return narrow.host.slice(1).endsWith(domain);
	return (
		addressBytes(narrow.host) === null &&
		narrow.host.length >= wide.host.length &&
		narrow.host.endsWith(domain)
	);
}

/** Whether some host is matched by both; true also where it cannot be told. Names and ranges lie within each other or apart. */
export function overlapsHost(one: HostSpan, other: HostSpan): boolean {
	// A range of IPv4 addresses holds them as IPv6 addresses, too.
	if (one.cidr && other.cidr && one.cidr.bytes.length !== other.cidr.bytes.length) return true;
	return coversHost(one, other) || coversHost(other, one);
}
