/** What the parser of texts gives for one that it cannot read: where (counted from 0), and what. Its snippet may hold any words. */
const place = /\bText \{ line: (\d+), col: (\d+), snippet: /;
const reason = /kind: (?:Custom\("((?:[^"\\]|\\.)*)"\)|Lex\((\w+)[^"]*\)|(\w+)) \} \}\) \}\s*$/;

/** What the parser says of a text, in one sentence that begins with where. */
export function parseProblem(message: string): string {
	const [, line, column] = place.exec(message) ?? [];
	const [, custom, lexical, other] = reason.exec(message) ?? [];
	const words = custom?.replace(/\\(["'\\])/g, '$1') ?? inWords(lexical ?? other);
	const what = (words ?? message)
		.trim()
		.replace(/[.\s]+$/, '')
		.slice(0, 400);
	const where = line === undefined ? '' : `line ${Number(line) + 1}, column ${Number(column) + 1}: `;
	return `This WebAssembly text could not be read: ${where}${what}.`;
}

/** `UnexpectedEof` as `unexpected eof`. */
const inWords = (name: string | undefined): string | undefined =>
	name?.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
