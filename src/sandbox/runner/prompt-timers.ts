type Timers = Pick<typeof globalThis, 'setTimeout' | 'clearTimeout'>;

/** The two ends of a `MessageChannel`. */
interface Ends {
	readonly port1: { onmessage: ((event: MessageEvent) => unknown) | null };
	readonly port2: { postMessage(message: unknown): void };
}

/**
 * Timers in which "after nothing" is the next turn. A browser lets each wait of a chain of them last four milliseconds, and a component's
 * code turns once for each piece of a stream. Waits that have a length are the browser's own.
 */
export function promptTimers({ setTimeout, clearTimeout }: Timers, { port1, port2 }: Ends): Timers {
	const waiting = new Map<number, () => void>();
	// Below zero: the browser's own are above.
	let last = 0;
	port1.onmessage = ({ data }: MessageEvent<number>) => {
		const run = waiting.get(data);
		waiting.delete(data);
		run?.();
	};
	return {
		setTimeout: ((run: unknown, delay?: number, ...args: readonly unknown[]) => {
			if (typeof run !== 'function' || Number(delay) > 0)
				return setTimeout(run as TimerHandler, delay, ...args);
			last -= 1;
			waiting.set(last, () => void (run as (...args: readonly unknown[]) => void)(...args));
			port2.postMessage(last);
			return last;
		}) as typeof globalThis.setTimeout,
		clearTimeout: ((id?: number) => {
			if (id === undefined || !waiting.delete(id)) clearTimeout(id);
		}) as typeof globalThis.clearTimeout,
	};
}
