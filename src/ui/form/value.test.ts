import { describe, expect, test } from 'vitest';
import { memberOf, sameJson, withItem, withItemMoved, withMember, withoutItem } from './value';

describe('a value that is filled in', () => {
	test('keeps its members in their places', () => {
		expect(Object.entries(withMember({ a: 1, b: 2 }, 'a', 3))).toEqual([
			['a', 3],
			['b', 2],
		]);
		expect(withMember({ a: 1 }, 'b', 2)).toEqual({ a: 1, b: 2 });
		expect(withMember({ a: 1, b: 2 }, 'a', undefined)).toEqual({ b: 2 });
	});

	test('becomes an object where it was none', () => {
		expect(withMember('text', 'a', 1)).toEqual({ a: 1 });
	});

	test('never reaches a prototype', () => {
		const value = withMember({}, '__proto__', { polluted: true });
		expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
		expect(memberOf(value, '__proto__')).toEqual({ polluted: true });
		expect(memberOf({}, 'toString')).toBeUndefined();
	});

	test('changes its items one at a time', () => {
		expect(withItem([1, 2], 1, undefined)).toEqual([1, null]);
		expect(withoutItem([1, 2, 3], 1)).toEqual([1, 3]);
		expect(withItemMoved([1, 2, 3], 0, 2)).toEqual([2, 3, 1]);
		expect(withItemMoved([1, 2, 3], 2, -1)).toEqual([3, 1, 2]);
	});
});

describe('two values are the same', () => {
	test.each([
		[
			{ a: 1, b: [2] },
			{ b: [2], a: 1 },
		],
		[undefined, undefined],
	])('%j and %j', (a, b) => {
		expect(sameJson(a, b)).toBe(true);
	});

	test.each([
		[{ a: 1 }, { a: 1, b: 2 }],
		[[1], [1, 2]],
		[0, -0],
		[null, undefined],
		[{}, []],
		[1, '1'],
		[{ toString: 1 }, { a: 1 }],
	])('but not %j and %j', (a, b) => {
		expect(sameJson(a, b)).toBe(false);
	});

	test('but not a bigint and a number', () => {
		expect(sameJson(5n, 5)).toBe(false);
	});
});
