import { dispose } from '../io/dispose';
import type { Waiter } from '../io/readiness';
import { errorWords, type ErrorCode } from './error-code';
import { Fields } from './fields';
import { IncomingBody } from './incoming';
import { methodOf } from './method';
import { OutgoingBody } from './outgoing-body';
import { OutgoingResponse, type Method, type Scheme } from './outgoing';

/** A request to a component that serves them. Header values are bytes read as Latin-1. */
export interface ServiceRequest {
	readonly method: string;
	/** Path with query. */
	readonly path: string;
	readonly headers: readonly (readonly [name: string, value: string])[];
	readonly body: Uint8Array;
}

/** What the component answered, or why there is no answer. */
export type ServiceAnswer =
	| {
			readonly ok: true;
			readonly status: number;
			readonly headers: readonly (readonly [name: string, value: string])[];
			readonly body: Uint8Array;
			readonly trailers: readonly (readonly [name: string, value: string])[];
	  }
	| { readonly ok: false; readonly error: string };

/** One exchange: what the handler is called with, and what became of it. */
export interface ServiceExchange {
	readonly request: IncomingRequest;
	readonly responseOut: ResponseOutparam;
	/** Read it when the handler has returned: what is not there by then never comes. */
	answer(): ServiceAnswer;
}

/** The authority that a component is told it is reached by. */
const authority = 'localhost';

/** `wasi:http/types.incoming-request`. */
export class IncomingRequest {
	#request: ServiceRequest;
	#headers: Fields;
	#waiter: Waiter;
	#consumed = false;

	private constructor(request: ServiceRequest, waiter: Waiter) {
		this.#request = request;
		this.#headers = Fields.received(request.headers);
		this.#waiter = waiter;
	}

	/** For hosts. */
	static of(request: ServiceRequest, waiter: Waiter): IncomingRequest {
		return new IncomingRequest(request, waiter);
	}

	method(): Method {
		return methodOf(this.#request.method);
	}

	pathWithQuery(): string {
		return this.#request.path;
	}

	scheme(): Scheme {
		return { tag: 'HTTP' };
	}

	authority(): string {
		return authority;
	}

	headers(): Fields {
		return this.#headers;
	}

	consume(): IncomingBody {
		if (this.#consumed) throw undefined;
		this.#consumed = true;
		return IncomingBody.of(this.#request.body, this.#waiter);
	}
}

type HandedOver =
	{ readonly tag: 'ok'; readonly val: OutgoingResponse } | { readonly tag: 'err'; readonly val: ErrorCode };

/** `wasi:http/types.response-outparam`: where the handler puts its response. */
export class ResponseOutparam {
	#response: HandedOver | null = null;

	static set(outparam: ResponseOutparam, response: HandedOver): void {
		outparam.#response ??= response;
	}

	/** Interim responses have nobody to go to. */
	sendInformational(): never {
		throw { tag: 'HTTP-protocol-error' } satisfies ErrorCode;
	}

	/** For hosts. */
	static answerOf(outparam: ResponseOutparam): ServiceAnswer {
		const response = outparam.#response;
		if (!response) return { ok: false, error: 'The service returned without a response.' };
		if (response.tag === 'err')
			return { ok: false, error: `The service answered with the error ${errorWords(response.val)}.` };
		const { status, headers, body } = OutgoingResponse.partsOf(response.val);
		let bytes: Uint8Array = new Uint8Array();
		let trailers: readonly (readonly [string, string])[] = [];
		let error: string | null = null;
		if (body) {
			// What was written to a body that is left behind unfinished counts as cut off.
			body[dispose]();
			OutgoingBody.whenSettled(body, (outcome) => {
				if (outcome.ok) {
					bytes = outcome.bytes ?? bytes;
					trailers = outcome.trailers ?? trailers;
				} else error = `The body of the response broke off: ${errorWords(outcome.error)}.`;
			});
		}
		if (error !== null) return { ok: false, error };
		return { ok: true, status, headers: Fields.pairsOf(headers), body: bytes, trailers };
	}
}

/** Makes what a handler is called with. */
export function exchangeOf(request: ServiceRequest, waiter: Waiter): ServiceExchange {
	const responseOut = new ResponseOutparam();
	return {
		request: IncomingRequest.of(request, waiter),
		responseOut,
		answer: () => ResponseOutparam.answerOf(responseOut),
	};
}
