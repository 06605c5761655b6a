import { understand } from '../address';
import { hasLocalAddress, isLocalHost } from '../local-host';
import { parsePolicy } from '../policy';
import { readCidr, readDocumentedHost, readReleaseHost } from '../policy/host-pattern';
import type { Scenario } from './schema';

/**
 * Hosts that are, or may be, on the reader's own machine or network, and that opening a scenario would reach or let be reached: those of its
 * policies, as these write them, those that its components are fetched from, and those that its calls of Wassette's own tools name. Each once.
 */
export function localHostsOf({ components, world, calls = [] }: Scenario): readonly string[] {
	return [
		...new Set([
			...components.flatMap(({ policy }) => localHostsOfPolicy(policy, world?.network)),
			...components.flatMap(({ source }) => {
				if ('url' in source) return localHostsOfAddress(source.url);
				return 'oci' in source ? localHostsOfAddress(`oci://${source.oci.replace(/^oci:\/\//, '')}`) : [];
			}),
			...calls.flatMap(({ tool, arguments: given }) => {
				if (tool === 'load-component') return localHostsOfAddress(given['path']);
				return tool === 'grant-network-permission' ? localHostsOfGrant(given['details']) : [];
			}),
		]),
	];
}

/** The same of one policy text. Where only routes answer, a rule for any host at all reaches nobody's network. */
export function localHostsOfPolicy(
	policy: string | null,
	network: NonNullable<Scenario['world']>['network'],
): readonly string[] {
	const rules = policy === null ? [] : (parsePolicy(policy).policy?.rules ?? []);
	const reachesOut = network !== 'routes';
	return rules.flatMap((rule) => {
		if (rule.effect === 'deny') return [];
		if (rule.kind === 'cidr') {
			const range = readCidr(rule.cidr);
			return range && hasLocalAddress(range) && (range.prefix > 0 || reachesOut) ? [rule.cidr] : [];
		}
		return rule.kind === 'host' && isLocalRule(rule.host, reachesOut) ? [rule.host] : [];
	});
}

/** The hosts, with their ports, that are asked for what an address or a reference names, as far as they are local; none where it names nothing. */
export function localHostsOfAddress(address: unknown): readonly string[] {
	const url = typeof address === 'string' ? URL.parse(address) : null;
	if (url && /^https?:$/.test(url.protocol)) return localHostOf(url);
	const understood = typeof address === 'string' ? understand(address) : null;
	return understood?.ok ? understood.value.hosts.flatMap(({ origin }) => localHostOf(new URL(origin))) : [];
}

const localHostOf = ({ hostname, host }: URL): readonly string[] =>
	isLocalHost(hostname.replace(/\.$/, '')) ? [host] : [];

function localHostsOfGrant(details: unknown): readonly string[] {
	const host = typeof details === 'object' && details !== null && 'host' in details ? details.host : null;
	return typeof host === 'string' && isLocalRule(host, true) ? [host] : [];
}

/** Engines read a rule in different ways, and the reader may change the engine. */
function isLocalRule(rule: string, reachesOut: boolean): boolean {
	const readings = [readDocumentedHost(rule), readReleaseHost(rule)];
	const hosts = readings.flatMap((reading) => (reading.ok ? [reading.value.host] : []));
	return hosts.some(isLocalHost) || (hosts.includes('*') && reachesOut);
}
