import type { HostPorts } from '../core/call';
import type { Clock } from './clocks/clock';
import { Timer } from './clocks/timer';
import { untilReady, type Readiness, type Waiter } from './io/readiness';
import type { ReplayAttempt, Block } from './replay/attempt';

/** How the guest of one call waits. */
export interface CallWaiter extends Waiter {
	/** Milliseconds spent waiting so far. */
	readonly waitedMs: number;
}

/**
 * Waits for a guest by suspending it. A wait for nothing but timers ends at once on a fixed clock, which jumps to the first of them.
 */
export function createWaiter(clock: Clock, ports: Pick<HostPorts, 'now'>): CallWaiter {
	let waitedMs = 0;
	return {
		get waitedMs() {
			return waitedMs;
		},
		until(list) {
			if (skipped(list, clock)) return;
			const since = ports.now();
			return untilReady(list).then(() => {
				waitedMs += ports.now() - since;
			});
		},
	};
}

/** The same for a guest that cannot be suspended: it waits as its attempt can, and never by a promise. */
export const createReplayWaiter = (
	attempt: ReplayAttempt,
	clock: Clock,
	block: Block = blockThread,
): CallWaiter => ({
	get waitedMs() {
		return attempt.waitedMs;
	},
	until(list) {
		if (!skipped(list, clock)) attempt.wait(list, earliest(list), clock, block);
	},
});

/** Whether there is nothing to wait for, or only what a fixed clock skips. */
function skipped(list: readonly Readiness[], clock: Clock): boolean {
	if (list.some((one) => one.ready())) return true;
	const first = earliest(list);
	if (first && clock.skipTo(first.due)) return true;
	if (list.length === 1) list[0]?.awaitedAlone?.();
	return false;
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

// Taken at once: where a guest runs, its realm has no memories to make.
const { Memory } = WebAssembly;

let idle: Int32Array | null = null;

/** Shared WebAssembly memory of our own is the one thing that a page without isolation headers can wait on. */
function blockThread(ms: number): void {
	idle ??= new Int32Array(new Memory({ initial: 1, maximum: 1, shared: true }).buffer);
	Atomics.wait(idle, 0, 0, ms);
}
