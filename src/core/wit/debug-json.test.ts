import { expect, test } from 'vitest';
import { debugJson, type DebugStyle } from './debug-json';
import { WholeFloat } from '../whole-float';
import type { Json } from './types';

test.each<[Json, string]>([
	[null, 'Null'],
	[true, 'Bool(true)'],
	[7, 'Number(7)'],
	[-0, 'Number(-0.0)'],
	[0, 'Number(0)'],
	[1.5, 'Number(1.5)'],
	[1e16, 'Number(10000000000000000)'],
	[1.5e300, 'Number(1.5e+300)'],
	[2n ** 63n, 'Number(9223372036854775808)'],
	[2n ** 64n - 1n, 'Number(18446744073709551615)'],
	[2n ** 64n, 'Number(1.8446744073709552e+19)'],
	[-(2n ** 63n), 'Number(-9223372036854775808)'],
	[-(2n ** 63n) - 1n, 'Number(-9.223372036854776e+18)'],
	['', 'String("")'],
	['a "b" \\ \n\t\r\0', String.raw`String("a \"b\" \\ \n\t\r\0")`],
	['\u00a0 \u200b\u2028', String.raw`String("\u{a0} \u{200b}\u{2028}")`],
	// What joins a letter before it is written by its number only where none stands there.
	['\u0301a\u0301', 'String("\\u{301}a\u0301")'],
	[[1, ['a']], 'Array [Number(1), Array [String("a")]]'],
	[{ b: 1, a: { c: null } }, 'Object {"b": Number(1), "a": Object {"c": Null}}'],
])('%o is written as Rust does', (json, text) => {
	expect(debugJson(json)).toBe(text);
});

test('a bare map has no name in front, and what is in it keeps its own', () => {
	expect(debugJson({ a: { b: 1 } }, 'map')).toBe('{"a": Object {"b": Number(1)}}');
	expect(debugJson(['Object '], 'map')).toBe('Array [String("Object ")]');
});

test('older releases sort keys and write exponents without a plus', () => {
	const style: DebugStyle = { sortedKeys: true, exponents: 'bare' };
	expect(debugJson({ b: 2n ** 100n, c: 1, a: 2 }, 'value', style)).toBe(
		'Object {"a": Number(2), "b": Number(1.2676506002282294e30), "c": Number(1)}',
	);
	expect(debugJson([new WholeFloat(1e30)] as unknown as Json, 'value', style)).toBe('Array [Number(1e30)]');
	expect(debugJson(new WholeFloat(2) as unknown as Json)).toBe('Number(2.0)');
});

test('a thousand characters are written, and no more', () => {
	const [fits, over] = [988, 989].map((length) => debugJson('a'.repeat(length + 2)));
	expect(fits).toBe(`String("${'a'.repeat(990)}")`);
	expect(over).toBe(`${`String("${'a'.repeat(991)}")`.slice(0, 1000)}…`);
	expect(over).toHaveLength(1001);
});
