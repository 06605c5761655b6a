/** What a token is: `template` is one with expressions in it, or a part of one; `text` is a string, or a template without. */
export type TokenKind = 'word' | 'number' | 'text' | 'template' | 'regex' | 'sign';

/** Words behind which a slash begins a regular expression. */
const beforeRegex = new Set(
	'return typeof case in of instanceof new delete void throw do else yield await'.split(' '),
);
/** Words whose brackets are followed by a statement. */
const beforeCondition = new Set(['if', 'while', 'for', 'with']);

const number = /(?:0[xXoObB][\da-fA-F_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?[\d_]+)?)n?/y;
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
const [slash, backtick, dot, hash, dollar, underscore] = ['/', '`', '.', '#', '$', '_'].map(code) as [
	number,
	number,
	number,
	number,
	number,
	number,
];
const [roundOpen, roundClose, squareOpen, squareClose, curlyOpen, curlyClose] = [...'()[]{}'].map(code) as [
	number,
	number,
	number,
	number,
	number,
	number,
];

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
export function scanJavascript(
	source: string,
	visit: (kind: TokenKind, start: number, end: number) => void,
): boolean {
	/** Brackets that are open, by what closes them; a backtick for an expression in a template. */
	const closers: number[] = [];
	/** Of those brackets, whether they are round ones that a statement follows. */
	const conditions: boolean[] = [];
	/** Whether a slash would begin a regular expression; null where that is open. */
	let regexNext: boolean | null = true;
	/** The last token is a word before such a bracket. */
	let isConditionWord = false;
	let afterDot = false;
	let at = 0;

	const match = (pattern: RegExp, from: number): number => {
		pattern.lastIndex = from;
		return pattern.test(source) ? pattern.lastIndex : -1;
	};

	while (at < source.length) {
		const unit = source.charCodeAt(at);
		if (isSpace(unit)) {
			at += 1;
			continue;
		}
		const start = at;
		if (isDigit(unit) || (unit === dot && isDigit(source.charCodeAt(at + 1)))) {
			at = match(number, at);
			if (at < 0 || isWordUnit(source.charCodeAt(at))) return false;
			visit('number', start, at);
			regexNext = isConditionWord = afterDot = false;
		} else if (isWordUnit(unit) || unit === hash) {
			for (at += 1; at < source.length && isWordUnit(source.charCodeAt(at));) at += 1;
			visit('word', start, at);
			const length = at - start;
			// The longest of these words has ten letters.
			const text = length > 10 || afterDot ? '' : source.slice(start, at);
			regexNext = beforeRegex.has(text);
			isConditionWord = beforeCondition.has(text);
			afterDot = false;
		} else if (unit === 0x22 || unit === 0x27) {
			at = match(string, at);
			if (at < 0) return false;
			visit('text', start, at);
			regexNext = isConditionWord = afterDot = false;
		} else if (unit === backtick || (unit === curlyClose && closers.at(-1) === backtick)) {
			if (unit === curlyClose) {
				closers.pop();
				conditions.pop();
			}
			at = match(templatePart, at + 1);
			if (at < 0) return false;
			const isOver = source.charCodeAt(at - 1) === backtick;
			if (!isOver) {
				closers.push(backtick);
				conditions.push(false);
			}
			visit(isOver && unit === backtick ? 'text' : 'template', start, at);
			regexNext = !isOver;
			isConditionWord = afterDot = false;
		} else if (unit === slash && /[/*]/.test(source.charAt(at + 1))) {
			at = match(comment, at);
			if (at < 0) return false;
		} else if (unit === slash && regexNext !== false) {
			if (regexNext === null) return false;
			at = match(regex, at);
			if (at < 0) return false;
			visit('regex', start, at);
			regexNext = isConditionWord = afterDot = false;
		} else {
			at = single.has(unit) ? at + 1 : match(sign, at);
			if (at < 0) return false;
			visit('sign', start, at);
			regexNext = true;
			if (unit === roundOpen || unit === squareOpen || unit === curlyOpen) {
				closers.push(unit === roundOpen ? roundClose : unit === squareOpen ? squareClose : curlyClose);
				conditions.push(unit === roundOpen && isConditionWord);
			} else if (unit === roundClose || unit === squareClose || unit === curlyClose) {
				if (closers.pop() !== unit) return false;
				const afterCondition = conditions.pop()!;
				// Behind a block a statement may begin; behind a record it is divided.
				regexNext = unit === curlyClose ? null : unit === roundClose && afterCondition;
			} else if (
				at - start === 2 &&
				source.charCodeAt(start + 1) === unit &&
				/[-+]/.test(source.charAt(start))
			) {
				regexNext = null;
			}
			afterDot = unit === dot || (at - start === 2 && source.charCodeAt(start + 1) === dot);
			isConditionWord = false;
		}
	}
	return closers.length === 0;
}
