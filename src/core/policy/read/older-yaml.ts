import type { SourceRange } from '../policy';
import { lenientLexer } from './lenient-lexer';

export interface OlderFault extends SourceRange {
	readonly message: string;
}

/** The longest key that needs no question mark, in characters. */
const mostKey = 1024;

/**
 * What Wassette's reader refuses and a parser of YAML 1.2 takes: that reader follows YAML 1.1, where brackets and braces leave a colon and a
 * question mark less room, tabs do not indent, and names of anchors and tags are plainer. Null where there is nothing of it. Linear in the
 * text, whose line breaks are line feeds.
 */
export function findOlderFault(text: string): OlderFault | null {
	const reader = new OlderReader(text);
	let at = 0;
	for (const token of lenientLexer().lex(text)) {
		// Marks of the lexer, which are not in the text.
		if (token === '\u0002' || token === '\u0018') continue;
		if (token === '\u001f') {
			reader.nextIsScalar = true;
			continue;
		}
		const message = reader.take(token, at);
		if (message !== null) return { message, from: at, to: at + token.length };
		at += token.length;
	}
	return null;
}

const isSpace = (token: string) => /^[ \t]+$/.test(token);
const isBreak = (token: string) => token === '\n' || token === '\r\n';

interface Entry {
	readonly at: number;
	readonly line: number;
	/** It began with a question mark, so that its key may be long and of several lines. */
	readonly asked: boolean;
}

class OlderReader {
	nextIsScalar = false;
	readonly #text: string;
	readonly #tagNames: ReadonlySet<string>;
	#line = 0;
	#lineStart = 0;
	/** Columns of question marks that wait for their colon, in block style. */
	readonly #asked = new Set<number>();
	/** The last token that is neither space nor comment; the last that is no space; and the last. */
	#last = '\n';
	#solid = '\n';
	#before = '\n';
	#lastIsPlain = false;
	/** Where the entry began that a colon may end as a key; null before it did. */
	#entry: Entry | null = null;
	/** Those that brackets and braces began in, from the outside. */
	readonly #outer: (Entry | null)[] = [];
	/** The column of the innermost mapping or list in block style. */
	#indent = -1;
	#keyInLine = false;

	constructor(text: string) {
		this.#text = text;
		this.#tagNames = new Set([...text.matchAll(/^%TAG[ \t]+!([\w-]+)!/gm)].map(([, name = '']) => name));
	}

	get #inFlow(): boolean {
		return this.#outer.length > 0;
	}

	/** Takes the next token; what is wrong with it, or null. */
	take(token: string, at: number): string | null {
		const isScalar = this.nextIsScalar || /^["']/.test(token);
		this.nextIsScalar = false;
		if (isBreak(token)) return this.#break(at + token.length);
		if (isSpace(token)) return this.#space(token, at);
		if (!isScalar && token.startsWith('#')) {
			this.#lastIsPlain = false;
			this.#solid = this.#before = token;
			return null;
		}
		const fault = this.#faultOf(token, at, isScalar);
		if (fault === null) this.#pass(token, at, isScalar);
		return fault;
	}

	#break(next: number): null {
		this.#lineStart = next;
		this.#line += 1;
		this.#solid = this.#before = '\n';
		this.#keyInLine = false;
		if (!this.#inFlow) this.#entry = null;
		return null;
	}

	/** A tab is no indentation: neither of a line, blank or not, nor of what comes after a dash or a question mark. */
	#space(token: string, at: number): string | null {
		this.#before = token;
		const tab = token.indexOf('\t');
		if (tab < 0 || !(this.#solid === '\n' || this.#isOpen(this.#solid))) return null;
		const mayStand = this.#lastIsPlain ? at + tab - this.#lineStart > this.#indent : this.#inFlow;
		return mayStand ? null : 'found character that cannot start any token';
	}

	/** Whether a mark leaves open whether a key follows: a colon does where it does not follow its key in the line. */
	#isOpen = (mark: string | undefined) =>
		mark === '-' || mark === '?' || (mark === ':' && !this.#keyInLine && this.#last === ':');

	#faultOf(token: string, at: number, isScalar: boolean): string | null {
		if (isScalar) return this.#scalarFault(token, at);
		if (token === ':') return this.#inFlow ? this.#flowColonFault(at) : this.#colonFault(at);
		if (token === ']' && this.#last === '?') return 'did not find expected node content';
		if (token.startsWith('&') || token.startsWith('*'))
			return /^.[\w-]+:?$/.test(token) ? null : 'did not find expected alphabetic or numeric character';
		if (token.startsWith('!')) return this.#tagFault(token, at);
		return null;
	}

	#scalarFault(token: string, at: number): string | null {
		if (token.startsWith('"')) return hasUnreal(token) ? 'found invalid Unicode character escape code' : null;
		if (!this.#inFlow || token.startsWith("'")) return null;
		const isNode = !'[{,'.includes(this.#last);
		return token.startsWith(':') || (token.startsWith('?') && (isNode || this.#text[at + 1] === '#'))
			? 'did not find expected node content'
			: null;
	}

	#flowColonFault(at: number): string | null {
		if ('[{,'.includes(this.#last)) return 'did not find expected node content';
		if (this.#lastIsPlain && !isSpace(this.#before) && /[,[\]{}?]/.test(this.#text[at + 1] ?? ''))
			return "found unexpected ':'";
		return this.#isTooFar(at) ? "did not find expected ',' or '}'" : null;
	}

	#colonFault(at: number): string | null {
		if (this.#entry === null)
			return this.#asked.delete(at - this.#lineStart) ? null : 'did not find expected key';
		return this.#keyInLine ? 'mapping values are not allowed in this context' : null;
	}

	/** Whether what a colon follows cannot be its key: it began in another line, or too far back. */
	#isTooFar(at: number): boolean {
		if (!this.#entry || this.#entry.asked) return false;
		return this.#entry.line !== this.#line || at - this.#entry.at > mostKey;
	}

	#tagFault(token: string, at: number): string | null {
		const next = this.#text[at + token.length] ?? '\n';
		const [, name] = /^!([\w-]+)!/.exec(token) ?? [];
		if (name !== undefined && !this.#tagNames.has(name)) return 'found undefined tag handle';
		return (this.#inFlow && /[\]}]/.test(next)) ||
			/^!(?:[\w-]*!$|<(?![^<>]+>$)|.*[^\x21-\x7e])|[#"\\^`{|}]/.test(token)
			? 'while scanning a tag, did not find expected whitespace or line break'
			: null;
	}

	#pass(token: string, at: number, isScalar: boolean): void {
		const begun = (asked: boolean) => ({ at, line: this.#line, asked });
		if (isScalar) this.#entry ??= begun(false);
		else if (token === '[' || token === '{') {
			this.#outer.push(this.#entry ?? begun(false));
			this.#entry = null;
		} else if (token === ']' || token === '}') this.#entry = this.#outer.pop() ?? null;
		else if (token === ',') this.#entry = null;
		else if (token === '?' || token === '-') this.#mark(token, at - this.#lineStart, begun(true));
		else if (token === ':') this.#colon();
		else this.#entry ??= begun(false);
		this.#last = this.#solid = this.#before = token;
		this.#lastIsPlain = isScalar && !/^["']/.test(token) && !token.endsWith('\n');
		if (isScalar) this.#countLines(token, at);
	}

	#mark(token: string, column: number, entry: Entry): void {
		if (this.#inFlow) {
			if (token === '?') this.#entry = entry;
			return;
		}
		if (token === '?') this.#asked.add(column);
		this.#indent = column;
		this.#keyInLine = false;
		this.#entry = null;
	}

	#colon(): void {
		if (!this.#inFlow && this.#entry) {
			this.#indent = this.#entry.at - this.#lineStart;
			this.#keyInLine = true;
		}
		this.#entry = null;
	}

	#countLines(token: string, at: number): void {
		const lastBreak = token.lastIndexOf('\n');
		if (lastBreak < 0) return;
		this.#line += token.split('\n').length - 1;
		this.#lineStart = at + lastBreak + 1;
		if (token.endsWith('\n')) this.#solid = this.#before = '\n';
	}
}

/** Whether a double-quoted text has an escape for what is no character of its own. */
function hasUnreal(token: string): boolean {
	for (const [, short, long] of token.matchAll(/\\(?:u([\dA-Fa-f]{4})|U([\dA-Fa-f]{8})|[^])/g)) {
		const code = Number.parseInt(short ?? long ?? '0', 16);
		if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) return true;
	}
	return false;
}
