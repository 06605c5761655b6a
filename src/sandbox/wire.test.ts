import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decode, encode, WireError } from './wire';

describe('a value on the wire', () => {
	test('comes out as it went in', () => {
		const value = fc.letrec((tie) => ({
			value: fc.oneof(
				{ maxDepth: 4 },
				fc.constant(null),
				fc.boolean(),
				fc.double(),
				fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n }),
				fc.string(),
				fc.uint8Array(),
				fc.array(tie('value')),
				fc.dictionary(fc.string(), tie('value'), { noNullPrototype: true }),
			),
		})).value;
		fc.assert(
			fc.property(value, (item) => {
				expect(decode(encode(item))).toEqual(item);
			}),
		);
	});

	test('keeps its own copy of bytes', () => {
		const bytes = new Uint8Array([1, 2]);
		const packet = encode({ bytes });
		bytes[0] = 9;
		expect(decode(packet)).toEqual({ bytes: new Uint8Array([1, 2]) });
	});

	test('cannot reach a prototype by a key', () => {
		const decoded = decode({ text: '-{"__proto__":{"polluted":true}}', bytes: null }) as object;
		expect(Object.getPrototypeOf(decoded)).toBe(Object.prototype);
		expect('polluted' in decoded).toBe(false);
	});

	test.each([
		['a text that is no JSON', '-{', null],
		['a string without its letter', '-"x"', null],
		['an empty string', '-""', null],
		['an integer that is none', '-"n1e3"', null],
		['bytes where none came', '-"b0:1"', null],
		['bytes beyond the block', '+"b1:4"', new ArrayBuffer(4)],
		['a mark that does not fit', '-1', new ArrayBuffer(4)],
		['nesting without an end', `-${'['.repeat(200_000)}`, null],
	])('is refused where it is %s', (_what, text, bytes) => {
		expect(() => decode({ text, bytes })).toThrow(WireError);
	});
});
