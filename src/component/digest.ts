import { unshared } from '../core/unshared';

/** The SHA-256 of some bytes in lower-case hex. Pages that are not a secure context have no `crypto.subtle`; a library answers there. */
export async function sha256Hex(bytes: Uint8Array): Promise<string> {
	const digest = globalThis.crypto?.subtle
		? new Uint8Array(await crypto.subtle.digest('SHA-256', unshared(bytes)))
		: (await import('@noble/hashes/sha2.js')).sha256(bytes);
	return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
