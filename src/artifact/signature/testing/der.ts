import { itemAt } from '../../../core/item-at';

/** Writes values in DER, as certificates and timestamps are. */

const lengthOf = (length: number): readonly number[] =>
	length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];

/** A value with its tag. */
export function tagged(tag: number, ...parts: readonly Uint8Array[]): Buffer {
	const content = Buffer.concat(parts);
	return Buffer.concat([Uint8Array.of(tag, ...lengthOf(content.length)), content]);
}

export const sequence = (...parts: readonly Uint8Array[]): Buffer => tagged(0x30, ...parts);
export const setOf = (...parts: readonly Uint8Array[]): Buffer => tagged(0x31, ...parts);
export const octets = (...parts: readonly Uint8Array[]): Buffer => tagged(0x04, ...parts);
export const bits = (content: Uint8Array): Buffer => tagged(0x03, Uint8Array.of(0), content);
export const utf8 = (text: string): Buffer => tagged(0x0c, Buffer.from(text));
export const yes: Uint8Array = Uint8Array.of(0x01, 0x01, 0xff);
/** A value inside the brackets of a number. */
export const within = (number: number, ...parts: readonly Uint8Array[]): Buffer =>
	tagged(0xa0 + number, ...parts);

/** A number that is not negative. */
export function integer(value: number): Buffer {
	const hex = value.toString(16);
	const bytes = Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex');
	return tagged(0x02, itemAt(bytes, 0) < 0x80 ? bytes : Buffer.concat([Uint8Array.of(0), bytes]));
}

/** An object's identifier, from its numbers with dots. */
export function identifier(dotted: string): Buffer {
	const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
	const bytes = [40 * first + second, ...rest].flatMap((value) => {
		const digits = [value % 128];
		for (let left = Math.floor(value / 128); left > 0; left = Math.floor(left / 128))
			digits.unshift(128 + (left % 128));
		return digits;
	});
	return tagged(0x06, Uint8Array.from(bytes));
}

/** A time, to the second. */
export const time = (date: Date): Buffer =>
	tagged(0x18, Buffer.from(`${date.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`));
