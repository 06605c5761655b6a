/** `wasi:http/types.header-error`, as it is thrown. */
export interface HeaderError {
	readonly tag: 'invalid-syntax' | 'forbidden' | 'immutable';
}

const invalidSyntax: HeaderError = { tag: 'invalid-syntax' };
const forbidden: HeaderError = { tag: 'forbidden' };
const immutable: HeaderError = { tag: 'immutable' };

/** What a guest may not set: Wasmtime's list. */
const forbiddenNames = new Set([
	'connection',
	'keep-alive',
	'proxy-authenticate',
	'proxy-authorization',
	'proxy-connection',
	'transfer-encoding',
	'upgrade',
	'host',
	'http2-settings',
]);

/** The most bytes of names and values that one `fields` holds. */
const most = 128 * 2 ** 10;

interface Entry {
	readonly name: string;
	/** Lower case, which names are compared in. */
	readonly key: string;
	readonly value: Uint8Array;
}

/** `wasi:http/types.fields`: headers or trailers, in order and in the case they were given. */
export class Fields {
	#entries: Entry[] = [];
	#immutable = false;
	#size = 0;

	static fromList(list: readonly (readonly [string, Uint8Array])[]): Fields {
		const fields = new Fields();
		for (const [name, value] of list) fields.append(name, value);
		return fields;
	}

	get(name: string): Uint8Array[] {
		const key = name.toLowerCase();
		return this.#entries.filter((entry) => entry.key === key).map(({ value }) => value.slice());
	}

	has(name: string): boolean {
		const key = name.toLowerCase();
		return this.#entries.some((entry) => entry.key === key);
	}

	set(name: string, values: readonly Uint8Array[]): void {
		checkName(name);
		values.forEach(checkValue);
		this.#checkMutable();
		this.#remove(name);
		for (const value of values) this.#add(name, value);
	}

	delete(name: string): void {
		checkName(name);
		this.#checkMutable();
		this.#remove(name);
	}

	append(name: string, value: Uint8Array): void {
		checkName(name);
		checkValue(value);
		this.#checkMutable();
		this.#add(name, value);
	}

	entries(): [string, Uint8Array][] {
		return this.#entries.map(({ name, value }) => [name, value.slice()]);
	}

	/** The same under its name in WASI 0.3. */
	copyAll(): [string, Uint8Array][] {
		return this.entries();
	}

	/** Of WASI 0.3. */
	getAndDelete(name: string): Uint8Array[] {
		const values = this.get(name);
		this.delete(name);
		return values;
	}

	clone(): Fields {
		return Fields.#copy(this, false);
	}

	/** A copy that no guest can change; for hosts. */
	static freeze(fields: Fields): Fields {
		return Fields.#copy(fields, true);
	}

	/** The headers of a response, which are not held to the rules for what a guest sends; for hosts. */
	static received(headers: readonly (readonly [name: string, value: string])[]): Fields {
		const fields = new Fields();
		fields.#entries = headers.map(([name, value]) => ({
			name,
			key: name.toLowerCase(),
			value: latin1Bytes(value),
		}));
		fields.#immutable = true;
		return fields;
	}

	/** Names with values as Latin-1 text; for hosts. */
	static pairsOf(fields: Fields): [name: string, value: string][] {
		return fields.#entries.map(({ name, value }) => [name, latin1Text(value)]);
	}

	/** Bytes of names and values together; for hosts. */
	static sizeOf(fields: Fields): number {
		return fields.#size;
	}

	static #copy(fields: Fields, immutable: boolean): Fields {
		const copy = new Fields();
		copy.#entries = [...fields.#entries];
		copy.#size = fields.#size;
		copy.#immutable = immutable;
		return copy;
	}

	#checkMutable(): void {
		if (this.#immutable) throw immutable;
	}

	#add(name: string, value: Uint8Array): void {
		const size = this.#size + name.length + value.length;
		if (size > most) throw new RangeError(`fields of more than ${most} bytes`);
		this.#size = size;
		this.#entries.push({ name, key: name.toLowerCase(), value: value.slice() });
	}

	#remove(name: string): void {
		const key = name.toLowerCase();
		this.#entries = this.#entries.filter((entry) => {
			if (entry.key === key) this.#size -= entry.name.length + entry.value.length;
			return entry.key !== key;
		});
	}
}

function checkName(name: string): void {
	if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) throw invalidSyntax;
	if (forbiddenNames.has(name.toLowerCase())) throw forbidden;
}

/** Visible bytes, space and tab, and anything above ASCII. */
function checkValue(value: Uint8Array): void {
	for (const byte of value) if ((byte < 0x20 && byte !== 0x09) || byte === 0x7f) throw invalidSyntax;
}

const latin1Text = (bytes: Uint8Array): string => {
	let text = '';
	for (const byte of bytes) text += String.fromCharCode(byte);
	return text;
};

const latin1Bytes = (text: string): Uint8Array =>
	Uint8Array.from(text, (character) => character.charCodeAt(0));
