import { itemAt } from '../../core/item-at';
import type { HostCall } from '../../core/activity';
import type { PortResponse, PortRequest } from '../../core/call';
import type { Clock } from '../clocks/clock';
import type { Timer } from '../clocks/timer';
import type { Ending } from '../ending';
import { untilReady, type Readiness } from '../io/readiness';
import { NeedsReplay, ReplayFailed, type GuestPorts } from '../types';
import { ReplayAnswer, type Settled } from './answer';
import type { Tape, Wait } from './tape';

/** Blocks the thread for some milliseconds. */
export type Block = (ms: number) => void;

/** The longest the thread is blocked in one piece. */
const sliceMs = 100;

/** One run of a call from its start: as far as the tape goes it repeats, and from there on it adds to the tape. */
export class ReplayAttempt {
	readonly ports: GuestPorts;
	#tape: Tape;
	#answers = new Map<number, ReplayAnswer<unknown>>();
	#asked = 0;
	#waits = 0;
	#readings = 0;
	#randoms = 0;
	#records = 0;
	#outputs = 0;
	/** While it waits the clock is read for the wait alone, which is not repeated; a number where the wait is over already. */
	#waiting: 'live' | number | null = null;
	#ending: Ending | null = null;

	constructor(tape: Tape) {
		this.#tape = tape;
		const { ports } = tape;
		this.ports = {
			record: (call) => this.#record(call),
			output: (stream, bytes) => {
				const kept = tape.outputs[this.#outputs++];
				if (kept === undefined) {
					tape.outputs.push(bytes.length);
					ports.output(stream, bytes);
				} else if (kept !== bytes.length) this.#diverged('it wrote something else');
			},
			request: (request) => this.#request(request),
			now: () => this.#read(ports.now),
			wallNow: () => this.#read(ports.wallNow),
			randomBytes: (length) => {
				const kept = tape.random[this.#randoms++];
				if (kept) return kept.slice();
				const bytes = ports.randomBytes(length);
				tape.keepRandom(bytes);
				return bytes;
			},
		};
	}

	/** Milliseconds that the guest waited, in all attempts. */
	get waitedMs(): number {
		return this.#tape.waitedMs;
	}

	/** Names the call that ends where this attempt cannot go on. */
	bind(ending: Ending): void {
		this.#ending = ending;
	}

	/**
	 * Waits until one of the list is ready: without waiting where the tape knows the wait or the answer has come, by blocking the thread
	 * where it is for the timer `first` and nothing else can come, and else by ending the attempt with `NeedsReplay`.
	 */
	wait(list: readonly Readiness[], first: Timer | null, clock: Clock, block: Block): void {
		const known = this.#tape.waits[this.#waits++];
		if (known) return this.#repeat(known, clock);
		const began = this.#tape.ports.now();
		const answered: number[] = [];
		this.#waiting = 'live';
		const seeAll = () => {
			for (let id = this.#tape.unseen.shift(); id !== undefined; id = this.#tape.unseen.shift()) {
				answered.push(id);
				this.#tell(id);
			}
		};
		const over = () => {
			const now = this.#tape.ports.now();
			this.#tape.waitedMs += now - began;
			this.#tape.waits.push({ answered, now, clock: clock.peek() });
			this.#waiting = null;
		};
		seeAll();
		if (list.some((one) => one.ready())) return over();
		if (first && !this.#tape.isExpecting) {
			while (!first.ready()) block(Math.min(first.remainingMs(), sliceMs));
			return over();
		}
		if (!this.#tape.isWhole) {
			this.#ending?.end(
				new ReplayFailed(
					'The component did more before it waited for the network than can be run again. Browsers that can suspend WebAssembly (JSPI), such as Chromium and Firefox, run it.',
				),
			);
		}
		this.#ending?.end(
			new NeedsReplay(async () => {
				this.#tape.onAnswer = seeAll;
				seeAll();
				await untilReady(list);
				this.#tape.onAnswer = null;
				over();
			}),
		);
	}

	#repeat({ answered, now, clock: shown }: Wait, clock: Clock): void {
		this.#waiting = now;
		for (const id of answered) this.#tell(id);
		clock.skipTo(shown);
		this.#waiting = null;
	}

	#read(port: () => number): number {
		if (this.#waiting === 'live') return port();
		if (this.#waiting !== null) return this.#waiting;
		const kept = this.#tape.readings[this.#readings++];
		if (kept !== undefined) return kept;
		const value = port();
		this.#tape.keepReading(value);
		return value;
	}

	#record(call: HostCall): void {
		const kept = this.#tape.records[this.#records++];
		if (kept === undefined) {
			this.#tape.keepRecord(call);
			this.#tape.ports.record(call);
		} else if (wordsOf(kept) !== wordsOf(call)) this.#diverged(`it asked for ${wordsOf(call)}`);
	}

	#request(request: PortRequest): PromiseLike<PortResponse> {
		const what = `request ${fingerprint(request)}`;
		const id = this.#ask(what, () => this.#tape.request(what, request));
		return this.#answerTo<PortResponse>(id).then((response) =>
			response.ok
				? {
						...response,
						read: () => {
							const more = `read ${id}`;
							// A copy: whoever takes it may give its memory back, and a later attempt is told the same.
							return this.#answerTo<Uint8Array | null>(this.#ask(more, () => this.#tape.read(more, id))).then(
								(chunk) => chunk?.slice() ?? null,
							) as Promise<Uint8Array | null>;
						},
						cancel: () => this.#tape.cancel(id),
					}
				: response,
		);
	}

	/** Asks unless an earlier attempt has; the number of the exchange. */
	#ask(what: string, begin: () => void): number {
		const id = this.#asked++;
		const known = this.#tape.exchanges[id];
		if (!known) begin();
		else if (known.what !== what) this.#diverged(`it asked for ${what}`);
		return id;
	}

	#answerTo<T>(id: number): PromiseLike<T> {
		const answer = new ReplayAnswer<T>();
		const { atOnce, outcome } = itemAt(this.#tape.exchanges, id);
		if (atOnce && outcome) answer.settle(outcome as Settled<T>);
		else this.#answers.set(id, answer as ReplayAnswer<unknown>);
		return answer;
	}

	#tell(id: number): void {
		const exchange = itemAt(this.#tape.exchanges, id);
		exchange.outcome ??= exchange.collect();
		this.#answers.get(id)?.settle(exchange.outcome);
		this.#answers.delete(id);
	}

	/** The guest did not repeat itself, which none does whose world is the same: the call ends at its next host call. */
	#diverged(how: string): void {
		this.#ending?.note(
			new ReplayFailed(
				`The call was run again with the same answers, and went another way: ${how}. Browsers that can suspend WebAssembly (JSPI) run it once.`,
			),
		);
	}
}

const wordsOf = ({ capability, operation, target, outcome, result }: HostCall): string =>
	[capability, operation, target, outcome, result ?? ''].join(' ');

function fingerprint({ method, url, headers, body }: PortRequest): string {
	// FNV-1a: whether two bodies are the same one is all that is asked.
	let hash = 0x811c9dc5;
	for (const byte of body ?? []) hash = Math.imul(hash ^ byte, 0x01000193);
	return JSON.stringify([method, url, headers, body && body.length, hash]);
}
