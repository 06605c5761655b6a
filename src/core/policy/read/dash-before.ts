/**
 * The offset of the dash of a list item whose content begins at `offset`, however many blank lines and comments stand between the two;
 * null where there is none. Looks at each character before the content at most twice.
 */
export function dashBefore(text: string, offset: number): number | null {
	let at = offset;
	for (;;) {
		while (at > 0 && /\s/.test(text.charAt(at - 1))) at -= 1;
		if (at === 0) return null;
		if (text[at - 1] === '-') return at - 1;
		// Only a comment may stand here: it begins at the first number sign of its line.
		const line = text.lastIndexOf('\n', at - 1) + 1;
		const comment = text.slice(line, at).indexOf('#');
		if (comment < 0) return null;
		at = line + comment;
	}
}
