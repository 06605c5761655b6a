import { expect, test } from 'vitest';
import { pieceKey, pieceOf } from './piece';

const piece = { count: 1, of: 'values', text: '1' };

test('a progress notification gives the piece that it carries', () => {
	expect(pieceOf({ [pieceKey]: piece })).toEqual(piece);
});

test.each([
	undefined,
	null,
	{},
	{ [pieceKey]: 'x' },
	{ [pieceKey]: { ...piece, of: 'other' } },
	{ [pieceKey]: { ...piece, count: '1' } },
])('and nothing of %j', (meta) => {
	expect(pieceOf(meta)).toBeNull();
});
