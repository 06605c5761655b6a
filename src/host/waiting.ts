import type { HostPorts } from '../core/call';
import type { Clock } from './clocks/clock';
import { Timer } from './clocks/timer';
import type { Ending } from './ending';
import { untilReady, type Readiness, type Waiter } from './io/readiness';
import { NeedsReplay, type HostOptions } from './types';

/** The longest the thread is blocked in one piece. */
const sliceMs = 100;

/** Blocks the thread for some milliseconds. */
export type Block = (ms: number) => void;

/** How the guest of one call waits. */
export interface CallWaiter extends Waiter {
	/** Milliseconds spent waiting so far. */
	readonly waitedMs: number;
}

/**
 * Waits for a guest. A wait for nothing but timers ends at once on a fixed clock, which jumps to the first of them. Any other wait suspends the
 * guest where the engine can; where it cannot, sleeping blocks the thread, and a wait for the network ends the call with `NeedsReplay`.
 */
export function createWaiter(
	blocking: NonNullable<HostOptions['blocking']>,
	clock: Clock,
	ports: Pick<HostPorts, 'now'>,
	ending: Ending,
	block: Block = blockThread,
): CallWaiter {
	let waitedMs = 0;
	const add = (since: number) => {
		waitedMs += ports.now() - since;
	};
	return {
		get waitedMs() {
			return waitedMs;
		},
		until(list) {
			if (list.some((one) => one.ready())) return;
			const first = earliest(list);
			if (first && clock.skipTo(first.due)) return;
			if (list.length === 1) list[0]?.awaitedAlone?.();
			const since = ports.now();
			if (blocking === 'jspi') return untilReady(list).then(() => add(since));
			if (!first)
				ending.end(new NeedsReplay('this browser cannot suspend a component that waits for the network'));
			while (!first.ready()) block(Math.min(first.remainingMs(), sliceMs));
			add(since);
		},
	};
}

/** The timer that is due first, if the list holds timers only. */
function earliest(list: readonly Readiness[]): Timer | null {
	let first: Timer | null = null;
	for (const one of list) {
		if (!(one instanceof Timer)) return null;
		if (first === null || one.due < first.due) first = one;
	}
	return first;
}

let idle: Int32Array | null = null;

/** Shared WebAssembly memory of our own is the one thing that a page without isolation headers can wait on. */
function blockThread(ms: number): void {
	idle ??= new Int32Array(new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer);
	Atomics.wait(idle, 0, 0, ms);
}
