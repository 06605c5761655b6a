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
	/** The last governed call with nothing else after it, how many equal ones came, and how many of them are only counted. */
	#last: HostCall | null = null;
	#length = 0;
	#more = 0;

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
		else this.#recordGoverned(callOf(facts, this.elapsed()));
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
		if (this.#last && isSame(this.#last, call) && this.#noise.size === 0) {
			this.#last = call;
			if (++this.#length > patience) {
				this.#more++;
				return;
			}
		} else {
			this.flush();
			this.#last = call;
			this.#length = 1;
		}
		this.#ports.record(call);
	}

	#flushRun(): void {
		if (this.#last && this.#more > 0) this.#ports.record(summary(this.#last, this.#more));
		this.#last = null;
		this.#more = 0;
	}

	#flushNoise(): void {
		if (this.#noise.size === 0) return;
		for (const { last, at, more } of this.#noise.values()) {
			const call = { ...last, at };
			if (more > 0) this.#ports.record(more === 1 ? call : summary(call, more));
		}
		this.#noise.clear();
	}
}

/** Field by field, since every call passes here and a spread costs several times as much. */
const callOf = (
	{ capability, operation, target, outcome, rule, reason, result, detail, duration, access }: HostCallFacts,
	at: number,
): HostCall => ({
	capability,
	operation,
	target,
	outcome,
	rule,
	reason,
	result,
	detail,
	at,
	duration,
	access,
});

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
