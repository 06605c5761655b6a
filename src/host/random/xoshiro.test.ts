import { describe, expect, test } from 'vitest';
import { nextWord } from './xoshiro';

describe('xoshiro128**', () => {
	test('gives what its authors’ own program gives', () => {
		const state = Uint32Array.of(1, 2, 3, 4);
		const words = Array.from({ length: 10 }, () => nextWord(state));
		expect(words).toEqual([
			11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
		]);
	});
});
