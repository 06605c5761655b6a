import { err, ok, type Result } from './result';

/** An absolute `http` or `https` URL, parsed once: what is decided on is what is fetched. */
export interface ParsedUrl {
	/** Canonical, and what to fetch. */
	readonly href: string;
	readonly scheme: 'http' | 'https';
	/** Lower-case ASCII without a trailing dot; IPv6 in brackets. */
	readonly host: string;
	/** Always given: `443` or `80` where the URL names none. */
	readonly port: string;
	/** The host as the text spells it, its ASCII letters lower-cased but not repaired (`127.1`, `example.com.`): the releases compare this. */
	readonly writtenHost: string;
}

export type UrlRefusal =
	| 'control-character'
	| 'scheme'
	| 'malformed-authority'
	| 'backslash'
	| 'userinfo'
	| 'invalid-host'
	| 'invalid-url';

const controlOrEdgeSpace = /\p{Cc}|^ | $/u;

/** Parses an absolute URL, and refuses what a lenient parser would silently repair. Only `http` and `https` pass. */
export function parseUrl(text: string): Result<ParsedUrl, { readonly reason: UrlRefusal }> {
	const refuse = (reason: UrlRefusal) => err({ reason });
	if (controlOrEdgeSpace.test(text)) return refuse('control-character');
	const schemeEnd = text.indexOf(':');
	const scheme = schemeEnd < 0 ? '' : text.slice(0, schemeEnd).toLowerCase();
	if (!/^[a-z][a-z0-9+.-]*$/.test(scheme)) return refuse('invalid-url');
	if (scheme !== 'http' && scheme !== 'https') return refuse('scheme');
	if (!text.startsWith('//', schemeEnd + 1)) return refuse('malformed-authority');
	const rest = text.slice(schemeEnd + 3);
	const end = rest.search(/[/?#]/);
	const authority = end < 0 ? rest : rest.slice(0, end);
	if (authority === '') return refuse('malformed-authority');
	if (authority.includes('\\')) return refuse('backslash');
	if (authority.includes('@')) return refuse('userinfo');

	const url = URL.parse(text);
	if (!url || url.host === '') return refuse('invalid-url');
	const host = url.hostname.endsWith('.') ? url.hostname.slice(0, -1) : url.hostname;
	if (host === '' || host.startsWith('.') || host.endsWith('.') || host.includes('..'))
		return refuse('invalid-host');
	if (host !== url.hostname) {
		url.hostname = host;
		if (url.hostname !== host) return refuse('invalid-host');
	}
	return ok({
		href: url.href,
		scheme,
		host,
		port: url.port || (scheme === 'https' ? '443' : '80'),
		// ASCII letters alone: other alphabets have letters that fold into these.
		writtenHost: authority.replace(/:[0-9]*$/, '').replace(/[A-Z]+/g, (letters) => letters.toLowerCase()),
	});
}

/** Whether a name of this form could be looked up: no label is empty or longer than 63 characters, and the whole has at most 253. */
export const canBeLookedUp = (host: string): boolean =>
	host.startsWith('[') ||
	(host.length <= 253 &&
		host
			.replace(/\.$/, '')
			.split('.')
			.every((label) => label.length > 0 && label.length <= 63));

/** Whether an authority has a colon for a port, and after it none that there is: a release takes the whole for a name then. */
export function lacksItsPort(authority: string): boolean {
	const port = /:([\w.~-]*)$/.exec(authority)?.[1];
	return port !== undefined && !(/^[0-9]+$/.test(port) && Number(port) <= 65_535);
}

/**
 * The host of a URL that a release lets its rules decide on, although nothing can be sent there: one with a name before the host, with a
 * host that no name server knows, brackets around what is no address, or a port that is none. Null for a URL that parses, and for one that is refused for another reason.
 */
export function hostOfUnsendable(text: string): Pick<ParsedUrl, 'scheme' | 'writtenHost'> | null {
	const parsed = parseUrl(text);
	if (parsed.ok) return null;
	const [, scheme = '', authority = ''] = /^(https?):\/\/([^/?#]*)/i.exec(text) ?? [];
	const { reason } = parsed.error;
	const host = authority.slice(authority.lastIndexOf('@') + 1).replace(/:[\w.~-]*$/, '');
	const isDecided =
		reason === 'userinfo' ||
		reason === 'invalid-host' ||
		(reason === 'invalid-url' && (lacksItsPort(authority) || host.startsWith('[')));
	if (!isDecided) return null;
	if (!/^(?:[\w.-]+|\[[^[\]]*\])$/.test(host)) return null;
	return { scheme: scheme.toLowerCase() as 'http' | 'https', writtenHost: host.toLowerCase() };
}

/**
 * Puts the parts of a `wasi:http` request together, so that none of them can spill into another: a path that does not start with
 * `/` (or `?`), or an authority that holds more than a host and a port, is refused. The default path is `/`.
 */
export function composeUrl(parts: {
	readonly scheme: string;
	readonly authority?: string | null;
	readonly path?: string | null;
}): Result<ParsedUrl, { readonly reason: UrlRefusal }> {
	const refuse = (reason: UrlRefusal) => err({ reason });
	const scheme = parts.scheme.toLowerCase();
	if (scheme !== 'http' && scheme !== 'https') return refuse('scheme');
	const authority = parts.authority ?? '';
	if (authority === '') return refuse('malformed-authority');
	if (authority.includes('\\')) return refuse('backslash');
	if (authority.includes('@')) return refuse('userinfo');
	if (/[\s/?#]/.test(authority)) return refuse('malformed-authority');
	const path = parts.path || '/';
	if (!/^[/?]/.test(path)) return refuse('invalid-url');
	const before = path.startsWith('?') ? '/' : '';
	return parseUrl(`${scheme}://${authority}${before}${path}`);
}
