import { err, ok, type Result } from '../../core/result';

/** Bytes as pairs of hex digits, sixteen a line. */
export function toHex(bytes: Uint8Array): string {
	const lines: string[] = [];
	for (let at = 0; at < bytes.length; at += 16)
		lines.push([...bytes.subarray(at, at + 16)].map((byte) => byte.toString(16).padStart(2, '0')).join(' '));
	return lines.join('\n');
}

/** Bytes from pairs of hex digits; white space between them does not count. */
export function fromHex(text: string): Result<Uint8Array, string> {
	const digits = text.replace(/\s+/g, '');
	const wrong = /[^0-9a-f]/i.exec(digits);
	if (wrong) return err(`“${wrong[0]}” is no hex digit`);
	if (digits.length % 2 === 1) return err('A last digit is missing: bytes are pairs of digits');
	return ok(
		Uint8Array.from({ length: digits.length / 2 }, (_, at) => parseInt(digits.slice(at * 2, at * 2 + 2), 16)),
	);
}

/**
 * Bytes as UTF-8 text that can be edited without changing what is not typed over; null where they are none. Where they are only the beginning
 * of a file, `cutOff`, a character that is not all there is left out.
 */
export function asText(bytes: Uint8Array, cutOff = false): string | null {
	try {
		const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
		const text = decoder.decode(bytes, { stream: cutOff });
		// A textarea turns carriage returns into line feeds.
		return text.includes('\0') || text.includes('\r') ? null : text;
	} catch {
		return null;
	}
}
