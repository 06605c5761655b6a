import { expect, test } from 'vitest';
import { inTurn } from './in-turn';

function gate() {
	const ends: ((value: string) => void)[] = [];
	const fails: ((error: Error) => void)[] = [];
	const work = inTurn(
		() =>
			new Promise<string>((resolve, reject) => {
				ends.push(resolve);
				fails.push(reject);
			}),
	);
	return { work, ends, fails };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

test('one run at a time, and one more for all who ask meanwhile', async () => {
	const { work, ends } = gate();
	const first = work();
	const others = [work(), work(), work()];
	await settled();
	expect(ends).toHaveLength(1);
	ends[0]!('first');
	expect(await first).toBe('first');
	await settled();
	expect(ends).toHaveLength(2);
	ends[1]!('next');
	expect(await Promise.all(others)).toEqual(['next', 'next', 'next']);
	const later = work();
	expect(ends).toHaveLength(3);
	ends[2]!('later');
	expect(await later).toBe('later');
});

test('who asks while the next one is under way is given the one after it', async () => {
	const { work, ends } = gate();
	void work();
	void work();
	ends[0]!('');
	await settled();
	const third = work();
	ends[1]!('second');
	await settled();
	ends[2]!('third');
	expect(await third).toBe('third');
});

test('the next run begins where the one before fails', async () => {
	const { work, ends, fails } = gate();
	const first = work();
	const next = work();
	fails[0]!(new Error('no room'));
	await expect(first).rejects.toThrow('no room');
	await settled();
	ends[1]!('kept');
	expect(await next).toBe('kept');
});
