import { describe, expect, test } from 'vitest';
import { Ending } from './ending';
import { GuestExit, LimitReached } from './types';

describe('the end of a call', () => {
	test('has the first reason, whatever comes later', async () => {
		const ending = new Ending();
		expect(ending.reason).toBeNull();
		const limit = new LimitReached('requests', 'too many');
		expect(() => ending.end(limit)).toThrow(limit);
		expect(() => ending.end(new GuestExit(0))).toThrow(limit);
		expect(() => ending.check()).toThrow(limit);
		expect(ending.reason).toBe(limit);
		expect(await ending.whenEnded).toBe(limit);
	});

	test('can be noted where nobody would catch an exception', async () => {
		const ending = new Ending();
		ending.check();
		const exit = new GuestExit(0);
		expect(ending.note(exit)).toBe(exit);
		expect(await ending.whenEnded).toBe(exit);
	});
});
