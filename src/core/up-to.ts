/** A text up to the first of what is looked for; all of it where that is not there. */
export function upTo(text: string, mark: string | RegExp): string {
	const at = typeof mark === 'string' ? text.indexOf(mark) : text.search(mark);
	return at < 0 ? text : text.slice(0, at);
}
