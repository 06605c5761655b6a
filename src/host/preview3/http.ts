import { propertyOf } from '../../core/property-of';
import { dispose } from '../io/dispose';
import { httpErrorCode, toErrorCode, type ErrorCode } from '../http/error-code';
import { Fields } from '../http/fields';
import { FutureIncomingResponse } from '../http/future-response';
import type { IncomingBody, IncomingResponse } from '../http/incoming';
import { OutgoingRequest, RequestOptions, type Method, type Scheme } from '../http/outgoing';
import { OutgoingBody } from '../http/outgoing-body';
import { IoError } from '../io/error';
import type { HostImports } from '../types';
import type { Ending } from '../ending';
import { bytesOf, giveStream, passOn, piecesOf, writeAll, type Outcome } from './streams';

type Sent = Outcome<ErrorCode>;
type Trailers = Promise<Outcome<ErrorCode, Fields | undefined>>;

const noTrailers = (): Trailers => Promise.resolve({ tag: 'ok', val: undefined });
async function* nothing(): AsyncGenerator<never, void, undefined> {}

/** A body as a guest reads it: the host's own as it is, a guest's in pieces. */
const handedOn = (contents: unknown): unknown =>
	typeof propertyOf(contents, 'read') === 'function' ? passOn(contents) : contents;

/** What failed while a body was moved, as an error code. */
function bodyError(error: unknown): ErrorCode {
	const [tag, val] = [propertyOf(error, 'tag'), propertyOf(error, 'val')];
	if (tag === 'last-operation-failed' && val instanceof IoError)
		return httpErrorCode(val) ?? { tag: 'internal-error', val: undefined };
	return toErrorCode(error);
}

/** `wasi:http/types.request-options` of 0.3. */
export class RequestOptions3 extends RequestOptions {
	getConnectTimeout = (): bigint | undefined => this.connectTimeout();
	getFirstByteTimeout = (): bigint | undefined => this.firstByteTimeout();
	getBetweenBytesTimeout = (): bigint | undefined => this.betweenBytesTimeout();

	clone(): RequestOptions3 {
		const copy = new RequestOptions3();
		copy.setConnectTimeout(this.connectTimeout());
		copy.setFirstByteTimeout(this.firstByteTimeout());
		copy.setBetweenBytesTimeout(this.betweenBytesTimeout());
		return copy;
	}
}

/** `wasi:http/types.request` of 0.3, which a guest makes to send it and gets to answer it. */
export class Request3 {
	#parts: OutgoingRequest;
	#contents: unknown;
	#trailers: Trailers;
	#options: RequestOptions3 | undefined;
	#settle: (sent: Sent) => void = () => {};

	private constructor(headers: Fields, contents: unknown, trailers: Trailers, options?: RequestOptions3) {
		this.#parts = new OutgoingRequest(headers);
		this.#contents = contents;
		this.#trailers = trailers;
		this.#options = options;
	}

	static new(
		headers: Fields,
		contents: unknown,
		trailers: Trailers,
		options: RequestOptions3 | undefined,
	): [Request3, Promise<Sent>] {
		const request = new Request3(headers, contents, trailers, options);
		return [request, new Promise((resolve) => (request.#settle = resolve))];
	}

	/** One that came from outside; for hosts. */
	static received(headers: Fields, contents: AsyncIterable<Uint8Array>): Request3 {
		return new Request3(headers, contents, noTrailers());
	}

	getMethod = (): Method => this.#parts.method();
	setMethod = (method: Method): void => this.#parts.setMethod(method);
	getPathWithQuery = (): string | undefined => this.#parts.pathWithQuery();
	setPathWithQuery = (path: string | undefined): void => this.#parts.setPathWithQuery(path);
	getScheme = (): Scheme | undefined => this.#parts.scheme();
	setScheme = (scheme: Scheme | undefined): void => this.#parts.setScheme(scheme);
	getAuthority = (): string | undefined => this.#parts.authority();
	setAuthority = (authority: string | undefined): void => this.#parts.setAuthority(authority);
	getOptions = (): RequestOptions3 | undefined => this.#options;
	getHeaders = (): Fields => this.#parts.headers();

	static consumeBody(request: Request3, _outcome: unknown): [unknown, Trailers] {
		const contents = request.#contents;
		request.#contents = undefined;
		return [contents === undefined ? nothing() : handedOn(contents), request.#trailers];
	}

	/** What is sent of it; for hosts. */
	static partsOf(request: Request3) {
		return {
			parts: request.#parts,
			contents: request.#contents,
			trailers: request.#trailers,
			options: request.#options,
			settle: request.#settle,
		};
	}
}

/** `wasi:http/types.response` of 0.3. */
export class Response3 {
	#status = 200;
	#headers: Fields;
	#contents: unknown;
	#trailers: Trailers;
	#drop: () => void = () => {};

	private constructor(headers: Fields, contents: unknown, trailers: Trailers) {
		this.#headers = headers;
		this.#contents = contents;
		this.#trailers = trailers;
	}

	static new(headers: Fields, contents: unknown, trailers: Trailers): [Response3, Promise<Sent>] {
		const response = new Response3(Fields.freeze(headers), contents, trailers);
		return [response, Promise.resolve({ tag: 'ok', val: undefined })];
	}

	/** One that came from outside; for hosts. */
	static received(incoming: IncomingResponse): Response3 {
		const response = new Response3(incoming.headers(), undefined, noTrailers());
		response.#status = incoming.status();
		let body: IncomingBody | null = incoming.consume();
		const [contents, outcome] = giveStream(body.stream(), bodyError);
		response.#contents = contents;
		response.#trailers = outcome.then((ended) =>
			ended.tag === 'ok' ? { tag: 'ok', val: undefined } : ended,
		);
		response.#drop = () => {
			body?.[dispose]();
			body = null;
		};
		return response;
	}

	getStatusCode = (): number => this.#status;
	setStatusCode(status: number): void {
		if (status < 100 || status > 999) throw undefined;
		this.#status = status;
	}
	getHeaders = (): Fields => this.#headers;

	static consumeBody(response: Response3, _outcome: unknown): [unknown, Trailers] {
		const contents = response.#contents;
		response.#contents = undefined;
		return [contents === undefined ? nothing() : handedOn(contents), response.#trailers];
	}

	[dispose](): void {
		if (this.#contents !== undefined) this.#drop();
	}

	/** All of it; for hosts. */
	static partsOf(response: Response3) {
		return {
			status: response.#status,
			headers: response.#headers,
			contents: response.#contents,
			trailers: response.#trailers,
		};
	}
}

interface OutgoingHandler {
	handle(request: OutgoingRequest, options: RequestOptions | undefined): FutureIncomingResponse;
}

/** `wasi:http` 0.3 over the handler of 0.2, which decides before a byte of the body is taken. */
export function createHttp3(two: HostImports, ending: Ending): HostImports {
	const handler = two['wasi:http/outgoing-handler'] as unknown as OutgoingHandler;

	async function send(request: Request3): Promise<Response3> {
		const { parts, contents, trailers, options, settle } = Request3.partsOf(request);
		const body = contents === undefined ? null : parts.body();
		const output = body?.write() ?? null;
		try {
			const future = handler.handle(parts, options);
			if (body && output) void pass(contents, body, output, trailers).then(settle);
			else settle({ tag: 'ok', val: undefined });
			await FutureIncomingResponse.arrival(future).block();
			ending.check();
			const result = future.get();
			if (result?.tag !== 'ok') throw { tag: 'internal-error', val: undefined } satisfies ErrorCode;
			if (result.val.tag === 'err') throw result.val.val;
			return Response3.received(result.val.val);
		} catch (error) {
			if (!isEnd(error, ending)) settle({ tag: 'err', val: toErrorCode(error) });
			throw error;
		}
	}

	return {
		'wasi:http/types@0.3': {
			Fields,
			Request: Request3,
			RequestOptions: RequestOptions3,
			Response: Response3,
		},
		'wasi:http/client@0.3': { send },
		// What a middleware hands its request on to: here nobody stands between it and the network.
		'wasi:http/handler@0.3': { handle: send },
	};
}

const isEnd = (error: unknown, ending: Ending): boolean => ending.reason === error;

/** Passes a guest's body on, as there is room for it. Never rejects. */
async function pass(
	contents: unknown,
	body: OutgoingBody,
	output: ReturnType<OutgoingBody['write']>,
	trailers: Trailers,
): Promise<Sent> {
	try {
		for await (const piece of piecesOf(contents)) await writeAll(output, bytesOf(piece));
		const last = await trailers;
		if (last.tag === 'err') return last;
		OutgoingBody.finish(body, last.val);
		return { tag: 'ok', val: undefined };
	} catch (error) {
		body[dispose]();
		return { tag: 'err', val: bodyError(error) };
	}
}
