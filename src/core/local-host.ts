import { addressBytes, isInRange, readCidr, type AddressRange } from './policy/host-pattern';

/** Addresses that lie in the visitor's own machine or network. */
const localRanges = [
	...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
	...['192.168.0.0/16', '::/127', 'fc00::/7', 'fe80::/10'],
].flatMap((text) => readCidr(text) ?? []);

/** Endings of names that mean the same, and the names themselves. */
const localNames = ['localhost', 'local', 'internal', 'intranet', 'lan', 'home', 'corp', 'home.arpa'];

/**
 * Whether a host (lower case, ASCII, IPv6 in brackets) is on the visitor's own machine or network: loopback, private and link-local
 * addresses, and names that mean them. What a public name resolves to cannot be seen from a page.
 */
export function isLocalHost(host: string): boolean {
	const bytes = addressBytes(host);
	if (bytes) return localRanges.some((range) => isInRange(bytes, range));
	if (host === '' || host === '*') return false;
	const bare = host.replace(/^\*\./, '').replace(/\.$/, '');
	return !bare.includes('.') || localNames.some((name) => bare === name || bare.endsWith(`.${name}`));
}

/** Whether a range of addresses shares any with the visitor's own machine or network. */
export function hasLocalAddress(range: AddressRange): boolean {
	return localRanges.some((local) => isInRange(local.bytes, range) || isInRange(range.bytes, local));
}
