/** A comment of a line, one of a block (as far as they are not nested), and white space: what may stand before a text's first parenthesis. */
const before = /^(?:\uFEFF|\s|;;[^\n]*(?:\n|$)|\(;(?:[^;]|;(?!\)))*;\))*/;

/** Whether bytes are WebAssembly in its text form, by how they begin. */
export function isWat(bytes: Uint8Array): boolean {
	const head = bytes.subarray(0, 65_536);
	if (head.includes(0)) return false;
	const text = new TextDecoder().decode(head);
	return /^\(\s*(?:component|module)(?![\w-])/.test(text.replace(before, ''));
}

/** Whether WebAssembly text is a core module, which has no types of a world in itself. */
export const isModuleText = (text: string): boolean =>
	/^\(\s*module(?![\w-])/.test(text.slice(0, 65_536).replace(before, ''));
