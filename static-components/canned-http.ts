import { poll, streams } from '@bytecodealliance/preview2-shim/io';
import type { Route } from '../src/core/world';

/** A `wasi:http` for tests, whose answers are routes; anything else is denied, as the page denies it. */
export function cannedHttp(routes: readonly Route[]) {
	/** Method and URL of every request that was handled, in order. */
	const requests: string[] = [];

	class Fields {
		readonly entries: [string, Uint8Array][] = [];
		static fromList(entries: [string, Uint8Array][]) {
			const fields = new Fields();
			fields.entries.push(...entries);
			return fields;
		}
		append(name: string, value: Uint8Array) {
			this.entries.push([name, value]);
		}
		get(name: string) {
			return this.entries.flatMap(([key, value]) => (key === name ? [value] : []));
		}
	}

	class OutgoingRequest {
		method = 'GET';
		scheme = '';
		authority = '';
		path = '';
		constructor(readonly headers: Fields) {}
		setMethod(method: { tag: string }) {
			this.method = method.tag.toUpperCase();
		}
		setScheme(scheme: { tag: string }) {
			this.scheme = scheme.tag.toLowerCase();
		}
		setAuthority(authority: string) {
			this.authority = authority;
		}
		setPathWithQuery(path: string) {
			this.path = path;
		}
	}

	class IncomingBody {
		constructor(readonly bytes: Uint8Array) {}
		stream() {
			return bodyStream(this.bytes);
		}
		static finish() {
			return new FutureTrailers();
		}
	}

	class IncomingResponse {
		constructor(readonly route: Route) {}
		status() {
			return this.route.status ?? 200;
		}
		headers() {
			const fields = new Fields();
			for (const [name, value] of this.route.headers ?? []) fields.append(name, Buffer.from(value));
			return fields;
		}
		consume() {
			return new IncomingBody(Buffer.from(String(this.route.body ?? '')));
		}
	}

	class FutureIncomingResponse {
		constructor(readonly route: Route) {}
		subscribe() {
			return readyPollable();
		}
		get() {
			const { failure } = this.route;
			const answer = failure
				? { tag: 'err', val: { tag: failure } }
				: { tag: 'ok', val: new IncomingResponse(this.route) };
			return { tag: 'ok', val: answer };
		}
	}

	class FutureTrailers {}
	class OutgoingBody {}
	class RequestOptions {}
	class IncomingRequest {}
	class OutgoingResponse {}
	class ResponseOutparam {}

	const handle = (request: OutgoingRequest) => {
		const url = `${request.scheme}://${request.authority}${request.path}`;
		requests.push(`${request.method} ${url}`);
		const route = routes.find((candidate) => matches(candidate.url, url));
		if (!route) throw { tag: 'HTTP-request-denied' };
		return new FutureIncomingResponse(route);
	};

	return {
		requests,
		imports: {
			'wasi:http/types': {
				Fields,
				OutgoingRequest,
				OutgoingBody,
				RequestOptions,
				IncomingRequest,
				OutgoingResponse,
				ResponseOutparam,
				httpErrorCode: () => undefined,
				IncomingBody,
				IncomingResponse,
				FutureIncomingResponse,
				FutureTrailers,
			},
			'wasi:http/outgoing-handler': { handle },
		},
	};
}

/** The part of the URL pattern syntax that the samples use: `*` for anything. */
function matches(pattern: string, url: string) {
	const parts = pattern.split('*').map((part) => part.replace(/[.?+^$()[\]{}|\\]/g, '\\$&'));
	return new RegExp(`^${parts.join('.*')}$`).test(url);
}

/** An object that passes for a resource of the shim's class and does only what is given. */
function resource(of: { prototype: object }, methods: object) {
	return Object.assign(Object.create(of.prototype), { [Symbol.dispose]() {} }, methods);
}

function bodyStream(bytes: Uint8Array) {
	let at = 0;
	return resource(streams.InputStream, {
		blockingRead(length: bigint) {
			if (at >= bytes.length) throw { tag: 'closed' };
			const chunk = bytes.slice(at, at + Number(length));
			at += chunk.length;
			return chunk;
		},
	});
}

const readyPollable = () => resource(poll.Pollable, { ready: () => true, block() {} });
