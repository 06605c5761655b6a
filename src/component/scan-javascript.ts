/** What a token is: `template` is one with expressions in it, or a part of one; `text` is a string, or a template without. */
export type TokenKind = 'word' | 'number' | 'text' | 'template' | 'regex' | 'sign';

/** Words behind which a slash begins a regular expression. */
const beforeRegex = new Set(
	'return typeof case in of instanceof new delete void throw do else yield await'.split(' '),
);
/** Words whose brackets are followed by a statement. */
const beforeCondition = new Set(['if', 'while', 'for', 'with']);

const number = /(?:0[xXoObB][\da-fA-F_]+|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?[\d_]+)?)n?/y;
const string = /'(?:[^'\\\n\r]|\\[^])*'|"(?:[^"\\\n\r]|\\[^])*"/y;
const regex = /\/(?![*/])(?:[^/\\[\n\r]|\\[^\n\r]|\[(?:[^\]\\\n\r]|\\[^\n\r])*\])+\/[a-z]*/y;
/** From a backtick, or from the bracket that ends an expression, to the next expression or to the end. */
const templatePart = /(?:[^`\\$]|\\[^]|\$(?!\{))*(?:`|\$\{)/y;
const sign =
	/>>>=|\.\.\.|===|!==|\*\*=|<<=|>>=|>>>|&&=|\|\|=|\?\?=|=>|==|!=|<=|>=|&&|\|\||\?\?|\?\.(?!\d)|\+\+|--|\*\*|[-+*/%&|^]=|<<|>>|[-+*/%&|^!~?:=<>.,;(){}[\]@]/y;
const comment = /\/\/[^\n\r\u2028\u2029]*|\/\*[^]*?\*\//y;

/** Signs that are none but themselves, whatever follows. */
const single = new Set(Array.from('(){}[],;:~@', (char) => char.charCodeAt(0)));
const code = (char: string) => char.charCodeAt(0);
const slash = code('/');
const star = code('*');
const plus = code('+');
const minus = code('-');
const backtick = code('`');
const doubleQuote = code('"');
const singleQuote = code("'");
const dot = code('.');
const hash = code('#');
const dollar = code('$');
const underscore = code('_');
const roundOpen = code('(');
const roundClose = code(')');
const squareOpen = code('[');
const squareClose = code(']');
const curlyOpen = code('{');
const curlyClose = code('}');

const isDigit = (unit: number) => unit >= 0x30 && unit <= 0x39;
const isWordUnit = (unit: number) =>
	(unit >= 0x61 && unit <= 0x7a) ||
	(unit >= 0x41 && unit <= 0x5a) ||
	isDigit(unit) ||
	unit === underscore ||
	unit === dollar ||
	// Whatever is no letter of these is white space, or stands in texts alone.
	(unit >= 0x80 && !isWideSpace(unit));
const isWideSpace = (unit: number) =>
	unit === 0xa0 ||
	unit === 0xfeff ||
	unit === 0x2028 ||
	unit === 0x2029 ||
	/\s/.test(String.fromCharCode(unit));
const isSpace = (unit: number) =>
	unit === 0x20 || (unit >= 0x09 && unit <= 0x0d) || (unit >= 0x80 && isWideSpace(unit));

/**
 * Tells each token of JavaScript, in order. False where it cannot be said for certain what they are: brackets do not match, a text has no
 * end, or a slash stands where only a whole parser knows whether it divides. What was told before is then worth nothing.
 */
export const scanJavascript = (
	source: string,
	visit: (kind: TokenKind, start: number, end: number) => void,
): boolean => new Scanner(source, visit).scan();

/** Takes one token after the other. What takes one gives false where it cannot be said what it is. */
class Scanner {
	readonly #source: string;
	readonly #visit: (kind: TokenKind, start: number, end: number) => void;
	/** Brackets that are open, by what closes them; a backtick for an expression in a template. */
	readonly #closers: number[] = [];
	/** Of those brackets, whether they are round ones that a statement follows. */
	readonly #conditions: boolean[] = [];
	/** Whether a slash would begin a regular expression; null where that is open. */
	#regexNext: boolean | null = true;
	/** The last token is a word before such a bracket. */
	#isConditionWord = false;
	#afterDot = false;
	#at = 0;

	constructor(source: string, visit: (kind: TokenKind, start: number, end: number) => void) {
		this.#source = source;
		this.#visit = visit;
	}

	scan(): boolean {
		while (this.#at < this.#source.length) {
			const unit = this.#source.charCodeAt(this.#at);
			if (isSpace(unit)) this.#at += 1;
			else if (!this.#take(unit)) return false;
		}
		return this.#closers.length === 0;
	}

	#take(unit: number): boolean {
		const next = this.#source.charCodeAt(this.#at + 1);
		if (isDigit(unit) || (unit === dot && isDigit(next)))
			return this.#value('number', number) && !isWordUnit(this.#source.charCodeAt(this.#at));
		if (isWordUnit(unit) || unit === hash) return this.#word();
		if (unit === doubleQuote || unit === singleQuote) return this.#value('text', string);
		if (unit === backtick || (unit === curlyClose && this.#closers.at(-1) === backtick))
			return this.#template(unit);
		if (unit === slash && (next === slash || next === star)) return this.#match(comment);
		if (unit === slash && this.#regexNext !== false)
			return this.#regexNext !== null && this.#value('regex', regex);
		return this.#sign(unit);
	}

	#match(pattern: RegExp): boolean {
		pattern.lastIndex = this.#at;
		if (!pattern.test(this.#source)) return false;
		this.#at = pattern.lastIndex;
		return true;
	}

	/** A token behind which a slash divides. */
	#value(kind: TokenKind, pattern: RegExp): boolean {
		const start = this.#at;
		if (!this.#match(pattern)) return false;
		this.#visit(kind, start, this.#at);
		this.#regexNext = this.#isConditionWord = this.#afterDot = false;
		return true;
	}

	#word(): boolean {
		const start = this.#at;
		let at = start + 1;
		while (at < this.#source.length && isWordUnit(this.#source.charCodeAt(at))) at += 1;
		this.#at = at;
		this.#visit('word', start, at);
		// The longest of these words has ten letters.
		const text = at - start > 10 || this.#afterDot ? '' : this.#source.slice(start, at);
		this.#regexNext = beforeRegex.has(text);
		this.#isConditionWord = beforeCondition.has(text);
		this.#afterDot = false;
		return true;
	}

	/** From a backtick, or from the bracket that ends an expression in a template. */
	#template(unit: number): boolean {
		const start = this.#at;
		if (unit === curlyClose) this.#close();
		this.#at += 1;
		if (!this.#match(templatePart)) return false;
		const isOver = this.#source.charCodeAt(this.#at - 1) === backtick;
		if (!isOver) this.#open(backtick, false);
		this.#visit(isOver && unit === backtick ? 'text' : 'template', start, this.#at);
		this.#regexNext = !isOver;
		this.#isConditionWord = this.#afterDot = false;
		return true;
	}

	#sign(unit: number): boolean {
		const start = this.#at;
		if (single.has(unit)) this.#at += 1;
		else if (!this.#match(sign)) return false;
		this.#visit('sign', start, this.#at);
		const isTwo = this.#at - start === 2;
		const second = this.#source.charCodeAt(start + 1);
		this.#regexNext = true;
		const closer = closerOf(unit);
		if (closer !== null) this.#open(closer, unit === roundOpen && this.#isConditionWord);
		else if (unit === roundClose || unit === squareClose || unit === curlyClose) {
			const { closes, isCondition } = this.#close();
			if (closes !== unit) return false;
			// Behind a block a statement may begin; behind a record it is divided.
			this.#regexNext = unit === curlyClose ? null : unit === roundClose && isCondition;
		} else if (isTwo && second === unit && (unit === plus || unit === minus)) this.#regexNext = null;
		this.#afterDot = unit === dot || (isTwo && second === dot);
		this.#isConditionWord = false;
		return true;
	}

	#open(closer: number, isCondition: boolean): void {
		this.#closers.push(closer);
		this.#conditions.push(isCondition);
	}

	#close(): { readonly closes: number | undefined; readonly isCondition: boolean } {
		return { closes: this.#closers.pop(), isCondition: this.#conditions.pop() === true };
	}
}

/** What closes a bracket; null for what opens none. */
const closerOf = (unit: number): number | null =>
	unit === roundOpen
		? roundClose
		: unit === squareOpen
			? squareClose
			: unit === curlyOpen
				? curlyClose
				: null;
