import type { HostCall } from '../core/activity';
import type { HostPorts } from '../core/call';
import type { Ending } from './ending';

/** A host call before its time is known. */
export type HostCallFacts = Omit<HostCall, 'at'>;

/** How many equal governed calls in a row are recorded one by one. */
const patience = 16;

/**
 * Records host calls in order without letting a loop flood the record.
 *
 * Calls that no policy speaks of (clock, random, output) are noise between those that it does. Of each kind of noise the first call
 * is recorded; the rest are counted, and the count follows as one call with the detail `×n more` as soon as a governed call comes, or at the
 * end. Governed calls are all recorded, except that of a run of equal ones those after the sixteenth are counted in the same way.
 */
export class Recorder {
	#ports: Pick<HostPorts, 'record' | 'now'>;
	#ending: Ending;
	#start: number;
	#answered = 0;
	#noise = new Map<string, { last: HostCallFacts; at: number; more: number }>();
	#run: { last: HostCall; length: number; more: number } | null = null;

	constructor(ports: Pick<HostPorts, 'record' | 'now'>, ending: Ending) {
		this.#ports = ports;
		this.#ending = ending;
		this.#start = ports.now();
	}

	/** Host calls so far, the counted ones too. */
	get answered(): number {
		return this.#answered;
	}

	/** Milliseconds since the call started. */
	elapsed(): number {
		return this.#ports.now() - this.#start;
	}

	/** Records one host call. Throws the reason if the call has already ended. */
	record(facts: HostCallFacts): void {
		this.count();
		if (facts.reason === 'not-governed') this.#recordNoise(facts);
		else this.#recordGoverned({ ...facts, at: this.elapsed() });
	}

	/** Counts one host call that is recorded elsewhere. Throws the reason if the call has already ended. */
	count(): void {
		this.#ending.check();
		this.#answered++;
	}

	/** Records what is only counted so far. */
	flush(): void {
		this.#flushRun();
		this.#flushNoise();
	}

	/** A guest may read the clock in a tight loop, so a repeated call makes no objects and no row. */
	#recordNoise(facts: HostCallFacts): void {
		this.#flushRun();
		const key = `${facts.operation} ${facts.target}`;
		const known = this.#noise.get(key);
		if (known) {
			known.last = facts;
			known.at = this.elapsed();
			known.more++;
		} else {
			const at = this.elapsed();
			this.#noise.set(key, { last: facts, at, more: 0 });
			this.#ports.record({ ...facts, at });
		}
	}

	#recordGoverned(call: HostCall): void {
		if (this.#run && isSame(this.#run.last, call) && this.#noise.size === 0) {
			this.#run.last = call;
			this.#run.length++;
			if (this.#run.length > patience) {
				this.#run.more++;
				return;
			}
		} else {
			this.flush();
			this.#run = { last: call, length: 1, more: 0 };
		}
		this.#ports.record(call);
	}

	#flushRun(): void {
		if (this.#run && this.#run.more > 0) this.#ports.record(summary(this.#run.last, this.#run.more));
		this.#run = null;
	}

	#flushNoise(): void {
		for (const { last, at, more } of this.#noise.values()) {
			const call = { ...last, at };
			if (more > 0) this.#ports.record(more === 1 ? call : summary(call, more));
		}
		this.#noise.clear();
	}
}

const summary = (last: HostCall, more: number): HostCall => ({ ...last, detail: `×${more} more` });

/** Whether two calls ask the same and end the same. */
const isSame = (one: HostCall, other: HostCall): boolean =>
	one.target === other.target &&
	one.operation === other.operation &&
	one.outcome === other.outcome &&
	one.reason === other.reason &&
	one.capability === other.capability &&
	one.result === other.result &&
	one.access === other.access;
