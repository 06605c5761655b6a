import { Lexer } from 'yaml';
import { most } from '../../limits';

/** What makes a text unfit for the YAML parser, and where. */
export interface UnfitText {
	readonly message: string;
	readonly from: number;
	readonly to: number;
}

/** Looks for what must not reach the YAML parser: too long, too deep, or characters that YAML forbids. Linear in the text; `what` names it. */
export function findUnfitText(text: string, what = 'The policy'): UnfitText | null {
	if (isLongerThan(text, most.policyBytes))
		return { message: `${what} is larger than ${most.policyBytes / 1024} KiB`, from: 0, to: 0 };
	const control = /(?![\t\n\r\u0085])\p{Cc}|[\ufffe\uffff]/u.exec(text);
	if (control) return unfit('control characters are not allowed', control.index);
	const bom = /^\ufeff|(?<=[\s])\ufeff/u.exec(text);
	if (bom) return unfit('a byte order mark may not stand before a word', bom.index);
	const surrogate = /\p{Surrogate}/u.exec(text);
	if (surrogate) return unfit('Not valid UTF-8', surrogate.index);
	return findTooMuch(withPlainBreaks(text), what);
}

/**
 * The text with every line break of YAML 1.1 (a bare carriage return, U+0085, U+2028, U+2029) as a line feed, for a parser that knows only
 * those of YAML 1.2. Each is one code unit, so that places stay where they are.
 */
export const withPlainBreaks = (text: string): string => text.replace(/\r(?!\n)|[\u0085\u2028\u2029]/g, '\n');

const unfit = (message: string, at: number): UnfitText => ({ message, from: at, to: at + 1 });

function isLongerThan(text: string, bytes: number): boolean {
	if (text.length > bytes) return true;
	return text.length * 3 > bytes && new TextEncoder().encode(text).length > bytes;
}

/** The YAML composer recurses, and takes long for each token, so depth and number are measured on the flat stream of tokens before it. */
function findTooMuch(text: string, what: string): UnfitText | null {
	let offset = 0;
	let lineStart = 0;
	let flowDepth = 0;
	const columns: number[] = [];
	let tokens = 0;
	for (const token of new Lexer().lex(text)) {
		const at = offset;
		// The lexer marks documents and scalars with single control characters that are not in the text.
		if (token !== '\u0002' && token !== '\u0018' && token !== '\u001f') offset += token.length;
		if (at < offset) tokens += 1;
		if (tokens > most.policyTokens)
			return unfit(
				`${what} holds more than ${most.policyTokens.toLocaleString('en')} words and marks, which is more than is read`,
				at,
			);
		if (token === '\n' || token === '\r\n') lineStart = offset;
		else if (token === '[' || token === '{') flowDepth++;
		else if (token === ']' || token === '}') flowDepth--;
		else if (token === '-' || token === '?' || token === ':') {
			const column = at - lineStart;
			while ((columns.at(-1) ?? 0) > column) columns.pop();
			if (columns.at(-1) !== column) columns.push(column);
		} else {
			const lastBreak = token.lastIndexOf('\n');
			if (lastBreak >= 0) lineStart = at + lastBreak + 1;
		}
		if (flowDepth + columns.length > most.policyDepth)
			return unfit(`${what} is nested deeper than ${most.policyDepth} levels`, at);
	}
	return null;
}
