import { withoutTrailing } from '../core/without-trailing';

/** What the parser of texts gives for one that it cannot read: where (counted from 0), and a line of it, in which any words may stand. */
const place = /\bText \{ line: (\d+), col: (\d+), snippet: "(?:[^"\\]|\\.)*"/s;
/** And what is wrong, behind that. */
const reason = /\bkind: (?:Custom\("((?:[^"\\]|\\.)*)"|(?:Lex\()?(\w+))/s;

/** What the parser says of a text, in one sentence that begins with where. */
export function parseProblem(message: string): string {
	const found = place.exec(message);
	const rest = found ? message.slice(found.index + found[0].length) : message;
	const [, custom, name] = reason.exec(rest) ?? [];
	const words = custom?.replace(/\\(["'\\])/g, '$1') ?? inWords(name);
	const what = withoutTrailing((words ?? message).trim(), '.').slice(0, 400);
	const where = found ? `line ${Number(found[1]) + 1}, column ${Number(found[2]) + 1}: ` : '';
	return `This WebAssembly text could not be read: ${where}${what}.`;
}

/** `UnexpectedEof` as `unexpected eof`. */
const inWords = (name: string | undefined): string | undefined =>
	name?.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
