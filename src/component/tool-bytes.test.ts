import { expect, test } from 'vitest';
import { fetchedWords } from './tool-bytes';

test('what has come is told with the whole of it where that is known, and never as more than that', () => {
	const whole = 5.6 * 2 ** 20;
	expect(fetchedWords(2 ** 20, undefined)).toBe('1.0 MiB');
	expect(fetchedWords(2 ** 20, whole)).toBe('1.0 of 5.6 MiB');
	expect(fetchedWords(2 * whole, whole)).toBe('5.6 of 5.6 MiB');
});
