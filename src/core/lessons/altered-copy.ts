/**
 * A component with a few bytes more: it does what the original does, and its digest is another one. What is added is a custom section,
 * which nobody looks at.
 */
export function alteredCopy(bytes: Uint8Array): Uint8Array {
	const name = new TextEncoder().encode('altered');
	const section = [0, name.length + 1, name.length, ...name];
	const copy = new Uint8Array(bytes.length + section.length);
	copy.set(bytes);
	copy.set(section, bytes.length);
	return copy;
}
