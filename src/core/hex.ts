/** Two lower-case digits for each byte, with `between` between them; default nothing. */
export const hexDigits = (bytes: Iterable<number>, between = ''): string =>
	Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(between);

/** The bytes of hex digits, two for each, with or without blanks and `0x`; null for anything else. */
export function readHex(text: string): Uint8Array | null {
	const digits = text.replace(/\s+|0x(?=[\da-f]{2})/gi, '');
	if (digits.length % 2 !== 0 || !/^[\da-f]*$/i.test(digits)) return null;
	const bytes = new Uint8Array(digits.length / 2);
	for (let at = 0; at < bytes.length; at += 1)
		bytes[at] = Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16);
	return bytes;
}
