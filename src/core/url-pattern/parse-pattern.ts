import { err, ok, type Result } from '../result';
import { matchParts } from './match-parts';
import { partsOf, type Part } from './parts';
import { splitPattern, type SplitPattern } from './split';
import { PatternProblem, tokensOf, type Token } from './tokens';

/** Bounds on a pattern, so that matching stays a few passes over a URL. */
export const patternLimits = {
	/** Characters. */
	length: 8192,
	/** Names, stars and groups together. */
	wildcards: 16,
} as const;

/** A pattern that was read. */
export interface UrlPattern {
	/** Whether a URL, as `new URL` parsed it, matches. Takes time in proportion to its length. */
	matches(url: URL): boolean;
}

/**
 * Reads a URL pattern: URLPattern's syntax as one text with scheme and host, without regular expressions of its own. The error says, as a
 * sentence, why it is none.
 */
export function parsePattern(text: string): Result<UrlPattern, string> {
	try {
		return ok(read(text));
	} catch (error) {
		if (error instanceof PatternProblem) return err(error.message);
		throw error;
	}
}

function read(text: string): UrlPattern {
	if (text.length > patternLimits.length)
		throw new PatternProblem(`It is longer than ${patternLimits.length.toLocaleString('en')} characters.`);
	const tokens = tokensOf(text);
	const wildcards = tokens.filter(({ kind }) => kind === 'name' || kind === 'star' || kind === 'open').length;
	if (wildcards > patternLimits.wildcards)
		throw new PatternProblem(`It has more than ${patternLimits.wildcards} names, stars and groups.`);
	const split = splitPattern(tokens);
	const names = new Set<string>();
	const parts = (list: readonly Token[], prefix: string, encode: (text: string) => string) =>
		partsOf(list, { prefix, encode: encoded(encode) }, names);

	const protocol = parts(split.protocol, '', (literal) => literal.toLowerCase());
	const hostname = isAddress(split.hostname)
		? [{ kind: 'text' as const, text: encoded(encodeHost)(split.hostname.map(({ text }) => text).join('')) }]
		: parts(
				split.hostname,
				'',
				split.hostname.every(({ kind }) => kind === 'text') ? encodeHost : encodeLabels,
			);
	const port = portOf(parts(split.port ?? [], '', encodePort), protocol);
	const pathname = split.pathname && parts(split.pathname, '/', encodePath);
	const search = split.search && parts(split.search, '', encodeSearch);
	const hash = split.hash && parts(split.hash, '', encodeHash);
	const rest = restOf(split);
	return {
		matches: (url) =>
			matchParts(protocol, url.protocol.slice(0, -1), '') &&
			matchParts(hostname, url.hostname, '.') &&
			matchParts(port, url.port, '') &&
			(pathname ? matchParts(pathname, url.pathname, '/') : rest.pathname(url.pathname)) &&
			(search ? matchParts(search, url.search.slice(1), '') : rest.search(url.search)) &&
			(hash ? matchParts(hash, url.hash.slice(1), '') : true),
	};
}

/** What a component that is not named has to be: anything, unless one after it is named; then what a URL without it has. */
const restOf = ({ search, hash }: SplitPattern) => ({
	pathname: (pathname: string) => (search === null && hash === null) || pathname === '/',
	search: (text: string) => hash === null || text === '',
});

/** An IPv6 address, whose colons are no names. */
const isAddress = (tokens: readonly Token[]): boolean => tokens[0]?.kind === 'text' && tokens[0].text === '[';

/** The default port of a scheme is none in a parsed URL. */
function portOf(port: Part[], [protocol, ...more]: readonly Part[]): Part[] {
	const [only] = port;
	const scheme = more.length === 0 && protocol?.kind === 'text' ? protocol.text : '';
	const isDefault =
		port.length === 1 &&
		only?.kind === 'text' &&
		((scheme === 'http' && only.text === '80') || (scheme === 'https' && only.text === '443'));
	return isDefault ? [] : port;
}

const encoded = (encode: (text: string) => string) => (text: string) => {
	if (text === '') return '';
	try {
		return encode(text);
	} catch {
		throw new PatternProblem(`The part ${text.slice(0, 80)} in it cannot stand in a URL.`);
	}
};

const refuse = (): never => {
	throw new TypeError();
};

/** Characters that no host has: what a URL parser would take for the end of it, or refuses. */
const noHost = /[\s#%/:<>?@\\^|]/;

/** A whole host, in the form that a parsed URL has. */
function encodeHost(text: string): string {
	if (!text.startsWith('[') && noHost.test(text)) refuse();
	return new URL(`http://${text}/`).hostname;
}

/** Part of a host beside a name or star, label by label: no number in it is an address yet. */
function encodeLabels(text: string): string {
	if (noHost.test(text)) refuse();
	const isPlain = (label: string) => /^[\x21-\x7e]*$/.test(label);
	return text
		.split('.')
		.map((label) => (isPlain(label) ? label.toLowerCase() : new URL(`http://${label}/`).hostname))
		.join('.');
}

function encodePort(text: string): string {
	if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) refuse();
	return String(Number(text));
}

function encodePath(text: string): string {
	const url = new URL('http://x/');
	if (text.startsWith('/')) {
		url.pathname = text;
		return url.pathname;
	}
	// What is no beginning of a path must not become one.
	url.pathname = `/-${text}`;
	return url.pathname.slice(2);
}

function encodeSearch(text: string): string {
	const url = new URL('http://x/');
	url.search = text;
	return url.search.slice(1);
}

function encodeHash(text: string): string {
	const url = new URL('http://x/');
	url.hash = text;
	return url.hash.slice(1);
}
