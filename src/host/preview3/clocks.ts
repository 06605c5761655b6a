import type { Pollable } from '../io/poll';
import type { HostImports } from '../types';

interface Monotonic {
	now(): bigint;
	resolution(): bigint;
	subscribeInstant(when: bigint): Pollable;
	subscribeDuration(howLong: bigint): Pollable;
}

interface Wall {
	now(): { readonly seconds: bigint; readonly nanoseconds: number };
	resolution(): { readonly seconds: bigint; readonly nanoseconds: number };
}

/** `wasi:clocks` 0.3 over 0.2: a guest awaits an instant where it polled for one. */
export function createClocks3(two: HostImports): HostImports {
	const monotonic = two['wasi:clocks/monotonic-clock'] as unknown as Monotonic;
	const wall = two['wasi:clocks/wall-clock'] as unknown as Wall;
	return {
		'wasi:clocks/monotonic-clock@0.3': {
			now: () => monotonic.now(),
			getResolution: () => monotonic.resolution(),
			waitUntil: async (when: bigint) => monotonic.subscribeInstant(when).block(),
			waitFor: async (howLong: bigint) => monotonic.subscribeDuration(howLong).block(),
		},
		'wasi:clocks/system-clock@0.3': {
			now: () => wall.now(),
			getResolution() {
				const { seconds, nanoseconds } = wall.resolution();
				return seconds * 1_000_000_000n + BigInt(nanoseconds);
			},
		},
		'wasi:clocks/timezone@0.3': {
			ianaId: () => 'UTC',
			utcOffset: () => 0n,
			toDebugString: () => 'UTC',
		},
	};
}
