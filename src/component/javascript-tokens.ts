/** What a token is: `template` is one with expressions in it, or a part of one; `text` is a string, or a template without. */
export type TokenKind = 'word' | 'number' | 'text' | 'template' | 'regex' | 'sign';

export interface Token {
	readonly kind: TokenKind;
	readonly start: number;
	readonly end: number;
	/** What it is; of texts, templates and regular expressions nothing. */
	readonly text: string;
}

/** Words behind which a slash begins a regular expression. */
const beforeRegex = new Set(
	'return typeof case in of instanceof new delete void throw do else yield await'.split(' '),
);
/** Words whose brackets are followed by a statement. */
const beforeCondition = new Set(['if', 'while', 'for', 'with']);

const space = /[\s\ufeff]+|\/\/[^\n\r\u2028\u2029]*|\/\*[^]*?\*\//y;
const word = /#?[$\w\u0080-\uffff][$\w\u0080-\uffff]*/y;
const number = /(?:0[xXoObB][\da-fA-F_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?[\d_]+)?)n?/y;
const string = /'(?:[^'\\\n\r]|\\[^])*'|"(?:[^"\\\n\r]|\\[^])*"/y;
const regex = /\/(?![*/])(?:[^/\\[\n\r]|\\[^\n\r]|\[(?:[^\]\\\n\r]|\\[^\n\r])*\])+\/[a-z]*/y;
/** From a backtick, or from the bracket that ends an expression, to the next expression or to the end. */
const templatePart = /(?:[^`\\$]|\\[^]|\$(?!\{))*(?:`|\$\{)/y;
const sign =
	/>>>=|\.\.\.|===|!==|\*\*=|<<=|>>=|>>>|&&=|\|\|=|\?\?=|=>|==|!=|<=|>=|&&|\|\||\?\?|\?\.(?!\d)|\+\+|--|\*\*|[-+*/%&|^]=|<<|>>|[-+*/%&|^!~?:=<>.,;(){}[\]@]/y;

/**
 * The tokens of an ES module, in order. Null where it cannot be said for certain what they are: the text is no module, or a slash stands
 * where only a whole parser knows whether it divides.
 */
export function javascriptTokens(source: string): readonly Token[] | null {
	const tokens: Token[] = [];
	/** Brackets that are open: what each waits for, and for a round one whether a statement follows it. */
	const open: { readonly close: string; readonly isCondition: boolean }[] = [];
	let afterCondition = false;
	let at = 0;

	const match = (pattern: RegExp, from = at): number => {
		pattern.lastIndex = from;
		return pattern.test(source) ? pattern.lastIndex : -1;
	};
	const push = (kind: TokenKind, end: number, text = '') => {
		tokens.push({ kind, start: at, end, text });
		at = end;
	};
	/** A template, from a backtick or from where an expression in it ended. */
	const template = (): boolean => {
		const end = match(templatePart, at + 1);
		if (end < 0) return false;
		const isOver = source[end - 1] === '`';
		const isWhole = isOver && source[at] === '`';
		if (!isOver) open.push({ close: '`', isCondition: false });
		push(isWhole ? 'text' : 'template', end);
		return true;
	};

	while (at < source.length) {
		const skipped = match(space);
		if (skipped > at) {
			at = skipped;
			continue;
		}
		const char = source[at]!;
		const last = tokens.at(-1);
		if (char === '`') {
			if (!template()) return null;
		} else if (char === '"' || char === "'") {
			const end = match(string);
			if (end < 0) return null;
			push('text', end);
		} else if (/[\d]/.test(char) || (char === '.' && /\d/.test(source[at + 1] ?? ''))) {
			const end = match(number);
			if (end < 0 || match(word, end) >= 0) return null;
			push('number', end);
		} else if (char === '/') {
			const begins = last === undefined ? true : beginsRegex(tokens, afterCondition);
			if (begins === null) return null;
			const end = match(begins ? regex : sign);
			if (end < 0) return null;
			push(begins ? 'regex' : 'sign', end, begins ? '' : source.slice(at, end));
		} else if (char === '}' && open.at(-1)?.close === '`') {
			open.pop();
			if (!template()) return null;
		} else {
			const end = match(word);
			if (end >= 0) {
				push('word', end, source.slice(at, end));
				continue;
			}
			const signEnd = match(sign);
			if (signEnd < 0) return null;
			const text = source.slice(at, signEnd);
			if (text === '(' || text === '[' || text === '{') {
				const isCondition =
					text === '(' && last?.kind === 'word' && beforeCondition.has(last.text) && !isProperty(tokens);
				open.push({ close: text === '(' ? ')' : text === '[' ? ']' : '}', isCondition });
			} else if (text === ')' || text === ']' || text === '}') {
				const opened = open.pop();
				if (opened?.close !== text) return null;
				afterCondition = opened.isCondition;
			}
			push('sign', signEnd, text);
		}
	}
	return open.length === 0 ? tokens : null;
}

/** Whether a slash after these tokens begins a regular expression; null where that is open. */
function beginsRegex(tokens: readonly Token[], afterCondition: boolean): boolean | null {
	const { kind, text } = tokens.at(-1)!;
	switch (kind) {
		case 'word':
			return beforeRegex.has(text) && !isProperty(tokens);
		case 'number':
		case 'text':
		case 'regex':
			return false;
		case 'template':
			// After the end of one it divides; at the beginning of an expression in one it does not.
			return null;
		case 'sign':
			if (text === ')') return afterCondition;
			if (text === ']') return false;
			return text === '}' || text === '++' || text === '--' ? null : true;
	}
}

/** Whether the last word is the name of a property. */
function isProperty(tokens: readonly Token[]): boolean {
	const before = tokens.at(-2);
	return before?.kind === 'sign' && (before.text === '.' || before.text === '?.');
}
