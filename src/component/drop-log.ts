import { itemAt } from '../core/item-at';
import { findLog, type NamedBlock } from './find-log';
import { scanJavascript, type TokenKind } from './scan-javascript';

/** The logger of the transpiler's code, as it stands in it: it says something only where a variable of Node's process is set, and gives nothing. */
const logger =
	'_debugLog = ( ... args ) => { if ( ! globalThis ?. process ?. env ?. JCO_DEBUG ) { return ; } console . debug ( ... args ) ; } ;';
const name = '_debugLog';

/** Words that are no names, and yet do nothing. */
const plainWords = new Set(['this', 'null', 'true', 'false', 'typeof']);
/** Words of the language that may do something. */
const otherWords = new Set(
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
	const log = findLog(source, name);
	if (!log || !isTheLogger(source, log.made)) return asItIs;
	const isGetter = gettersIn(source, log.blocks);
	let text = '';
	let from = 0;
	let dropped = 0;
	for (const { start, isStatement, end } of log.calls) {
		if (!isStatement || !hasPlainArguments(source.slice(start, end), isGetter)) continue;
		text += source.slice(from, start) + source.slice(start, end).replace(/[^\n]+/g, '');
		from = end;
		dropped += 1;
	}
	return { source: text + source.slice(from), dropped, left: log.calls.length - dropped };
}

interface Token {
	readonly kind: TokenKind;
	readonly text: string;
}

/** The tokens of a piece of code that is whole in itself; null where it is none. */
function tokensOf(code: string): readonly Token[] | null {
	const tokens: Token[] = [];
	const isWhole = scanJavascript(code, (kind, start, end) =>
		tokens.push({ kind, text: code.slice(start, end) }),
	);
	return isWhole ? tokens : null;
}

/** Whether what stands there is the known logger, token by token. */
function isTheLogger(source: string, at: number): boolean {
	const end = source.indexOf('};', at);
	const tokens = end < 0 ? null : tokensOf(source.slice(at, end + 2));
	return tokens?.map(({ text }) => text).join(' ') === logger;
}

/** Says of a name whether methods of that name, wherever they are written, give a field of what they are of and do nothing else. */
function gettersIn(
	source: string,
	blocks: ReadonlyMap<string, readonly NamedBlock[]>,
): (method: string) => boolean {
	const known = new Map<string, boolean>();
	const isGetter = (method: string): boolean => {
		const before = known.get(method);
		if (before !== undefined) return before;
		known.set(method, false);
		const made = blocks.get(method) ?? [];
		const is =
			made.length > 0 && made.every((block) => givesField(source, block, isGetter)) && !isSet(source, method);
		known.set(method, is);
		return is;
	};
	return isGetter;
}

/** Whether a method is `name() { return this.field; }`, or gives by a chain of fields and of such methods. */
function givesField(
	source: string,
	{ before, from, to }: NamedBlock,
	isGetter: (method: string) => boolean,
): boolean {
	if (before !== ';' && before !== '{' && before !== '}') return false;
	const tokens = tokensOf(source.slice(from, source.indexOf('}', to) + 1))?.map(({ text }) => text);
	if (tokens?.slice(1, 6).join(' ') !== '( ) { return this') return false;
	let at = 6;
	for (; tokens[at] === '.' || tokens[at] === '?.'; at += 2) {
		if (tokens[at + 2] !== '(') continue;
		if (!isGetter(tokens[at + 1] ?? '') || tokens[at + 3] !== ')') return false;
		at += 2;
	}
	return at > 6 && tokens.slice(at).join(' ') === '; }';
}

/** Whether something of that name may be set to a function: anywhere in the text, for that is on the safe side. */
const isSet = (source: string, method: string): boolean =>
	new RegExp(`${escaped(method)}['"\\]]*\\s*[:=]\\s*(?:function\\b|async\\b|\\(|[\\w$]+\\s*=>)`).test(source);

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Whether a call does nothing but to make its arguments, and these are plain. */
function hasPlainArguments(code: string, isGetter: (method: string) => boolean): boolean {
	const tokens = tokensOf(code);
	if (!tokens) return false;
	// Without the name, its brackets and the semicolon.
	const last = tokens.length - 2;
	for (let at = 2; at < last; at++) {
		const { kind, text } = itemAt(tokens, at);
		const before = itemAt(tokens, at - 1);
		const isProperty = before.text === '.' || before.text === '?.' || tokens[at + 1]?.text === ':';
		switch (kind) {
			case 'number':
				continue;
			case 'text':
				// A text behind a value is its argument.
				if (at > 2 && isValueEnd(before)) return false;
				continue;
			case 'word':
				if (otherWords.has(text) && !isProperty) return false;
				continue;
			case 'template':
			case 'regex':
				return false;
			case 'sign':
		}
		if (text === '(') {
			const dot = tokens[at - 2]?.text;
			if ((dot !== '.' && dot !== '?.') || !isGetter(before.text) || tokens[at + 1]?.text !== ')')
				return false;
			at += 1;
		} else if (!plainSigns.has(text)) return false;
	}
	return true;
}

const isValueEnd = ({ kind, text }: Token): boolean =>
	kind === 'word' ? !plainWords.has(text) || text === 'this' : kind === 'sign' ? /^[)\]}]$/.test(text) : true;
