import { describe, expect, test } from 'vitest';
import { createClock, type Clock } from './clocks/clock';
import { createClocks } from './clocks/interfaces';
import { Ending } from './ending';
import { createPoll, Pollable } from './io/poll';
import { Latch } from './io/readiness';
import { Recorder } from './recorder';
import { FakeWorld, settled, thrownBy } from './testing/world';
import { GuestTrap } from './types';
import { createWaiter } from './waiting';

function make(options: { clock?: 'live' | { startNs: bigint } } = {}) {
	const world = new FakeWorld();
	const ending = new Ending();
	const clock = createClock(options.clock ?? 'live', world.ports);
	const waiter = createWaiter(clock, world.ports);
	const { poll } = createPoll(waiter, ending);
	const imports = createClocks(clock, waiter, world.timers, new Recorder(world.ports, ending));
	const monotonic = imports['wasi:clocks/monotonic-clock'] as {
		now(): bigint;
		subscribeDuration(ns: bigint): Pollable;
		subscribeInstant(ns: bigint): Pollable;
	};
	return { world, ending, clock, waiter, poll, monotonic };
}

const ms = (count: number) => BigInt(count) * 1_000_000n;

/** Notes when a promise settles, so that a test can say that it has not yet. */
function watch<T>(value: T | Promise<T>) {
	const state: { value: T | undefined } = { value: undefined };
	void Promise.resolve(value).then((settled) => (state.value = settled));
	return state;
}

describe('poll', () => {
	test('answers at once, and no promise, when anything is ready', () => {
		const { poll, monotonic, world, waiter } = make();
		const ready = new Latch();
		ready.open();
		const list = [
			monotonic.subscribeDuration(ms(50)),
			new Pollable(ready, waiter),
			monotonic.subscribeDuration(0n),
		];
		expect(poll(list)).toEqual(Uint32Array.of(1, 2));
		expect(world.pendingTimers).toBe(0);
	});

	test('waits for the first timer, and leaves none behind', async () => {
		const { poll, monotonic, world, waiter } = make();
		const polled = watch(poll([monotonic.subscribeDuration(ms(50)), monotonic.subscribeDuration(ms(20))]));
		await world.advance(19);
		expect(polled.value).toBeUndefined();
		await world.advance(1);
		expect(polled.value).toEqual(Uint32Array.of(1));
		expect(world.pendingTimers).toBe(0);
		expect(waiter.waitedMs).toBe(20);
	});

	test('waits on when a timer fires early', async () => {
		const { poll, monotonic, world } = make();
		const polled = watch(poll([monotonic.subscribeDuration(ms(20))]));
		world.time -= 0.4;
		await world.advance(20);
		expect(polled.value).toBeUndefined();
		await world.advance(1);
		expect(polled.value).toEqual(Uint32Array.of(0));
	});

	test('wakes for what is not a timer', async () => {
		const { poll, monotonic, waiter } = make();
		const latch = new Latch();
		const polled = watch(poll([monotonic.subscribeDuration(ms(50)), new Pollable(latch, waiter)]));
		await settled();
		expect(polled.value).toBeUndefined();
		latch.open();
		await settled();
		expect(polled.value).toEqual(Uint32Array.of(1));
	});

	test('traps on an empty list, and ends the call since generated code would hang', () => {
		const { poll, ending } = make();
		expect(thrownBy(() => poll([]))).toBeInstanceOf(GuestTrap);
		expect(ending.reason).toBeInstanceOf(GuestTrap);
	});

	test('takes the same pollable twice', () => {
		const { poll, monotonic } = make();
		const now = monotonic.subscribeInstant(0n);
		expect(poll([now, now])).toEqual(Uint32Array.of(0, 1));
	});

	test('keeps waiting for an instant that is too far for one timer', async () => {
		const { monotonic, world } = make();
		const blocked = watch(
			Promise.resolve(monotonic.subscribeDuration(2n ** 64n - 1n).block()).then(() => true),
		);
		await world.advance(2 ** 31);
		expect(blocked.value).toBeUndefined();
		expect(world.pendingTimers).toBe(1);
	});
});

describe('a pollable', () => {
	test('tells whether it is ready and blocks until it is', async () => {
		const { monotonic, world } = make();
		const timer = monotonic.subscribeDuration(ms(5));
		expect(timer.ready()).toBe(false);
		const blocked = watch(Promise.resolve(timer.block()).then(() => true));
		await world.advance(5);
		expect(blocked.value).toBe(true);
		expect(timer.ready()).toBe(true);
		expect(timer.block()).toBeUndefined();
	});
});

describe('on a fixed clock', () => {
	const clock = { startNs: 0n };

	test('sleeping takes no time and moves the clock to the first timer', () => {
		const { poll, monotonic, world } = make({ clock });
		const list = [monotonic.subscribeDuration(ms(3_600_000)), monotonic.subscribeDuration(ms(1000))];
		expect(poll(list)).toEqual(Uint32Array.of(1));
		expect(monotonic.now()).toBe(ms(1000));
		expect(world.pendingTimers).toBe(0);
	});

	test('a wait with the network beside a timer is real, and then counts', async () => {
		const { poll, monotonic, world, waiter } = make({ clock });
		const polled = watch(poll([new Pollable(new Latch(), waiter), monotonic.subscribeDuration(ms(30))]));
		await world.advance(29);
		expect(polled.value).toBeUndefined();
		await world.advance(1);
		expect(polled.value).toEqual(Uint32Array.of(1));
		expect(monotonic.now()).toBe(ms(30));
	});
});

describe('a fixed clock', () => {
	const readings = (clock: Clock) => [
		clock.readWall(),
		clock.read(),
		clock.peek(),
		clock.read(),
		clock.readWall(),
	];

	test('starts where it is told and moves a microsecond with every reading', () => {
		const { clock } = make({ clock: { startNs: 5_000_000_000n } });
		expect(readings(clock)).toEqual([5_000_000_000n, 1000n, 2000n, 2000n, 5_000_003_000n]);
	});

	test('never moves back', () => {
		const { clock } = make({ clock: { startNs: 0n } });
		clock.skipTo(10_000n);
		clock.skipTo(5_000n);
		expect(clock.read()).toBe(10_000n);
	});
});

describe('a live clock', () => {
	test('counts from the start of the call and shows the time of the day', () => {
		const { clock, world } = make();
		world.time += 1.5;
		expect(clock.read()).toBe(1_500_000n);
		expect(clock.readWall()).toBe(1_700_000_001_001_500_000n);
	});
});
