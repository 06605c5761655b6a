import { dispose } from '../io/dispose';
import { operationFailed } from '../io/error';
import { OutputStream } from '../io/streams';
import { HttpCause, type ErrorCode } from './error-code';
import { Fields } from './fields';

/** What became of a body: its bytes, null where the guest wrote none and never finished it, or why it cannot be sent. */
export type BodyOutcome =
	| {
			readonly ok: true;
			readonly bytes: Uint8Array | null;
			/** What came after them, where that can be passed on. */
			readonly trailers?: readonly (readonly [name: string, value: string])[];
	  }
	| { readonly ok: false; readonly error: ErrorCode };

/** The most bytes of a body that are kept until it is sent. */
const most = 8 * 2 ** 20;

/** `wasi:http/types.outgoing-body`: collects what the guest writes, to be sent in one piece when it is finished. */
export class OutgoingBody {
	#chunks: Uint8Array[] = [];
	#size = 0;
	#declaredSize: number | null;
	#trailers: boolean;
	#streamTaken = false;
	#outcome: BodyOutcome | null = null;
	#listener: ((outcome: BodyOutcome) => void) | null = null;

	/** Trailers are accepted only where `trailers` says that they can be passed on. */
	constructor(headers: Fields, { trailers = false } = {}) {
		this.#trailers = trailers;
		const declared = Fields.pairsOf(headers).find(([name]) => name.toLowerCase() === 'content-length')?.[1];
		this.#declaredSize = declared !== undefined && /^\d{1,15}$/.test(declared) ? Number(declared) : null;
	}

	write(): OutputStream {
		if (this.#streamTaken) throw undefined;
		this.#streamTaken = true;
		return OutputStream.from({ write: (bytes) => this.#write(bytes) });
	}

	static finish(body: OutgoingBody, trailers: Fields | undefined): void {
		// What a write failed with is what became of the body.
		if (body.#outcome && !body.#outcome.ok) throw body.#outcome.error;
		if (body.#declaredSize !== null && body.#size !== body.#declaredSize)
			throw body.#fail(sizeError(body.#size));
		if (!body.#trailers && trailers && trailers.entries().length > 0) {
			throw body.#fail({ tag: 'internal-error', val: 'a browser cannot send trailers' });
		}
		body.#settle({
			ok: true,
			bytes: body.#bytes(),
			...(trailers ? { trailers: Fields.pairsOf(trailers) } : {}),
		});
	}

	/** Dropped without being finished: fine while nothing was written, else what was written counts as cut off. */
	[dispose](): void {
		if (this.#size === 0) this.#settle({ ok: true, bytes: null });
		else this.#fail({ tag: 'HTTP-protocol-error' });
	}

	/** Tells, once, what becomes of the body; for hosts. */
	static whenSettled(body: OutgoingBody, listener: (outcome: BodyOutcome) => void): void {
		if (body.#outcome) listener(body.#outcome);
		else body.#listener = listener;
	}

	/**
	 * The guest waits for the response and for nothing else, so it will not write any more. A body it opened and left empty is then
	 * sent as none, as a server would take it; for hosts.
	 */
	static awaited(body: OutgoingBody): void {
		if (body.#size === 0) body.#settle({ ok: true, bytes: null });
	}

	#write(bytes: Uint8Array): void {
		if (this.#outcome) throw { tag: 'closed' };
		const size = this.#size + bytes.length;
		if (size > (this.#declaredSize ?? most) || size > most) {
			throw operationFailed('the body is too large', new HttpCause(this.#fail(sizeError(size))));
		}
		this.#size = size;
		this.#chunks.push(bytes.slice());
	}

	#bytes(): Uint8Array {
		const bytes = new Uint8Array(this.#size);
		let at = 0;
		for (const chunk of this.#chunks) {
			bytes.set(chunk, at);
			at += chunk.length;
		}
		return bytes;
	}

	#fail(error: ErrorCode): ErrorCode {
		this.#settle({ ok: false, error });
		return error;
	}

	#settle(outcome: BodyOutcome): void {
		if (this.#outcome) return;
		this.#outcome = outcome;
		this.#chunks = [];
		this.#listener?.(outcome);
	}
}

const sizeError = (size: number): ErrorCode => ({ tag: 'HTTP-request-body-size', val: BigInt(size) });
