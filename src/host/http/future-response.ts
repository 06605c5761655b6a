import { dispose } from '../io/dispose';
import { Pollable } from '../io/poll';
import { Latch, type Readiness, type Waiter } from '../io/readiness';
import type { ErrorCode } from './error-code';
import type { IncomingResponse } from './incoming';

/** How an exchange ended: a response, or why there is none. */
export type ResponseResult =
	{ readonly tag: 'ok'; readonly val: IncomingResponse } | { readonly tag: 'err'; readonly val: ErrorCode };

/** `wasi:http/types.future-incoming-response`. */
export class FutureIncomingResponse {
	#arrived = new Latch();
	#result: ResponseResult | null = null;
	#state: 'waiting' | 'arrived' | 'taken' | 'dropped' = 'waiting';
	#readiness: Readiness;
	#waiter: Waiter;

	/** `onAwaited` is called when the guest waits for this response and for nothing else. */
	constructor(waiter: Waiter, onAwaited: () => void) {
		this.#waiter = waiter;
		this.#readiness = {
			ready: () => this.#arrived.ready(),
			watch: (wake) => this.#arrived.watch(wake),
			awaitedAlone: onAwaited,
		};
	}

	subscribe(): Pollable {
		return new Pollable(this.#readiness, this.#waiter);
	}

	/** The same for a host that waits for it while it still passes the request's body on, which nobody then takes for left empty. */
	static arrival(future: FutureIncomingResponse): Pollable {
		const { ready, watch } = future.#readiness;
		return new Pollable({ ready, watch }, future.#waiter);
	}

	/** Nothing while it is on its way; its result once; an error from then on. */
	get(): { tag: 'ok'; val: ResponseResult } | { tag: 'err'; val: undefined } | undefined {
		if (this.#state === 'waiting') return undefined;
		if (this.#state !== 'arrived' || this.#result === null) return { tag: 'err', val: undefined };
		this.#state = 'taken';
		return { tag: 'ok', val: this.#result };
	}

	/** A response that nobody took is given up. */
	[dispose](): void {
		if (this.#state === 'arrived' && this.#result?.tag === 'ok') this.#result.val[dispose]();
		this.#state = 'dropped';
	}

	/** Hands in the result; for hosts. */
	static settle(future: FutureIncomingResponse, result: ResponseResult): void {
		if (future.#state === 'dropped') {
			if (result.tag === 'ok') result.val[dispose]();
			return;
		}
		future.#result = result;
		future.#state = 'arrived';
		future.#arrived.open();
	}
}
