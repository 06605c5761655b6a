import { expect, test } from 'vitest';
import { sightProblem } from './sight';

const whole = { width: 500, height: 400 };
const seen = { card: whole, inView: whole, isVisible: true, frame: { width: 900, height: 600 } };

test('a card in plain sight can be agreed to, also where a browser cannot say what covers it', () => {
	expect(sightProblem(seen)).toBeNull();
	expect(sightProblem({ ...seen, isVisible: undefined })).toBeNull();
	// A long card may reach below the edge of a window.
	expect(sightProblem({ ...seen, inView: { width: 500, height: 200 } })).toBeNull();
});

test.each([
	['in a frame that is too narrow', { frame: { width: 200, height: 600 } }, /too small/],
	['in a frame that is too low', { frame: { width: 900, height: 60 } }, /too small/],
	['of which only a strip shows', { inView: { width: 500, height: 40 } }, /out of sight/],
	['that is cut off at its side', { inView: { width: 300, height: 400 } }, /out of sight/],
	['that is out of sight', { inView: { width: 0, height: 0 } }, /out of sight/],
	['that is covered', { isVisible: false }, /covers it/],
])('one %s cannot', (_, changes, words) => {
	expect(sightProblem({ ...seen, ...changes })).toMatch(words);
});
