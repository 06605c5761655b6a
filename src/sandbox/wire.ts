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
	const json = JSON.stringify(value, (_key, item: unknown) => {
		if (typeof item === 'string') return `s${item}`;
		if (typeof item === 'bigint') return `n${item}`;
		if (typeof item === 'number')
			return Number.isFinite(item) && !Object.is(item, -0) ? item : numberText(item);
		if (item instanceof Uint8Array) {
			parts.push(item);
			length += item.byteLength;
			return `b${length - item.byteLength}:${item.byteLength}`;
		}
		return item;
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

const numberText = (number: number) => `f${Object.is(number, -0) ? '-0' : number}`;

/** Reads a packet back; bytes become views of its block. Throws a `WireError` on anything else than what `encode` makes. */
export function decode({ text, bytes }: Packet): unknown {
	if (text[0] !== (bytes ? withBytes : withoutBytes)) throw new WireError('a message without its mark');
	try {
		// A reviver defines properties, it does not assign them, so a key like `__proto__` stays a key.
		return JSON.parse(text.slice(1), (_key, item: unknown) =>
			typeof item === 'string' ? decodeString(item, bytes) : item,
		);
	} catch (error) {
		throw error instanceof WireError ? error : new WireError('a message that does not parse');
	}
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
	}
	throw new WireError('a value that does not parse');
}
