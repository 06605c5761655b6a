import { Pollable } from '../io/poll';
import type { Waiter } from '../io/readiness';
import type { HostCallFacts, Recorder } from '../recorder';
import type { HostImports, Timers } from '../types';
import type { Clock } from './clock';
import { Timer } from './timer';

/** The largest u64: an instant so far ahead that it never comes. */
const never = 2n ** 64n - 1n;

/** `wasi:clocks`: the monotonic and the wall clock, and a time zone that is always UTC. */
export function createClocks(clock: Clock, waiter: Waiter, timers: Timers, recorder: Recorder): HostImports {
	const until = (instant: bigint) => new Pollable(new Timer(instant, clock, timers), waiter);
	const datetime = (ns: bigint) => ({
		seconds: ns / 1_000_000_000n,
		nanoseconds: Number(ns % 1_000_000_000n),
	});
	return {
		'wasi:clocks/monotonic-clock': {
			now() {
				recorder.record(readMonotonic);
				return clock.read();
			},
			resolution: () => clock.resolution,
			subscribeInstant(instant: bigint) {
				recorder.record(subscribeInstant);
				return until(instant);
			},
			subscribeDuration(duration: bigint) {
				recorder.record({ ...subscribeDuration, detail: `${Number(duration) / 1e6} ms` });
				const instant = clock.peek() + duration;
				return until(instant > never ? never : instant);
			},
		},
		'wasi:clocks/wall-clock': {
			now() {
				recorder.record(readWall);
				return datetime(clock.readWall());
			},
			resolution: () => datetime(clock.resolution),
		},
		'wasi:clocks/timezone': {
			display: () => ({ utcOffset: 0, name: 'UTC', inDaylightSavingTime: false }),
			utcOffset: () => 0,
		},
	};
}

const facts = (operation: string, target: string): HostCallFacts => ({
	capability: 'clock',
	operation,
	target,
	outcome: 'allow',
	rule: null,
	reason: 'not-governed',
});
const readMonotonic = facts('now', 'monotonic clock');
const readWall = facts('now', 'wall clock');
const subscribeInstant = facts('subscribe-instant', 'monotonic clock');
const subscribeDuration = facts('subscribe-duration', 'monotonic clock');
