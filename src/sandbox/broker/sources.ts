import type { Grants, HostRule } from '../../core/policy/types';
import type { ParsedUrl } from '../../core/url';

/** What a broker is restricted to for one request, and whether that is enough to let it follow redirects. */
export interface BrokerReach {
	readonly sources: readonly string[];
	readonly follow: boolean;
}

/**
 * What a request may reach. Where CSP sources can say exactly what the policy allows, redirects are followed within it; where they cannot
 * (a deny rule, an address range, IPv6, plain http alone, the page's own site among the hosts) the request reaches its own host and no
 * redirect is followed.
 */
export function brokerReachOf(grants: Grants, url: ParsedUrl, own: URL): BrokerReach {
	const { hosts } = grants;
	const isDocumented = grants.rules === 'documented';
	const rules = hosts.map((rule) => sourcesOf(rule, isDocumented));
	const follow =
		isExpressible(url.host) &&
		rules.every((sources) => sources !== null) &&
		hosts.every((rule) => upgradesOf(rule).every((upgrade) => isCovered(upgrade, hosts, isDocumented))) &&
		!hosts.some((rule) => rule.effect === 'allow' && mayBe(rule, own));
	return follow
		? { sources: [...new Set([sourceOf(url), ...rules.flatMap((sources) => sources ?? [])])].sort(), follow }
		: { sources: [sourceOf(url)], follow };
}

/**
 * What a fetch may reach that a person asked for: the hosts of these addresses, all of which they were shown. A redirect to a host of
 * them is followed, from http to https too; one that CSP has no words for is fetched without following any.
 */
export function reachOfNamed(addresses: readonly string[]): BrokerReach {
	const urls = addresses.map((address) => sourceParts(new URL(address)));
	const [first] = urls;
	const follow = urls.every(({ host }) => isExpressible(host));
	return follow
		? { sources: [...new Set(urls.map(sourceOf))].sort(), follow }
		: { sources: first ? [sourceOf(first)] : [], follow };
}

/**
 * The source that admits the server of a URL and no other, for a request that cannot refuse redirects; null where CSP cannot say it, or
 * would also admit the same host over https and `isGranted` does not cover that.
 */
export function exactSource(url: ParsedUrl, isGranted: (url: string) => boolean): string | null {
	if (!isExpressible(url.host)) return null;
	const upgrades = url.scheme === 'http' ? portsUpgraded(Number(url.port)) : [];
	return upgrades.every((port) => isGranted(`https://${url.host}:${port}/`)) ? sourceOf(url) : null;
}

/** CSP has no words for IPv6. */
export const isExpressible = (host: string): boolean => /^[a-z0-9_.-]+$/.test(host);

type Place = Pick<ParsedUrl, 'scheme' | 'host' | 'port'>;

/** The source of a server; only the scheme, where CSP has no words for its host. */
export const sourceOf = ({ scheme, host, port }: Place): string =>
	isExpressible(host) ? `${scheme}://${host}:${port}` : `${scheme}:`;

/** Where a URL leads, its port always given. */
export const sourceParts = ({ protocol, hostname, port }: URL): Place => ({
	scheme: protocol === 'https:' ? 'https' : 'http',
	host: hostname,
	port: port || (protocol === 'https:' ? '443' : '80'),
});

/** The ports at which a source for http at a port admits https: the same one, and that of https for that of http. */
const portsUpgraded = (port: number): readonly number[] => (port === 80 ? [80, 443] : [port]);

/** What CSP admits over https beside a rule for http; a port that is null is any. */
function upgradesOf({ scheme, host, port }: HostRule): readonly { host: string; port: number | null }[] {
	if (scheme !== null && scheme !== 'http') return [];
	return (port === null ? [null] : portsUpgraded(port)).map((upgraded) => ({ host, port: upgraded }));
}

/** Whether rules grant https at a host, or all hosts of a wildcard, and a port. */
const isCovered = (
	{ host, port }: { readonly host: string; readonly port: number | null },
	hosts: readonly HostRule[],
	isDocumented: boolean,
): boolean =>
	// A rule that matches nothing gives no source.
	host === '' ||
	(host.startsWith('*') && !isDocumented) ||
	hosts.some(
		(rule) =>
			rule.effect === 'allow' &&
			(rule.scheme === null || rule.scheme === 'https') &&
			(rule.port === null || rule.port === port) &&
			(rule.host === host || (isDocumented && rule.host === '*')),
	);

/** The sources that a rule grants; none where it can match nothing, null where sources cannot say it. */
function sourcesOf(rule: HostRule, isDocumented: boolean): readonly string[] | null {
	if (rule.effect === 'deny' || rule.cidr) return null;
	const schemes =
		rule.scheme === null ? ['https', 'http'] : ['https', 'http'].filter((one) => one === rule.scheme);
	const isWild = rule.host.startsWith('*');
	// A release compares texts, and no request's host has an asterisk.
	if (rule.host === '' || (isWild && !isDocumented)) return [];
	if (rule.host === '*') return rule.port === null ? schemes.map((scheme) => `${scheme}:`) : null;
	const host = isWild ? rule.host.slice(2) : rule.host;
	if (!isExpressible(host)) return null;
	return schemes.map((scheme) => `${scheme}://${rule.host}:${rule.port ?? '*'}`);
}

/** Whether a rule covers the page's own site. */
function mayBe({ scheme, host, port }: HostRule, own: URL): boolean {
	if (scheme !== null && `${scheme}:` !== own.protocol) return false;
	if (port !== null && port !== Number(own.port || (own.protocol === 'https:' ? 443 : 80))) return false;
	return (
		host === '*' || host === own.hostname || (host.startsWith('*.') && own.hostname.endsWith(host.slice(1)))
	);
}
