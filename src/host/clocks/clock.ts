import type { HostPorts, Surroundings } from '../../core/call';

/** The time of one call, in nanoseconds. Both WASI clocks read it. */
export interface Clock {
	/** Since the call started, as a guest reads it. */
	read(): bigint;
	/** The same for the host's own comparisons: it never moves a fixed clock. */
	peek(): bigint;
	/** Nanoseconds since the epoch, as a guest reads it. */
	readWall(): bigint;
	/** Milliseconds since the epoch for the host's own stamps, such as the times of files. */
	peekWallMs(): number;
	/** What a reading is good for. */
	readonly resolution: bigint;
	/** Moves a fixed clock forward to an instant and says true; a live clock moves by itself and says false. */
	skipTo(instant: bigint): boolean;
}

/** Whole milliseconds apart from the rest, since a double does not hold today's nanoseconds. */
const nanoseconds = (ms: number): bigint =>
	BigInt(Math.floor(ms)) * 1_000_000n + BigInt(Math.round((ms % 1) * 1e6));

/** The clock of the browser, counted from now. Browsers blur it to about 0.1 ms. */
export function liveClock(ports: Pick<HostPorts, 'now' | 'wallNow'>): Clock {
	const start = ports.now();
	const peek = () => nanoseconds(Math.max(0, ports.now() - start));
	return {
		read: peek,
		peek,
		readWall: () => nanoseconds(ports.wallNow()),
		peekWallMs: ports.wallNow,
		resolution: 100_000n,
		skipTo: () => false,
	};
}

/** How far a reading moves a fixed clock: a guest that waits by reading the time must get on. */
const tick = 1_000n;

/**
 * A clock that repeats exactly: it starts at `startNs`, moves a microsecond for every reading, and jumps over the guest's sleeps. No real time
 * passes on it, save that a wait for the network with a timer beside it takes until one of the two is there.
 */
export function fixedClock(startNs: bigint): Clock {
	let elapsed = 0n;
	const read = () => {
		const now = elapsed;
		elapsed += tick;
		return now;
	};
	return {
		read,
		peek: () => elapsed,
		readWall: () => startNs + read(),
		peekWallMs: () => Number(startNs + elapsed) / 1e6,
		resolution: tick,
		skipTo(instant) {
			if (instant > elapsed) elapsed = instant;
			return true;
		},
	};
}

/** The clock that the surroundings ask for. */
export const createClock = (
	setting: Surroundings['clock'],
	ports: Pick<HostPorts, 'now' | 'wallNow'>,
): Clock => (setting === 'live' ? liveClock(ports) : fixedClock(setting.startNs));
