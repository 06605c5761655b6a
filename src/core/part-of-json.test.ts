import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printJson } from './json';
import { beginningOf, holdsMoreThan } from './part-of-json';
import type { Json } from './wit/types';

/** A list that tells how far somebody has looked into it. */
function watched(length: number) {
	const seen = { most: 0 };
	const list = new Proxy(new Array<number>(length).fill(0), {
		get(target, key, receiver) {
			if (typeof key === 'string' && /^\d+$/.test(key)) seen.most = Math.max(seen.most, Number(key));
			return Reflect.get(target, key, receiver) as unknown;
		},
	});
	return { list: list as Json, seen };
}

describe('the beginning of a value', () => {
	test('prints as the whole does', () => {
		fc.assert(
			fc.property(fc.jsonValue(), fc.nat(60), (value, characters) => {
				const whole = printJson(value as Json);
				const part = printJson(beginningOf(value as Json, characters));
				expect(part.slice(0, characters)).toBe(whole.slice(0, characters));
				expect(part.length > characters).toBe(whole.length > characters);
			}),
		);
	});

	test('is taken without looking at the rest', () => {
		const { list, seen } = watched(1_000_000);
		expect(beginningOf({ deep: [list] }, 100)).toEqual({ deep: [new Array(98).fill(0)] });
		expect(seen.most).toBeLessThan(110);
	});
});

describe('whether a value holds more values than so many', () => {
	test.each<[unknown, number]>([
		[1, 1],
		['text', 1],
		[[], 1],
		[[1, 2, 3], 4],
		[{ a: 1, b: [null, {}] }, 5],
	])('%j holds %i', (value, values) => {
		expect(holdsMoreThan(value, values)).toBe(false);
		expect(holdsMoreThan(value, values - 1)).toBe(true);
	});

	test('is told without looking at all of them', () => {
		const { list, seen } = watched(1_000_000);
		expect(holdsMoreThan([1, [list]], 1000)).toBe(true);
		expect(seen.most).toBe(0);
	});
});
