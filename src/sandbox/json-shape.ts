import type { Slices } from './slices';

/**
 * Bounds on a result beside its length: what the page does with one takes time for each value, and recurses. Numbers take a small part of
 * what others do, and files come in lists of them.
 */
export const resultShape = { values: 250_000, numbers: 4_000_000, depth: 128 } as const;

const [quote, backslash, comma, openList, closeList, openMap, closeMap] = [
	0x22, 0x5c, 0x2c, 0x5b, 0x5d, 0x7b, 0x7d,
];
const [minus, zero, nine] = [0x2d, 0x30, 0x39];
/** Bytes that are looked at before the clock is. */
const stride = 65_536;

/**
 * Why a JSON text is more than may be read, as the end of a sentence; null where it is not. Looks at each byte once, and builds nothing: a
 * short text can hold more values than the page has time for.
 */
export async function refuseShape(utf8: Uint8Array, slices?: Slices): Promise<string | null> {
	let values = 1;
	let numbers = 0;
	let depth = 0;
	let inString = false;
	for (let at = 0; at < utf8.length; at += 1) {
		if (slices && at % stride === 0 && slices.spent()) await slices.next();
		const byte = utf8[at];
		if (inString) {
			if (byte === backslash) at += 1;
			else if (byte === quote) inString = false;
		} else if (byte === quote) inString = true;
		else if (byte === comma) {
			const next = utf8[at + 1];
			if (next === minus || (next !== undefined && next >= zero && next <= nine)) numbers += 1;
			else values += 1;
		} else if (byte === openList || byte === openMap) {
			values += 1;
			depth += 1;
			if (depth > resultShape.depth) return `is nested more than ${resultShape.depth} levels deep`;
		} else if (byte === closeList || byte === closeMap) depth -= 1;
		if (values > resultShape.values)
			return `holds more than ${resultShape.values.toLocaleString('en')} values`;
		if (numbers > resultShape.numbers)
			return `holds more than ${resultShape.numbers.toLocaleString('en')} numbers`;
	}
	return null;
}
