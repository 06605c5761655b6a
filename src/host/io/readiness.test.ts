import { expect, test } from 'vitest';
import { Latch, untilReady, type Readiness } from './readiness';

test('waits until one of several is ready', async () => {
	const [one, other] = [new Latch(), new Latch()];
	const order: string[] = [];
	const waited = untilReady([one, other]).then(() => order.push('ready'));
	await Promise.resolve();
	order.push('opened');
	other.open();
	await waited;
	expect(order).toEqual(['opened', 'ready']);
});

test('sees what became ready while it was asked to be watched, and wakes nobody any more', async () => {
	let isReady = false;
	let watchers = 0;
	const source: Readiness = {
		ready: () => isReady,
		watch: () => {
			watchers += 1;
			isReady = true;
			return () => void (watchers -= 1);
		},
	};
	await untilReady([source]);
	expect(watchers).toBe(0);
});

test('looks again where it was woken for nothing', async () => {
	const latch = new Latch();
	let isDone = false;
	const waited = untilReady([latch]).then(() => (isDone = true));
	latch.wake();
	await new Promise<void>((resolve) => queueMicrotask(resolve));
	expect(isDone).toBe(false);
	latch.open();
	await waited;
});
