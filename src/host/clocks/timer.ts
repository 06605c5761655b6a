import type { Readiness } from '../io/readiness';
import type { Timers } from '../types';
import type { Clock } from './clock';

/** The longest delay that platforms keep; a longer wait is made of several. */
const longestDelayMs = 2 ** 31 - 1;

/** An instant on the monotonic clock that a guest waits for. */
export class Timer implements Readiness {
	#clock: Clock;
	#timers: Timers;

	constructor(
		readonly due: bigint,
		clock: Clock,
		timers: Timers,
	) {
		this.#clock = clock;
		this.#timers = timers;
	}

	ready(): boolean {
		return this.remainingMs() <= 0;
	}

	/** Milliseconds until it is due, rounded up. */
	remainingMs(): number {
		const left = this.due - this.#clock.peek();
		return left <= 0n ? 0 : Number((left + 999_999n) / 1_000_000n);
	}

	watch(wake: () => void): () => void {
		const remaining = this.remainingMs();
		const fire = () => {
			// A fixed clock does not move by itself, so the wait that has just passed is added to it.
			if (remaining <= longestDelayMs) this.#clock.skipTo(this.due);
			wake();
		};
		const handle = this.#timers.set(fire, Math.min(remaining, longestDelayMs));
		return () => this.#timers.clear(handle);
	}
}

/** The timers of the platform, taken before a guest's code runs. */
export const platformTimers: Timers = {
	set: setTimeout.bind(globalThis) as Timers['set'],
	clear: clearTimeout.bind(globalThis) as Timers['clear'],
};
