/** The same bytes in memory of this realm alone, which the platform's own functions ask for: without a copy where they are already. */
export const unshared = (bytes: Uint8Array): Uint8Array<ArrayBuffer> =>
	bytes.buffer instanceof ArrayBuffer
		? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
		: bytes.slice();
