/** A text without the given character at its end, however often it stands there. One pass, where an expression for it takes many. */
export function withoutTrailing(text: string, character: string): string {
	let end = text.length;
	while (end > 0 && text[end - 1] === character) end -= 1;
	return text.slice(0, end);
}
