import { upTo } from '../up-to';
import { itemAt } from '../item-at';
import { err, ok, type Result } from '../result';
import { hasReadableHost, longestHost } from './readable-host';

/** What a `host` or `cidr` rule stands for under one way of reading it. */
export interface HostPattern {
	/** Lower case; null is any. */
	readonly scheme: string | null;
	/** As compared; empty where the rule can match nothing. */
	readonly host: string;
	/** Null is every port. */
	readonly port: number | null;
}

/**
 * Reads a host rule as the releases do: first as a URL, and only if that fails as a bare host. That is why `localhost:8080` turns into
 * a URL whose scheme is `localhost`, with no host at all. Ports and paths are dropped. The error is what every call then answers.
 */
export function readReleaseHost(text: string): Result<HostPattern, string> {
	const url = parse(text);
	if (url) return ok({ scheme: url.protocol.slice(0, -1), host: starred(url), port: null });
	const bare = parse(`http://${text}`);
	if (bare) return ok({ scheme: null, host: starred(bare), port: null });
	return err(`Invalid host format: ${text}`);
}

/** Chromium escapes a star in a host, which the standard leaves as it is. */
const starred = (url: URL): string => url.hostname.replace(/%2a/gi, '*');

/** Browsers repair some hosts that Wassette refuses: what either refuses is refused. */
const parse = (text: string): URL | null => (hasReadableHost(text) ? URL.parse(text) : null);

/** Reads a host rule as documented: `[scheme://]host[:port][/path]`, the host perhaps `*` or `*.domain`. The path is dropped. */
export function readDocumentedHost(text: string): Result<HostPattern, string> {
	const invalid = err(`Invalid host format: ${text}`);
	const parts = /^(?:([a-z][a-z0-9+.-]*):\/\/|(https?):(?!\d+(?:\/|$))|\/\/)?(.*)$/is.exec(text.trim());
	if (!parts) return invalid;
	const scheme = (parts[1] ?? parts[2] ?? null)?.toLowerCase() ?? null;
	const authority = upTo(parts[3] ?? '', /[/?#\\]/).replace(/^.*@/, '');
	const split = isBareIpv6(authority)
		? [authority, `[${authority}]`, undefined]
		: /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(authority);
	if (!split) return invalid;
	const port = split[2] ? Number(split[2]) : null;
	if (port !== null && port > 65535) return invalid;
	const host = canonicalHost(split[1] ?? '');
	return host === null ? invalid : ok({ scheme, host, port });
}

/** Lower-case ASCII form without the trailing dot, a leading `*.` kept; null where it is no host. */
function canonicalHost(text: string): string | null {
	if (text === '*') return '*';
	if (text.length > longestHost) return null;
	const isWild = text.startsWith('*.');
	const url = URL.parse(`http://${isWild ? text.slice(2) : text}`);
	if (!url || url.hostname === '') return null;
	const host = url.hostname.replace(/\.$/, '');
	if (host === '') return null;
	return isWild ? `*.${host}` : host;
}

const isBareIpv6 = (text: string) => text.split(':').length > 2 && !text.startsWith('[');

/** A range of addresses: the bytes of its base (4 or 16) and how many of their bits count. */
export interface AddressRange {
	readonly bytes: readonly number[];
	readonly prefix: number;
}

/** Reads `10.0.0.0/8` or `fd00::/8`; null where it is no range. */
export function readCidr(text: string): AddressRange | null {
	const [, address, bits] = /^([^/]+)\/(\d{1,3})$/.exec(text.trim()) ?? [];
	if (address === undefined) return null;
	const bytes = address.includes(':')
		? addressBytes(URL.parse(`http://[${address.replace(/^\[|\]$/g, '')}]`)?.hostname ?? '')
		: /^\d{1,3}(\.\d{1,3}){3}$/.test(address)
			? addressBytes(URL.parse(`http://${address}`)?.hostname ?? '')
			: null;
	const prefix = Number(bits);
	return bytes && prefix <= bytes.length * 8 ? { bytes, prefix } : null;
}

/** The bytes of a canonical IP literal (`127.0.0.1`, `[::1]`); null for a name. */
export function addressBytes(host: string): readonly number[] | null {
	if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) return host.split('.').map(Number);
	if (!host.startsWith('[') || !host.endsWith(']')) return null;
	const [head = '', tail] = host.slice(1, -1).split('::');
	const groups = (part: string) => (part === '' ? [] : part.split(':').map((group) => parseInt(group, 16)));
	const before = groups(head);
	const after = tail === undefined ? [] : groups(tail);
	const zeros = new Array<number>(Math.max(0, 8 - before.length - after.length)).fill(0);
	return [...before, ...zeros, ...after].flatMap((group) => [group >> 8, group & 255]);
}

/** Whether an address lies in a range. An IPv4 address written as IPv6 (`::ffff:…`) counts as the IPv4 address it is. */
export function isInRange(address: readonly number[], range: AddressRange): boolean {
	const bytes = range.bytes.length === 4 ? (mappedIpv4(address) ?? address) : address;
	if (bytes.length !== range.bytes.length) return false;
	for (let bit = 0; bit < range.prefix; bit += 8) {
		const mask = 0xff & ~(0xff >> Math.min(8, range.prefix - bit));
		if (((itemAt(bytes, bit >> 3) ^ itemAt(range.bytes, bit >> 3)) & mask) !== 0) return false;
	}
	return true;
}

function mappedIpv4(bytes: readonly number[]): readonly number[] | null {
	const isMapped =
		bytes.length === 16 &&
		bytes.slice(0, 10).every((byte) => byte === 0) &&
		bytes[10] === 255 &&
		bytes[11] === 255;
	return isMapped ? bytes.slice(12) : null;
}
