import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { instantiate } from '../run-in-node';

const bytes = new Uint8Array(readFileSync(new URL('hello-http.wasm', import.meta.url)));

test.each([
	[{ tag: 'get' }, '/a?b', 'Hello! You sent GET /a?b\n'],
	[{ tag: 'other', val: 'BREW' }, undefined, 'Hello! You sent BREW /\n'],
])('hello-http answers %j of %s', async (method, path, text) => {
	let body = '';
	let response: { headers: string } | undefined;
	class IncomingRequest {
		method = () => method;
		pathWithQuery = () => path;
	}
	class Fields {
		all = '';
		append(name: string, value: Uint8Array) {
			this.all += `${name}: ${Buffer.from(value).toString()}`;
		}
	}
	class OutputStream {
		blockingWriteAndFlush = (content: Uint8Array) => void (body += Buffer.from(content).toString());
	}
	class OutgoingBody {
		write = () => new OutputStream();
		static finish() {}
	}
	class OutgoingResponse {
		readonly headers: string;
		constructor(fields: Fields) {
			this.headers = fields.all;
		}
		body = () => new OutgoingBody();
	}
	class ResponseOutparam {
		static set(_to: ResponseOutparam, answer: { tag: 'ok'; val: OutgoingResponse }) {
			response = answer.val;
		}
	}
	const { incomingHandler } = await instantiate(bytes, {
		imports: {
			'wasi:io/streams': { OutputStream, InputStream: class {} },
			'wasi:http/types': {
				IncomingRequest,
				Fields,
				OutgoingBody,
				OutgoingResponse,
				ResponseOutparam,
				FutureTrailers: class {},
			},
		},
	});
	incomingHandler.handle(new IncomingRequest(), new ResponseOutparam());
	expect(response?.headers).toBe('content-type: text/plain; charset=utf-8');
	expect(body).toBe(text);
});
