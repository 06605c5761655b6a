import { afterEach, describe, expect, test } from 'vitest';
import { promptTimers } from './prompt-timers';

const channel = new MessageChannel();
const own: (number | undefined)[] = [];
const timers = promptTimers(
	{
		setTimeout: ((run: () => void, delay?: number) => {
			own.push(delay);
			run();
			return 7;
		}) as unknown as typeof setTimeout,
		clearTimeout: ((id: number) => own.push(-id)) as unknown as typeof clearTimeout,
	},
	channel,
);

afterEach(() => own.splice(0));

describe('a wait of nothing', () => {
	test('is over at the next turn, in the order of asking, with its arguments', async () => {
		const seen: unknown[] = [];
		timers.setTimeout((word: string) => seen.push(word), 0, 'first');
		await new Promise<void>((resolve) => timers.setTimeout(resolve));
		expect(seen).toEqual(['first']);
		expect(own).toEqual([]);
	});

	test('does not begin within the turn that asks, and can be taken back', async () => {
		const seen: string[] = [];
		const id = timers.setTimeout(() => seen.push('taken back'), 0);
		timers.setTimeout(() => seen.push('later'), 0);
		timers.clearTimeout(id);
		seen.push('now');
		await new Promise<void>((resolve) => timers.setTimeout(resolve, 0));
		expect(seen).toEqual(['now', 'later']);
		expect(own).toEqual([]);
	});

	test('that ended is not stopped as a timer of the browser', async () => {
		const id = await new Promise<unknown>((resolve) => {
			const given: unknown = timers.setTimeout(() => resolve(given), 0);
		});
		expect(id).toBeLessThan(0);
	});
});

test("a wait that has a length is the browser's", () => {
	expect(timers.setTimeout(() => {}, 5)).toBe(7);
	timers.clearTimeout(7);
	expect(own).toEqual([5, -7]);
	channel.port1.close();
});
