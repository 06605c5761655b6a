import { javascriptTokens, type Token } from './javascript-tokens';

/** The logger of the transpiler's code, as it stands in it: it says something only where a variable of Node's process is set, and gives nothing. */
const logger =
	'const _debugLog = ( ... args ) => { if ( ! globalThis ?. process ?. env ?. JCO_DEBUG ) { return ; } console . debug ( ... args ) ; } ;'.split(
		' ',
	);
const name = '_debugLog';

/** Words that stand for something in an argument that does nothing; every other keyword is one that may do something. */
const plainWords = new Set(['this', 'null', 'true', 'false', 'typeof']);
const otherKeywords = new Set(
	(
		'arguments async await break case catch class const continue debugger default delete do else enum export extends finally for function get ' +
		'if import in instanceof let new of return set static super switch throw try var void while with yield'
	).split(' '),
);
const plainSigns = new Set(['.', '?.', ',', ':', '{', '}', '[', ']', '!', '===', '!==']);

/** Generated code without calls of its logger, and how many were taken out of it and left in it. */
export interface WithoutLog {
	readonly source: string;
	readonly dropped: number;
	readonly left: number;
}

/**
 * Takes the calls of the transpiler's logger out of the code that it generates. The logger is off, and its arguments are made all the same, which
 * is most of what a short call of an export costs. A call goes where it is a statement of its own and its arguments do nothing: they are names,
 * their properties, texts, numbers, and lists and records of these, and calls of methods that are written as giving a field. What goes leaves its
 * line breaks behind. Code whose logger is not exactly the known one, or of which it is not certain where a text ends, is returned as it is.
 */
export function dropLog(source: string): WithoutLog {
	const asItIs = { source, dropped: 0, left: 0 };
	if (!source.includes(name)) return asItIs;
	const tokens = javascriptTokens(source);
	if (!tokens || !hasTheLogger(tokens)) return asItIs;
	const getters = gettersIn(tokens);
	let text = '';
	let from = 0;
	let dropped = 0;
	let left = 0;
	/** Brackets that are open: between round ones a semicolon ends no statement. */
	const open: string[] = [];
	for (let at = 0; at < tokens.length; at++) {
		const { kind, text: word } = tokens[at]!;
		if (kind === 'sign') {
			if (word === '(' || word === '[' || word === '{') open.push(word);
			else if (word === ')' || word === ']' || word === '}') open.pop();
		}
		if (word !== name || !isSign(tokens[at + 1], '(')) continue;
		const isStatement = open.at(-1) !== '(' && beginsStatement(tokens[at - 1]);
		const end = isStatement ? endOfPlainCall(tokens, at + 2, getters) : null;
		if (end === null) {
			left += 1;
			continue;
		}
		text += source.slice(from, tokens[at]!.start);
		from = tokens[end]!.end;
		text += source.slice(tokens[at]!.start, from).replace(/[^\n]+/g, '');
		dropped += 1;
		at = end;
	}
	return { source: text + source.slice(from), dropped, left };
}

const isSign = (token: Token | undefined, text: string): boolean =>
	token?.kind === 'sign' && token.text === text;

/** Whether what comes after a token begins a statement: after the brackets of a record only what is no call can come. */
const beginsStatement = (before: Token | undefined): boolean =>
	isSign(before, ';') || isSign(before, '{') || isSign(before, '}');

/** Whether the name stands for the known logger and for nothing else: it is made once, and but for that only called. */
function hasTheLogger(tokens: readonly Token[]): boolean {
	let made = 0;
	for (let at = 0; at < tokens.length; at++) {
		if (tokens[at]!.text !== name) continue;
		if (tokens[at - 1]?.text === 'const') {
			if (!logger.every((part, index) => tokens[at - 1 + index]?.text === part)) return false;
			made += 1;
		} else if (!isSign(tokens[at + 1], '(') || tokens[at - 1]?.text === 'function') return false;
	}
	return made === 1;
}

/** Says of a name whether methods of that name, wherever they are written, give a field of what they are of and do nothing else. */
function gettersIn(tokens: readonly Token[]): (name: string) => boolean {
	const known = new Map<string, boolean>();
	const isPlain = (method: string): boolean => {
		let is = known.get(method);
		if (is === undefined) {
			known.set(method, false);
			is = isGetter(tokens, method, isPlain);
			known.set(method, is);
		}
		return is;
	};
	return isPlain;
}

function isGetter(tokens: readonly Token[], method: string, isOther: (name: string) => boolean): boolean {
	let made = 0;
	for (let at = 0; at < tokens.length; at++) {
		if (tokens[at]!.text !== method) continue;
		const after = tokens[at + 1];
		if (isSign(after, '(') && isMethod(tokens, at)) {
			if (!beginsStatement(tokens[at - 1]) || !givesField(tokens, at + 2, isOther)) return false;
			made += 1;
		} else if (isSign(after, ':') || isSign(after, '=')) {
			const value = tokens[at + 2]!;
			const isFunction = ['function', 'async', '('].includes(value.text) || isSign(tokens[at + 3], '=>');
			if (isFunction) return false;
		}
	}
	return made > 0;
}

/** Whether what follows the opening bracket of a method is `) { return this.field; }`, or a chain of fields and of such methods. */
function givesField(tokens: readonly Token[], first: number, isOther: (name: string) => boolean): boolean {
	const begins = [')', '{', 'return', 'this'];
	if (!begins.every((text, index) => tokens[first + index]?.text === text)) return false;
	let at = first + 4;
	for (; isSign(tokens[at], '.') || isSign(tokens[at], '?.'); at += 2) {
		if (tokens[at + 1]?.kind !== 'word') return false;
		if (!isSign(tokens[at + 2], '(')) continue;
		if (!isOther(tokens[at + 1]!.text) || !isSign(tokens[at + 3], ')')) return false;
		at += 2;
	}
	return at > first + 4 && isSign(tokens[at], ';') && isSign(tokens[at + 1], '}');
}

/** Whether a word before a bracket is the name of a method or a function that is written there: a block follows the brackets. */
function isMethod(tokens: readonly Token[], at: number): boolean {
	let depth = 0;
	for (let index = at + 1; index < tokens.length; index++) {
		const { kind, text } = tokens[index]!;
		if (kind !== 'sign') continue;
		if (text === '(') depth += 1;
		else if (text === ')' && --depth === 0) return isSign(tokens[index + 1], '{');
	}
	return false;
}

/** The index of the semicolon behind a call whose arguments begin at an index; null where there is none, or where an argument may do something. */
function endOfPlainCall(
	tokens: readonly Token[],
	first: number,
	isGetter: (name: string) => boolean,
): number | null {
	let depth = 0;
	for (let at = first; at < tokens.length; at++) {
		const { kind, text } = tokens[at]!;
		switch (kind) {
			case 'text':
				// A text behind a value is its argument.
				if (at > first && isValueEnd(tokens[at - 1]!)) return null;
				continue;
			case 'number':
				continue;
			case 'word':
				if (otherKeywords.has(text) && !isProperty(tokens, at)) return null;
				continue;
			case 'template':
			case 'regex':
				return null;
			case 'sign':
		}
		if (text === ')' && depth === 0) return isSign(tokens[at + 1], ';') ? at + 1 : null;
		if (text === '(') {
			const method = tokens[at - 1]!;
			if (!isProperty(tokens, at - 1) || !isGetter(method.text) || !isSign(tokens[at + 1], ')')) return null;
			at += 1;
			continue;
		}
		if (!plainSigns.has(text)) return null;
		if (text === '{' || text === '[') depth += 1;
		else if (text === '}' || text === ']') depth -= 1;
	}
	return null;
}

const isValueEnd = ({ kind, text }: Token): boolean =>
	kind === 'word' ? !plainWords.has(text) || text === 'this' : kind === 'sign' ? /^[)\]}]$/.test(text) : true;

/** Whether a word is the name of a property: behind a dot, or before a colon in a record. */
const isProperty = (tokens: readonly Token[], at: number): boolean =>
	isSign(tokens[at - 1], '.') || isSign(tokens[at - 1], '?.') || isSign(tokens[at + 1], ':');
