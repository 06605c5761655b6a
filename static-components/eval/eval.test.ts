import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { failureOf, instantiate, type Exports } from '../run-in-node';

const bytes = new Uint8Array(readFileSync(new URL('eval.wasm', import.meta.url)));
let engine: Exports;

beforeAll(async () => {
	engine = await instantiate(bytes);
}, 60_000);

describe('eval', () => {
	test.each([
		['6 * 7', 42],
		['[1, 2].map((n) => n ** 2)', [1, 4]],
		['{ a: "é" }', { a: 'é' }],
		['2n ** 64n', '18446744073709551616n'],
	])('evaluates %s', (expression, value) => {
		expect(JSON.parse(engine.eval(expression))).toEqual(value);
	});

	test.each([
		['nope', 'ReferenceError: nope is not defined'],
		['(', /^SyntaxError: /],
		['undefined', 'TypeError: undefined cannot be shown as JSON'],
		['fetch("https://example.com")', 'ReferenceError: fetch is not defined'],
	])('answers %s with an error', (expression, message) => {
		expect(failureOf(() => engine.eval(expression))).toEqual(
			message instanceof RegExp ? expect.stringMatching(message) : message,
		);
	});

	test('runs statements, and shows what they print', () => {
		expect(engine.exec('for (const n of [1, 2]) print("n", n);')).toBe('n 1\nn 2');
		expect(engine.exec('var x = 1')).toBe('');
		expect(failureOf(() => engine.exec('throw "no"'))).toBe('no');
	});
});
