import { isAuthority } from './authority';
import { Fields } from './fields';
import { OutgoingBody } from './outgoing-body';

/** `wasi:http/types.method`. */
export interface Method {
	readonly tag: string;
	readonly val?: string;
}

/** `wasi:http/types.scheme`. */
export interface Scheme {
	readonly tag: 'HTTP' | 'HTTPS' | 'other';
	readonly val?: string;
}

/** What a request consists of when a guest hands it over. */
export interface RequestParts {
	readonly method: Method;
	readonly scheme: Scheme | undefined;
	readonly authority: string | undefined;
	readonly path: string | undefined;
	readonly headers: Fields;
	readonly body: OutgoingBody | null;
}

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

// eslint-disable-next-line no-control-regex -- control characters are among what it refuses
const pathAndQuery = /^[^\u0000- \u007f<>`?#]*(\?[^\u0000- \u007f<>"#]*)?(#|$)/;

/** A failing setter has no payload: the error of a bare `result`. */
const check = (valid: boolean): void => {
	if (!valid) throw undefined;
};

/** `wasi:http/types.outgoing-request`. Its parts are checked one by one here, and together when it is handed over. */
export class OutgoingRequest {
	#headers: Fields;
	#method: Method = { tag: 'get' };
	#path: string | undefined;
	#scheme: Scheme | undefined;
	#authority: string | undefined;
	#body: OutgoingBody | null = null;

	constructor(headers: Fields) {
		this.#headers = Fields.freeze(headers);
	}

	body(): OutgoingBody {
		check(this.#body === null);
		return (this.#body = new OutgoingBody(this.#headers));
	}

	method(): Method {
		return this.#method;
	}

	setMethod(method: Method): void {
		check(method.tag !== 'other' || token.test(method.val ?? ''));
		this.#method = method;
	}

	pathWithQuery(): string | undefined {
		return this.#path;
	}

	setPathWithQuery(path: string | undefined): void {
		check(path === undefined || pathAndQuery.test(path));
		// A fragment is never sent.
		this.#path = path?.replace(/#.*/s, '');
	}

	scheme(): Scheme | undefined {
		return this.#scheme;
	}

	setScheme(scheme: Scheme | undefined): void {
		check(scheme?.tag !== 'other' || /^[A-Za-z][A-Za-z0-9+.-]*$/.test(scheme.val ?? ''));
		this.#scheme = scheme;
	}

	authority(): string | undefined {
		return this.#authority;
	}

	setAuthority(authority: string | undefined): void {
		check(authority === undefined || isAuthority(authority));
		this.#authority = authority;
	}

	headers(): Fields {
		return this.#headers;
	}

	/** All of it; for hosts. */
	static partsOf(request: OutgoingRequest): RequestParts {
		return {
			method: request.#method,
			scheme: request.#scheme,
			authority: request.#authority,
			path: request.#path,
			headers: request.#headers,
			body: request.#body,
		};
	}
}

/** `wasi:http/types.outgoing-response`: what a component that serves requests answers with. */
export class OutgoingResponse {
	#headers: Fields;
	#status = 200;
	#body: OutgoingBody | null = null;

	constructor(headers: Fields) {
		this.#headers = Fields.freeze(headers);
	}

	statusCode(): number {
		return this.#status;
	}

	setStatusCode(status: number): void {
		check(status >= 100 && status <= 999);
		this.#status = status;
	}

	headers(): Fields {
		return this.#headers;
	}

	body(): OutgoingBody {
		check(this.#body === null);
		return (this.#body = new OutgoingBody(this.#headers, { trailers: true }));
	}

	/** All of it; for hosts. */
	static partsOf(response: OutgoingResponse) {
		return { status: response.#status, headers: response.#headers, body: response.#body };
	}
}

/** `wasi:http/types.request-options`: timeouts in nanoseconds. */
export class RequestOptions {
	#connect: bigint | undefined;
	#firstByte: bigint | undefined;
	#betweenBytes: bigint | undefined;

	connectTimeout(): bigint | undefined {
		return this.#connect;
	}

	setConnectTimeout(duration: bigint | undefined): void {
		this.#connect = duration;
	}

	firstByteTimeout(): bigint | undefined {
		return this.#firstByte;
	}

	setFirstByteTimeout(duration: bigint | undefined): void {
		this.#firstByte = duration;
	}

	betweenBytesTimeout(): bigint | undefined {
		return this.#betweenBytes;
	}

	setBetweenBytesTimeout(duration: bigint | undefined): void {
		this.#betweenBytes = duration;
	}
}
