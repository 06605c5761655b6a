/** Bytes as hexadecimal digits, two each. */
export function toHex(bytes: Uint8Array): string {
	let text = '';
	for (let i = 0; i < bytes.length; i++) text += bytes[i].toString(16).padStart(2, '0');
	return text;
}
