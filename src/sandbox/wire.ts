/** A value as it travels: a text, and one block of bytes where the value holds any. */
export interface Packet {
	readonly text: string;
	readonly bytes: ArrayBuffer | null;
}

/** The text is not one that `encode` makes. */
export class WireError extends Error {}

const withBytes = '+';
const withoutBytes = '-';

/** Whether a text says that a block of bytes follows it. */
export const announcesBytes = (text: string): boolean => text.startsWith(withBytes);

/**
 * Writes plain data (JSON, and bigints, all numbers, and bytes) as a packet. Bytes are copied. Strings get a letter in front, so that
 * what JSON lacks can be strings with other letters.
 */
export function encode(value: unknown): Packet {
	const parts: Uint8Array[] = [];
	let length = 0;
	const json = write(value, (bytes) => {
		parts.push(bytes);
		length += bytes.byteLength;
		return `"b${length - bytes.byteLength}:${bytes.byteLength}"`;
	});
	if (parts.length === 0) return { text: withoutBytes + json, bytes: null };
	const bytes = new Uint8Array(length);
	let offset = 0;
	for (const part of parts) {
		bytes.set(part, offset);
		offset += part.byteLength;
	}
	return { text: withBytes + json, bytes: bytes.buffer };
}

/** JSON of a value. By hand, for a replacer of `JSON.stringify` costs several times as much, and every host call passes here. */
function write(value: unknown, takeBytes: (bytes: Uint8Array) => string): string {
	switch (typeof value) {
		case 'string':
			return isPlain(value) ? `"s${value}"` : JSON.stringify(`s${value}`);
		case 'number':
			return Number.isFinite(value) && !Object.is(value, -0) ? String(value) : `"${numberText(value)}"`;
		case 'boolean':
			return String(value);
		case 'bigint':
			return `"n${value}"`;
		case 'object':
			break;
		default:
			return 'null';
	}
	if (value === null) return 'null';
	if (value instanceof Uint8Array) return takeBytes(value);
	if (Array.isArray(value)) return `[${value.map((item) => write(item, takeBytes)).join(',')}]`;
	let text = '';
	for (const key of Object.keys(value)) {
		const item = (value as Record<string, unknown>)[key];
		if (item === undefined) continue;
		text += `${text === '' ? '' : ','}${keyText(key)}${write(item, takeBytes)}`;
	}
	return `{${text}}`;
}

/** Whether a short text is in JSON what it is. Most are, and to look costs less than to have them quoted. */
const isPlain = (text: string) => text.length < 256 && /^[ !#-[\]-~]*$/.test(text);

/** Keys of records, quoted: the same few come again and again. */
const keyTexts = new Map<string, string>();

function keyText(key: string): string {
	let text = keyTexts.get(key);
	if (text === undefined) {
		text = `${JSON.stringify(key)}:`;
		if (keyTexts.size < 256 && key.length < 64) keyTexts.set(key, text);
	}
	return text;
}

const numberText = (number: number) => `f${Object.is(number, -0) ? '-0' : number}`;

/** Reads a packet back; bytes become views of its block. Throws a `WireError` on anything else than what `encode` makes. */
export function decode({ text, bytes }: Packet): unknown {
	if (text[0] !== (bytes ? withBytes : withoutBytes)) throw new WireError('a message without its mark');
	try {
		return read(JSON.parse(text.slice(1)), bytes);
	} catch (error) {
		throw error instanceof WireError ? error : new WireError('a message that does not parse');
	}
}

/** Puts what strings stand for in their place. By hand, for a reviver of `JSON.parse` costs many times as much. */
function read(value: unknown, block: ArrayBuffer | null): unknown {
	if (typeof value === 'string') return decodeString(value, block);
	if (typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) {
		for (let index = 0; index < value.length; index += 1) {
			const item: unknown = value[index];
			if (typeof item === 'string' || typeof item === 'object') value[index] = read(item, block);
		}
		return value;
	}
	// Each key is one of its own already, `__proto__` too, so none is looked for in a prototype.
	const fields = value as Record<string, unknown>;
	for (const key of Object.keys(fields)) fields[key] = read(fields[key], block);
	return fields;
}

function decodeString(item: string, block: ArrayBuffer | null): unknown {
	const rest = item.slice(1);
	switch (item[0]) {
		case 's':
			return rest;
		case 'n':
			if (!/^-?\d{1,40}$/.test(rest)) break;
			return BigInt(rest);
		case 'f':
			return Number(rest);
		case 'b': {
			const [, offset, length] = /^(\d{1,10}):(\d{1,10})$/.exec(rest) ?? [];
			if (!block || Number(offset) + Number(length) > block.byteLength) break;
			return new Uint8Array(block, Number(offset), Number(length));
		}
		default:
			break;
	}
	throw new WireError('a value that does not parse');
}
