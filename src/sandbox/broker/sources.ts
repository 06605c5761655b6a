import type { Grants, HostRule } from '../../core/policy/types';
import type { ParsedUrl } from '../../core/url';

/** What a broker is restricted to for one request, and whether that is enough to let it follow redirects. */
export interface Reach {
	readonly sources: readonly string[];
	readonly follow: boolean;
}

/**
 * What a request may reach. Where CSP sources can say exactly what the policy allows, redirects are followed within it; where they cannot
 * (a deny rule, an address range, IPv6, the page's own site among the hosts) the request reaches its own host and no redirect is followed.
 */
export function reachOf(grants: Grants, url: ParsedUrl, own: URL): Reach {
	const here = isExpressible(url.host) ? `${url.scheme}://${url.host}:${url.port}` : `${url.scheme}:`;
	const rules = grants.hosts.map((rule) => sourcesOf(rule, grants.engine === 'documented'));
	const follow =
		isExpressible(url.host) &&
		rules.every((sources) => sources !== null) &&
		!grants.hosts.some((rule) => rule.effect === 'allow' && mayBe(rule, own));
	return follow
		? { sources: [...new Set([here, ...rules.flatMap((sources) => sources ?? [])])].sort(), follow }
		: { sources: [here], follow };
}

/** CSP has no words for IPv6. */
const isExpressible = (host: string) => /^[a-z0-9_.-]+$/.test(host);

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
