/** The bytes that standard base64 with its padding stands for; null where a text is none, to the letter. */
export function bytesOfBase64(text: unknown): Uint8Array<ArrayBuffer> | null {
	if (typeof text !== 'string' || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null;
	return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}
