import type { Ending } from '../ending';
import { GuestTrap } from '../types';
import type { Readiness, Waiter } from './readiness';

/** `wasi:io/poll.pollable`. */
export class Pollable {
	#readiness: Readiness;
	#waiter: Waiter;

	constructor(readiness: Readiness, waiter: Waiter) {
		this.#readiness = readiness;
		this.#waiter = waiter;
	}

	ready(): boolean {
		return this.#readiness.ready();
	}

	/** Waits until it is ready; a promise where waiting takes one. */
	block(): void | Promise<void> {
		return this.#waiter.until([this.#readiness]);
	}

	/** What it waits for; for hosts. */
	static readinessOf(pollable: Pollable): Readiness {
		return pollable.#readiness;
	}
}

/** `wasi:io/poll`. `poll` gives the indexes of all that is ready, at once if anything is; an empty list traps, as in Wasmtime. */
export function createPoll(waiter: Waiter, ending: Ending) {
	const poll = (list: readonly Pollable[]): Uint32Array | Promise<Uint32Array> => {
		if (list.length === 0) ending.end(new GuestTrap('empty poll list'));
		const readiness = list.map(Pollable.readinessOf);
		const waiting = waiter.until(readiness);
		return waiting ? waiting.then(() => readyIndexes(readiness)) : readyIndexes(readiness);
	};
	return { Pollable, poll };
}

function readyIndexes(list: readonly Readiness[]): Uint32Array {
	const indexes: number[] = [];
	list.forEach((one, index) => {
		if (one.ready()) indexes.push(index);
	});
	return Uint32Array.from(indexes);
}
