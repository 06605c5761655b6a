import { parseJson } from '../../core/json';
import { isRecord } from '../../core/is-record';
import type { Reply } from '../ask';

/** Where a registry says that tokens are handed out. */
export interface Challenge {
	readonly realm: string;
	readonly service: string | null;
}

/** Reads `WWW-Authenticate: Bearer realm="…",service="…"`. Null where it is another kind, or names no address. */
export function readChallenge(header: string): Challenge | null {
	if (!/^bearer /i.test(header)) return null;
	const fields = new Map(
		[...header.slice(0, 4096).matchAll(/\b(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [
			name.toLowerCase(),
			value,
		]),
	);
	const realm = fields.get('realm') ?? '';
	const url = URL.parse(realm);
	if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') return null;
	return { realm: url.href, service: fields.get('service') ?? null };
}

/** The token in an answer; null where there is none that fits into a header. */
export function tokenFrom({ status, bytes }: Reply): string | null {
	const parsed = status === 200 ? parseJson(new TextDecoder().decode(bytes)) : null;
	const value: unknown = parsed?.ok ? parsed.value : null;
	if (!isRecord(value)) return null;
	const token = value['token'] ?? value['access_token'];
	return typeof token === 'string' && /^[\w.~+/=-]+$/.test(token) ? token : null;
}
