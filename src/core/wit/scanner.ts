/** What stops a reading of WIT text. Thrown inside `core/wit` only; `parseWit` turns it into a value. */
export class WitSyntaxError extends Error {
	constructor(
		message: string,
		/** Offset in the text. */
		readonly at: number,
	) {
		super(message);
	}
}

const word = /%?([A-Za-z][A-Za-z0-9-]*)/y;
const version = /[0-9]+\.[0-9]+\.[0-9]+(?:[-+][0-9A-Za-z.+-]*[0-9A-Za-z])?/y;
const digits = /[0-9]+/y;
const blank = /[\t\n\r ]+/y;

/** A position in WIT text, and the few steps that WIT's tokens need. */
export class Scanner {
	#at = 0;
	#docs: string[] = [];

	constructor(readonly text: string) {
		this.#skip();
	}

	/** Offset of the next token. */
	get at(): number {
		return this.#at;
	}

	get done(): boolean {
		return this.#at >= this.text.length;
	}

	/** The doc comment read since the last call, if any. */
	takeDocs(): string | undefined {
		const docs = this.#docs.join('\n').trim();
		this.#docs = [];
		return docs === '' ? undefined : docs;
	}

	/** The next token is this punctuation; steps over it if so. */
	take(punctuation: string): boolean {
		if (!this.text.startsWith(punctuation, this.#at)) return false;
		this.#advance(punctuation.length);
		return true;
	}

	expect(punctuation: string): void {
		if (!this.take(punctuation)) this.fail(`expected '${punctuation}', found ${this.#found()}`);
	}

	/** Steps over a keyword. A name written `%word` is never one. */
	takeWord(keyword: string): boolean {
		if (this.peekWord() !== keyword) return false;
		this.#advance(keyword.length);
		return true;
	}

	/** The next word as written, or null where none stands; `%word` counts as none. */
	peekWord(): string | null {
		return this.text[this.#at] === '%' ? null : this.#match(word);
	}

	/** A name; the leading `%` of an escaped one is dropped. */
	name(): string {
		const matched = this.#match(word);
		if (matched === null) this.fail(`expected a name, found ${this.#found()}`);
		this.#advance(matched.length);
		return matched.startsWith('%') ? matched.slice(1) : matched;
	}

	version(): string {
		const matched = this.#match(version);
		if (matched === null) this.fail(`expected a version, found ${this.#found()}`);
		this.#advance(matched.length);
		return matched;
	}

	/** A whole number that a double holds. */
	number(): number {
		const matched = this.#match(digits);
		if (matched === null) this.fail(`expected a number, found ${this.#found()}`);
		const value = Number(matched);
		if (!Number.isSafeInteger(value)) this.fail('this number is too large');
		this.#advance(matched.length);
		return value;
	}

	/** Items with commas between them up to `close`, which is stepped over; a comma after the last one is allowed. */
	list<T>(close: string, item: () => T): readonly T[] {
		const items: T[] = [];
		while (!this.take(close)) {
			items.push(item());
			if (!this.take(',')) {
				this.expect(close);
				break;
			}
		}
		return items;
	}

	/** `@since(version = 0.2.0)`, `@unstable(feature = x)`, `@deprecated(version = 0.2.2)`: stepped over. */
	skipAttributes(): void {
		while (this.take('@')) {
			this.name();
			if (!this.take('(')) continue;
			do {
				this.name();
				this.expect('=');
				if (/[0-9]/.test(this.text[this.at] ?? '')) this.version();
				else this.name();
			} while (this.take(','));
			this.expect(')');
		}
	}

	fail(message: string, at = this.#at): never {
		throw new WitSyntaxError(message, at);
	}

	#match(pattern: RegExp): string | null {
		pattern.lastIndex = this.#at;
		return pattern.exec(this.text)?.[0] ?? null;
	}

	#advance(length: number): void {
		this.#at += length;
		this.#skip();
	}

	#found(): string {
		return this.done ? 'the end of the text' : `'${this.#match(word) ?? this.text[this.#at]}'`;
	}

	/** Steps over blanks and comments, and keeps doc comments. */
	#skip(): void {
		for (;;) {
			const space = this.#match(blank);
			if (space !== null) this.#at += space.length;
			else if (this.text.startsWith('//', this.#at)) this.#lineComment();
			else if (this.text.startsWith('/*', this.#at)) this.#blockComment();
			else return;
		}
	}

	#lineComment(): void {
		const newline = this.text.indexOf('\n', this.#at);
		const end = newline === -1 ? this.text.length : newline;
		const line = this.text.slice(this.#at, end);
		if (line.startsWith('///') && !line.startsWith('////')) this.#docs.push(line.slice(3).trim());
		this.#at = end;
	}

	#blockComment(): void {
		const start = this.#at;
		let depth = 0;
		do {
			const open = this.text.indexOf('/*', this.#at);
			const close = this.text.indexOf('*/', this.#at);
			if (close === -1) this.fail('this comment has no end', start);
			const opens = open !== -1 && open < close;
			depth += opens ? 1 : -1;
			this.#at = (opens ? open : close) + 2;
		} while (depth > 0);
		const comment = this.text.slice(start, this.#at);
		if (comment.startsWith('/**') && comment.length > 4) this.#docs.push(blockDocs(comment));
	}
}

const blockDocs = (comment: string): string =>
	comment
		.slice(3, -2)
		.split('\n')
		.map((line) => line.trim().replace(/^\*\s*/, ''))
		.join('\n');
