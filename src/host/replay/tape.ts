import { keptFor } from '../../core/kept-for';
import type { HostCall } from '../../core/activity';
import type { HostPorts, PortResponse } from '../../core/call';
import { platformTimers } from '../clocks/timer';
import type { Timers } from '../types';
import type { Settled } from './answer';
import { ReplayAttempt } from './attempt';
import { ReadAhead } from './read-ahead';

/** A question to the page, asked once for all attempts. */
export interface Exchange {
	/** What was asked, in words that are the same whenever the same is asked. */
	readonly what: string;
	/** How it ended, once an attempt has seen it. */
	outcome: Settled<unknown> | null;
	/** Whether the answer was there when the question was asked, and was seen without a wait. */
	readonly atOnce: boolean;
	/** Takes the answer, which has come. */
	readonly collect: () => Settled<unknown>;
}

/** A wait of the guest that is over. */
export interface Wait {
	/** Exchanges whose answers came meanwhile, in order. */
	readonly answered: readonly number[];
	/** Milliseconds of the monotonic clock at its end. */
	readonly now: number;
	/** What the guest's clock showed at its end, in nanoseconds. */
	readonly clock: bigint;
}

/** Readings of the clock, and bytes of random, that are kept at most. */
const mostReadings = 2 ** 22;
const mostRandom = 64 * 2 ** 20;

/** Host calls that are kept to compare with; those after them are taken as they come. */
const mostRecords = 200_000;

/**
 * What one call has learned of the world so far. Where a guest cannot be suspended, a call that has to wait is given up, and run again from
 * the start once the answer is there: each attempt gets from the tape what the ones before it got, at the same places, and so comes to where
 * they stopped. What reaches the world, requests, the record and output, does so once.
 */
export class Tape {
	readonly ports: HostPorts;
	readonly timers: Timers;
	readonly exchanges: Exchange[] = [];
	readonly waits: Wait[] = [];
	readonly readings: number[] = [];
	readonly random: Uint8Array[] = [];
	readonly records: HostCall[] = [];
	/** Lengths of what was written. */
	readonly outputs: number[] = [];
	/** Answers that have come and that no attempt has seen. */
	readonly unseen: number[] = [];
	/** Told when an answer has come. */
	onAnswer: (() => void) | null = null;
	/** Milliseconds that the guest waited. */
	waitedMs = 0;
	#bodies = new Map<number, { readonly body: ReadAhead; readonly cancel: () => void; cancelled: boolean }>();
	#randomBytes = 0;
	#full = false;

	constructor(ports: HostPorts, timers: Timers = platformTimers) {
		this.ports = ports;
		this.timers = timers;
	}

	/** Begins the call again. */
	attempt(): ReplayAttempt {
		return new ReplayAttempt(this);
	}

	/** Whether it holds everything so far: of a call that read the clock millions of times it does not. */
	get isWhole(): boolean {
		return !this.#full;
	}

	/** Whether an answer may still come. */
	get isExpecting(): boolean {
		return this.unseen.length > 0 || this.exchanges.some(({ outcome }) => outcome === null);
	}

	keepReading(value: number): void {
		if (this.readings.length < mostReadings) this.readings.push(value);
		else this.#full = true;
	}

	keepRandom(bytes: Uint8Array): void {
		this.#randomBytes += bytes.length;
		if (this.#randomBytes <= mostRandom) this.random.push(bytes.slice());
		else this.#full = true;
	}

	keepRecord(call: HostCall): void {
		if (this.records.length < mostRecords) this.records.push(call);
	}

	/** Sends a request. */
	request(what: string, request: Parameters<HostPorts['request']>[0]): void {
		const id = this.exchanges.length;
		let come: Settled<PortResponse> | null = null;
		this.exchanges.push({ what, outcome: null, atOnce: false, collect: () => come! });
		const settle = (settled: Settled<PortResponse>) => {
			come = settled;
			if (settled.ok && settled.value.ok) {
				const { read, cancel } = settled.value;
				this.#bodies.set(id, { body: new ReadAhead(read, this.timers), cancel, cancelled: false });
			}
			this.#come(id);
		};
		// The port may fail by exception as well as by rejection.
		new Promise<PortResponse>((resolve) => resolve(this.ports.request(request))).then(
			(value) => settle({ ok: true, value }),
			(error: unknown) => settle({ ok: false, error }),
		);
	}

	/** Asks for more of the body of a response. */
	read(what: string, request: number): void {
		const id = this.exchanges.length;
		const body = keptFor(this.#bodies, request).body;
		const collect = () => body.take()!;
		const there = body.take();
		this.exchanges.push({ what, outcome: there, atOnce: there !== null, collect });
		if (!there) body.whenSome(() => this.#come(id));
	}

	/** Gives up the rest of the body of a response. */
	cancel(request: number): void {
		const found = this.#bodies.get(request);
		if (!found || found.cancelled) return;
		found.cancelled = true;
		found.body.stop();
		found.cancel();
	}

	#come(id: number): void {
		this.unseen.push(id);
		this.onAnswer?.();
	}
}
