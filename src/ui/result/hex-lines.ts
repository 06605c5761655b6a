/** Bytes as hex lines of 16, with their offset before them and the printable ASCII after them. */
export function hexLines(bytes: Uint8Array, from: number, to: number): string {
	const lines: string[] = [];
	for (let at = from; at < Math.min(to, bytes.length); at += 16) {
		const row = Array.from(bytes.subarray(at, at + 16));
		const hex = row.map((byte) => byte.toString(16).padStart(2, '0'));
		const columns = `${hex.slice(0, 8).join(' ')}  ${hex.slice(8).join(' ')}`.padEnd(49);
		const ascii = row.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
		lines.push(`${at.toString(16).padStart(8, '0')}  ${columns} ${ascii}`);
	}
	return lines.join('\n');
}
