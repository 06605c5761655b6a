import { expect, test } from 'vitest';
import { placeIn } from './place-in';

test.each([
	[0, 1, 1],
	[2, 1, 3],
	[3, 2, 1],
	[4, 3, 1],
	[6, 3, 3],
])('offset %d is at line %d, column %d', (offset, line, column) => {
	expect(placeIn('ab\n\ncd', offset)).toEqual({ line, column });
});
