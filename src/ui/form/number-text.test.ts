import { describe, expect, test } from 'vitest';
import { numberText, readFloat, readInteger } from './number-text';

describe('text of an integer', () => {
	test.each([
		['', undefined],
		['  ', undefined],
		['0', 0],
		['-0', 0],
		[' 12 ', 12],
		['+7', 7],
		['9007199254740991', 9007199254740991],
		['9007199254740992', 9007199254740992n],
		['-9223372036854775808', -9223372036854775808n],
		['007', 7],
		['1.0', '1.0'],
		['1e3', '1e3'],
		['0x10', '0x10'],
		['twelve', 'twelve'],
		['-', '-'],
		['9'.repeat(41), '9'.repeat(41)],
	])('%j reads as %s', (text, value) => {
		expect(readInteger(text)).toBe(value);
	});
});

describe('text of a float', () => {
	test.each([
		['', undefined],
		['1', 1],
		['1.5', 1.5],
		['.5', 0.5],
		['-.5', -0.5],
		['5.', 5],
		['05', 5],
		['1e-3', 0.001],
		['-0', -0],
		['NaN', 'NaN'],
		['Infinity', 'inf'],
		['-inf', '-inf'],
		['1e999', '1e999'],
		['1.5.2', '1.5.2'],
		['one', 'one'],
	])('%j reads as %s', (text, value) => {
		expect(readFloat(text)).toBe(value);
	});
});

describe('a number as text', () => {
	test.each([
		[undefined, ''],
		[null, ''],
		[-0, '-0'],
		[18446744073709551615n, '18446744073709551615'],
		['12x', '12x'],
		['NaN', 'NaN'],
	])('of %s is %j', (value, text) => {
		expect(numberText(value)).toBe(text);
	});

	test.each([0, -1, 1.5, 1e21, 2n ** 63n])('of %s reads as that number again', (value) => {
		expect(readFloat(numberText(value))).toBe(value);
	});
});
