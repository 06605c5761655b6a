import { expect, test } from 'vitest';
import { grow, type Grown } from './grown';

const all = (pieces: readonly Parameters<typeof grow>[1][]) =>
	pieces.reduce<Grown | null>((before, piece) => grow(before, piece), null);

test('values make a list, a telling after the other', () => {
	expect(
		all([
			{ count: 1, of: 'values', text: '1' },
			{ count: 2, of: 'values', text: '2, 3' },
		]),
	).toEqual({ count: 3, of: 'values', parts: ['1', '2, 3'], cut: false });
});

test('bytes make one text', () => {
	expect(
		all([
			{ count: 2, of: 'bytes', text: 'ab' },
			{ count: 1, of: 'bytes', text: 'c' },
		]),
	).toEqual({ count: 3, of: 'bytes', parts: ['abc'], cut: false });
});

test('of much the end is kept, and the count of all', () => {
	const grown = all(
		Array.from({ length: 500 }, (_, index) => ({ count: 1, of: 'values', text: String(index) }) as const),
	)!;
	expect(grown).toMatchObject({ count: 500, cut: true });
	expect(grown.parts).toHaveLength(200);
	expect(grown.parts.at(-1)).toBe('499');
});
