import type { PortResponse, Limits } from '../../core/call';
import { release } from '../../core/release';
import type { Ending } from '../ending';
import { dispose } from '../io/dispose';
import { operationFailed } from '../io/error';
import { Pollable } from '../io/poll';
import { alwaysReady, Latch, type Waiter } from '../io/readiness';
import { InputStream, type InputHandler } from '../io/streams';
import { askPort } from '../replay/answer';
import { LimitReached } from '../types';
import { HttpCause, toErrorCode, type ErrorCode } from './error-code';
import { Fields } from './fields';

/** A response that arrived. */
export type ArrivedResponse = Extract<PortResponse, { readonly ok: true }>;

/** What the bodies of one call share. */
export class BodyBudget {
	#left: number;
	#limit: number;
	#ending: Ending;

	constructor(limits: Pick<Limits, 'responseBytes'>, ending: Ending) {
		this.#left = this.#limit = limits.responseBytes;
		this.#ending = ending;
	}

	/** Counts received bytes; false, and the end of the call, where they are too many. */
	take(length: number): boolean {
		this.#left -= length;
		if (this.#left >= 0) return true;
		this.#ending.note(
			new LimitReached('responseBytes', `the component received more than ${this.#limit} bytes of responses`),
		);
		return false;
	}

	/** Throws if the call has ended. */
	check(): void {
		this.#ending.check();
	}
}

/** The bytes of a response, asked for chunk by chunk as the guest wants them. */
class ChunkReader implements InputHandler {
	#response: ArrivedResponse;
	#budget: BodyBudget;
	#arrived = new Latch();
	#asking = false;
	#chunk: Uint8Array = new Uint8Array();
	#end: 'open' | 'ended' | ErrorCode = 'open';

	constructor(response: ArrivedResponse, budget: BodyBudget) {
		this.#response = response;
		this.#budget = budget;
	}

	ready(): boolean {
		this.#ask();
		return this.#arrived.ready();
	}

	watch(wake: () => void): () => void {
		return this.#arrived.watch(wake);
	}

	read(max: number): Uint8Array | null {
		this.#budget.check();
		if (!this.ready()) return new Uint8Array();
		if (this.#chunk.length > 0) {
			const bytes = this.#chunk.slice(0, max);
			this.#chunk = this.#chunk.subarray(bytes.length);
			if (this.#chunk.length === 0) release(this.#chunk);
			if (this.#chunk.length === 0 && this.#end === 'open') this.#arrived.close();
			return bytes;
		}
		if (typeof this.#end === 'string') return null;
		throw operationFailed(`the response body broke off: ${this.#end.tag}`, new HttpCause(this.#end));
	}

	close(): void {
		if (this.#end !== 'open') return;
		this.#finish('ended');
		this.#response.cancel();
	}

	#ask(): void {
		if (this.#asking || this.#arrived.ready() || this.#end !== 'open') return;
		this.#asking = true;
		const settle = (end: ErrorCode | 'ended' | null) => {
			this.#asking = false;
			if (end !== null) this.#finish(end);
			else if (this.#chunk.length === 0) this.#ask();
			else this.#arrived.open();
		};
		const receive = (chunk: Uint8Array | null) => {
			if (chunk === null) return settle('ended');
			if (this.#end !== 'open') return settle(this.#end);
			if (!this.#budget.take(chunk.length)) {
				settle('ended');
				return this.#response.cancel();
			}
			this.#chunk = chunk;
			settle(null);
		};
		askPort(
			() => this.#response.read(),
			receive,
			(failure) => settle(toErrorCode(failure)),
		);
	}

	#finish(end: 'ended' | ErrorCode): void {
		if (this.#end === 'open') this.#end = end;
		this.#arrived.open();
	}
}

/** Bytes that are all here: nobody waits for them, and a body that is empty has ended before it is read. */
class BytesReader implements InputHandler {
	#rest: Uint8Array;

	constructor(bytes: Uint8Array) {
		this.#rest = bytes;
	}

	read(max: number): Uint8Array | null {
		if (this.#rest.length === 0) return null;
		const bytes = this.#rest.slice(0, max);
		this.#rest = this.#rest.subarray(bytes.length);
		return bytes;
	}

	close(): void {
		this.#rest = new Uint8Array();
	}
}

/** `wasi:http/types.incoming-body`. */
export class IncomingBody {
	#reader: InputHandler & { close(): void };
	#waiter: Waiter;
	#taken = false;

	private constructor(reader: InputHandler & { close(): void }, waiter: Waiter) {
		this.#reader = reader;
		this.#waiter = waiter;
	}

	/** The body of a response, asked for as the guest wants it; for hosts. */
	static arriving(response: ArrivedResponse, budget: BodyBudget, waiter: Waiter): IncomingBody {
		return new IncomingBody(new ChunkReader(response, budget), waiter);
	}

	/** A body that is here; for hosts. */
	static of(bytes: Uint8Array, waiter: Waiter): IncomingBody {
		return new IncomingBody(new BytesReader(bytes), waiter);
	}

	stream(): InputStream {
		if (this.#taken) throw undefined;
		this.#taken = true;
		return InputStream.from(this.#reader, this.#waiter);
	}

	/** Gives up what is left of the body. Browsers show no trailers, so there are none. */
	static finish(body: IncomingBody): FutureTrailers {
		body[dispose]();
		return new FutureTrailers(body.#waiter);
	}

	[dispose](): void {
		this.#reader.close();
	}
}

/** `wasi:http/types.future-trailers`: known at once, and always none. */
export class FutureTrailers {
	#waiter: Waiter;
	#taken = false;

	constructor(waiter: Waiter) {
		this.#waiter = waiter;
	}

	subscribe(): Pollable {
		return new Pollable(alwaysReady, this.#waiter);
	}

	get() {
		if (this.#taken) return { tag: 'err' as const, val: undefined };
		this.#taken = true;
		return { tag: 'ok' as const, val: { tag: 'ok' as const, val: undefined } };
	}
}

/** `wasi:http/types.incoming-response`. */
export class IncomingResponse {
	#response: ArrivedResponse;
	#headers: Fields;
	#budget: BodyBudget;
	#waiter: Waiter;
	#consumed = false;

	constructor(response: ArrivedResponse, budget: BodyBudget, waiter: Waiter) {
		this.#response = response;
		this.#headers = Fields.received(response.headers);
		this.#budget = budget;
		this.#waiter = waiter;
	}

	status(): number {
		return this.#response.status;
	}

	headers(): Fields {
		return this.#headers;
	}

	consume(): IncomingBody {
		if (this.#consumed) throw undefined;
		this.#consumed = true;
		return IncomingBody.arriving(this.#response, this.#budget, this.#waiter);
	}

	[dispose](): void {
		if (!this.#consumed) this.#response.cancel();
	}
}
