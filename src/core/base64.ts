import { withoutTrailing } from './without-trailing';

/** Bytes as base64url without padding. */
export function toBase64Url(bytes: Uint8Array): string {
	return withoutTrailing(toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_'), '=');
}

/** The bytes of a base64url text; null if it holds anything else. */
export function fromBase64Url(text: string): Uint8Array | null {
	if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return null;
	return fromBase64(text.replaceAll('-', '+').replaceAll('_', '/'));
}

/** Bytes as base64 with padding. */
export function toBase64(bytes: Uint8Array): string {
	let binary = '';
	// In slices: a spread of a large array overflows the stack.
	for (let at = 0; at < bytes.length; at += 0x8000) {
		binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
	}
	return btoa(binary);
}

/** The bytes of a base64 text of a stranger; null if it is none. */
export function readBase64(text: string): Uint8Array | null {
	try {
		return fromBase64(text);
	} catch {
		return null;
	}
}

/** The bytes of a base64 text that was checked; throws if it is none. */
export function fromBase64(text: string): Uint8Array {
	const binary = atob(text);
	const bytes = new Uint8Array(binary.length);
	// A loop: `Uint8Array.from` walks the text as an iterator, which takes half a second for a million characters.
	for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
	return bytes;
}
