import { itemAt } from '../item-at';

const continues = (byte: number | undefined, least = 0x80, most = 0xbf): boolean =>
	byte !== undefined && byte >= least && byte <= most;

/** Of a lead byte: how many bytes follow it, and between what the first of them lies. Null for a byte that begins nothing. */
function lead(byte: number): readonly [following: number, least: number, most: number] | null {
	if (byte >= 0xc2 && byte <= 0xdf) return [1, 0x80, 0xbf];
	if (byte >= 0xe0 && byte <= 0xef) return [2, byte === 0xe0 ? 0xa0 : 0x80, byte === 0xed ? 0x9f : 0xbf];
	if (byte >= 0xf0 && byte <= 0xf4) return [3, byte === 0xf0 ? 0x90 : 0x80, byte === 0xf4 ? 0x8f : 0xbf];
	return null;
}

/** What keeps bytes from being UTF-8, in the words of the runtime inside Wassette; null where they are. */
export function utf8Fault(bytes: Uint8Array): string | null {
	for (let at = 0; at < bytes.length;) {
		const begins = lead(itemAt(bytes, at));
		if (itemAt(bytes, at) < 0x80) {
			at += 1;
			continue;
		}
		const invalid = (length: number) => `invalid utf-8 sequence of ${length} bytes from index ${at}`;
		if (begins === null) return invalid(1);
		const [following, least, most] = begins;
		for (let nth = 1; nth <= following; nth++) {
			if (at + nth >= bytes.length) return `incomplete utf-8 byte sequence from index ${at}`;
			if (!continues(bytes[at + nth], nth === 1 ? least : 0x80, nth === 1 ? most : 0xbf)) return invalid(nth);
		}
		at += following + 1;
	}
	return null;
}
