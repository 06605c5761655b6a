import { readBase64 } from '../../core/base64';
import type { Json } from '../../core/wit/types';

/** A list shorter than this is better read as numbers. */
const minLength = 8;

/** The bytes of a list that may well be a `list<u8>`; null for any other. */
export function byteList(value: Json | undefined): Uint8Array | null {
	if (!Array.isArray(value) || value.length < minLength) return null;
	const list = value as readonly Json[];
	const fits = list.every(
		(item) => typeof item === 'number' && Number.isInteger(item) && item >= 0 && item <= 255,
	);
	return fits ? Uint8Array.from(list as readonly number[]) : null;
}

/** The bytes of a stream as a result has them: as text where they are UTF-8, else in base64. Null for anything else. */
export function streamedBytes(value: Json | undefined): Uint8Array | null {
	if (typeof value === 'string') return new TextEncoder().encode(value);
	if (typeof value !== 'object' || value === null || !('base64' in value)) return null;
	return typeof value.base64 === 'string' ? readBase64(value.base64) : null;
}

const signatures: readonly {
	readonly type: string;
	readonly at: number;
	readonly bytes: readonly number[];
}[] = [
	{ type: 'image/png', at: 0, bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
	{ type: 'image/jpeg', at: 0, bytes: [0xff, 0xd8, 0xff] },
	{ type: 'image/gif', at: 0, bytes: [0x47, 0x49, 0x46, 0x38] },
	{ type: 'image/webp', at: 8, bytes: [0x57, 0x45, 0x42, 0x50] },
	{ type: 'image/bmp', at: 0, bytes: [0x42, 0x4d] },
];

/** The kinds of pictures that are shown; others could carry more than a picture. */
export const pictureTypes: ReadonlySet<string> = new Set([
	...signatures.map(({ type }) => type),
	'image/avif',
]);

/** The kind of picture that bytes begin like; null where they begin like none. */
export function pictureType(bytes: Uint8Array): string | null {
	const found = signatures.find(({ at, bytes: expected }) =>
		expected.every((byte, index) => bytes[at + index] === byte),
	);
	return found?.type ?? null;
}
