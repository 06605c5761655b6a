import { describe, expect, test, vi } from 'vitest';
import { createClock } from '../clocks/clock';
import { Timer } from '../clocks/timer';
import { Ending } from '../ending';
import { FakeWorld, settled, thrownBy } from '../testing/world';
import { NeedsReplay, ReplayFailed } from '../types';
import { createReplayWaiter } from '../waiting';
import { Tape } from './tape';

const ms = (count: number) => BigInt(count) * 1_000_000n;

function make(setting: 'live' | { startNs: bigint } = 'live') {
	const world = new FakeWorld();
	const tape = new Tape(world.ports, world.timers);
	const block = vi.fn((time: number) => void (world.time += time));
	/** Starts again. */
	const start = () => {
		const attempt = tape.attempt();
		const ending = new Ending();
		attempt.bind(ending);
		const clock = createClock(setting, attempt.ports);
		const waiter = createReplayWaiter(attempt, clock, block);
		const timer = (count: number) => new Timer(clock.peek() + ms(count), clock, world.timers);
		return { attempt, ending, clock, waiter, timer };
	};
	return { world, tape, block, start };
}

const request = {
	method: 'GET',
	url: 'https://good.example/',
	headers: [],
	body: null,
	timeouts: { connectMs: null, firstByteMs: null, betweenBytesMs: null },
};

describe('an attempt', () => {
	test('sleeps by blocking the thread in slices, once for all attempts', () => {
		const { block, start } = make();
		const sleep = () => {
			const { waiter, timer, clock } = start();
			expect(waiter.until([timer(250)])).toBeUndefined();
			return [clock.peek(), waiter.waitedMs];
		};
		const first = sleep();
		expect(block.mock.calls).toEqual([[100], [100], [50]]);
		expect(first).toEqual([ms(250), 250]);
		expect(sleep()).toEqual(first);
		expect(block).toHaveBeenCalledTimes(3);
	});

	test('reads the clock as the attempt before did, and goes on where that one stopped', () => {
		const { world, start } = make();
		const first = start();
		world.time += 5;
		expect(first.clock.read()).toBe(ms(5));
		world.time += 5;
		const second = start();
		expect([second.clock.read(), second.clock.read()]).toEqual([ms(5), ms(10)]);
	});

	test('wakes for a timer beside the network, and shows the same time again', async () => {
		const { world, start } = make({ startNs: 0n });
		world.answer = () => new Promise(() => {});
		const first = start();
		const wait = ({ attempt, waiter, timer }: ReturnType<typeof start>) => {
			void attempt.ports.request(request);
			return waiter.until([{ ready: () => false, watch: () => () => {} }, timer(30)]);
		};
		const end = thrownBy(() => wait(first)) as NeedsReplay;
		expect(end).toBeInstanceOf(NeedsReplay);
		const answered = end.answered();
		await settled();
		await world.advance(30);
		await answered;
		const second = start();
		void wait(second);
		expect(second.clock.peek()).toBe(ms(30));
		expect(world.requests.length).toBe(1);
	});

	test('is given a body whole, whatever the attempt before did with its bytes', async () => {
		const { world, start } = make();
		const chunks = [new Uint8Array([1, 2, 3])];
		world.answer = async () => ({
			...{ ok: true, status: 200, headers: [] },
			read: async () => chunks.shift() ?? null,
			cancel: () => {},
		});
		/** Begins again, and asks for the first chunk; what comes is kept, and wakes whoever waits. */
		const ask = () => {
			const { attempt, waiter } = start();
			const got: Uint8Array[] = [];
			let wake = () => {};
			void attempt.ports.request(request).then((head) => {
				if (!head.ok) return;
				void head.read().then((chunk) => {
					got.push(chunk!);
					wake();
				});
			});
			const watch = (listener: () => void) => {
				wake = listener;
				return () => {};
			};
			return { got, wait: () => waiter.until([{ ready: () => got.length > 0, watch }]) };
		};
		const first = ask();
		const answered = (thrownBy(first.wait) as NeedsReplay).answered();
		await settled();
		await world.advance(20);
		await answered;
		first.got[0]!.fill(0);
		const second = ask();
		void second.wait();
		expect([...second.got[0]!]).toEqual([1, 2, 3]);
	});

	test('cannot be followed by another where the clock was read too often to be kept', () => {
		const { attempt, ending, waiter } = make().start();
		for (let read = 0; read <= 2 ** 22; read++) attempt.ports.now();
		expect(thrownBy(() => waiter.until([{ ready: () => false, watch: () => () => {} }]))).toBeInstanceOf(
			ReplayFailed,
		);
		expect(ending.reason).toBeInstanceOf(ReplayFailed);
	});
});
