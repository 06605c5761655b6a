import { scanJavascript, type TokenKind } from './scan-javascript';

/** A call of the logger in generated code. */
export interface LogCall {
	/** Where the name begins. */
	readonly start: number;
	/** Whether a statement begins there, and ends with a semicolon right behind the brackets. */
	readonly isStatement: boolean;
	/** Behind that semicolon. */
	readonly end: number;
}

/** Where a block begins that follows a name and round brackets, as that of a method does. */
export interface NamedBlock {
	/** What stands before the name. */
	readonly before: string;
	/** From the name to behind the curly bracket. */
	readonly from: number;
	readonly to: number;
}

/** What there is of the logger in generated code. */
export interface Log {
	/** Where the name is made. */
	readonly made: number;
	readonly calls: readonly LogCall[];
	readonly blocks: ReadonlyMap<string, readonly NamedBlock[]>;
}

/**
 * Finds the logger by its name; null where the name may stand for something else as well, is used otherwise than by calling it, or the code cannot
 * be read for certain.
 */
export function findLog(source: string, name: string): Log | null {
	const finder = new Finder(source, name);
	const isWhole = scanJavascript(source, finder.take);
	return isWhole && finder.isSure && finder.made >= 0 ? finder : null;
}

interface Brackets {
	readonly sign: string;
	/** The word before round ones; a start of -1 where there is none. */
	readonly from: number;
	readonly to: number;
	readonly before: string;
	readonly call: Mutable<LogCall> | null;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const statementSigns = new Set([';', '{', '}']);

class Finder implements Log {
	made = -1;
	isSure = true;
	readonly calls: Mutable<LogCall>[] = [];
	readonly blocks = new Map<string, NamedBlock[]>();
	readonly #source: string;
	readonly #name: string;
	readonly #open: Brackets[] = [];
	/** Round brackets that the last token closed. */
	#closed: Brackets | null = null;
	/** The call whose name the last token was. */
	#named: Mutable<LogCall> | null = null;
	/** The last token, and where the one before it began and ended. */
	#kind: TokenKind = 'sign';
	#from = 0;
	#to = 0;
	#beforeFrom = 0;
	#beforeTo = 0;

	constructor(source: string, name: string) {
		this.#source = source;
		this.#name = name;
	}

	take = (kind: TokenKind, start: number, end: number): void => {
		const sign = kind === 'sign' && end - start === 1 ? this.#source.charAt(start) : '';
		// What is not called is handed on, or is something else.
		if (this.#named && sign !== '(') this.isSure = false;
		if (kind === 'word' && end - start === this.#name.length && this.#source.startsWith(this.#name, start))
			this.#found(start);
		if (this.#closed?.call) {
			if (sign === ';') this.#closed.call.end = end;
			else this.#closed.call.isStatement = false;
		}
		if (sign === '(' || sign === '[' || sign === '{') this.#opens(sign, end);
		const closes = sign === ')' || sign === ']' || sign === '}' ? this.#open.pop() : undefined;
		this.#closed = closes?.sign === '(' ? closes : null;
		this.#beforeFrom = this.#from;
		this.#beforeTo = this.#to;
		this.#kind = kind;
		this.#from = start;
		this.#to = end;
	};

	#found(start: number): void {
		const last = this.#last;
		if (last === 'function') this.isSure = false;
		else if (last === 'const') {
			if (this.made >= 0) this.isSure = false;
			this.made = start;
		} else {
			const isStatement =
				this.#kind === 'sign' && statementSigns.has(last) && this.#open.at(-1)?.sign !== '(';
			this.#named = { start, isStatement, end: -1 };
			this.calls.push(this.#named);
		}
	}

	#opens(sign: string, end: number): void {
		const isNamed = sign === '(' && this.#kind === 'word';
		if (sign === '{' && this.#closed && this.#closed.from >= 0) {
			const { from, to, before } = this.#closed;
			const name = this.#source.slice(from, to);
			const known = this.blocks.get(name);
			const block = { before, from, to: end };
			if (known) known.push(block);
			else this.blocks.set(name, [block]);
		}
		this.#open.push({
			sign,
			from: isNamed ? this.#from : -1,
			to: this.#to,
			before: isNamed ? this.#source.slice(this.#beforeFrom, this.#beforeTo) : '',
			call: sign === '(' ? this.#named : null,
		});
		this.#named = null;
	}

	get #last(): string {
		return this.#to - this.#from > 8 ? '' : this.#source.slice(this.#from, this.#to);
	}
}
