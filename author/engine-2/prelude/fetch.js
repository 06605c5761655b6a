// fetch, over wasi:http. Where the world has no asynchronous function nothing can be awaited: then the response comes at once, and so does its body.
import outgoing from 'wasi:http/outgoing-handler@0.2.12';
import http from 'wasi:http/types@0.2.12';
const reasonOf = (error) => {
	const code = error?.payload ?? error;
	return code?.tag ?? code?.message ?? String(code);
};
const refused = (error) => {
	const failure = new TypeError(`fetch failed: ${reasonOf(error)}`);
	failure.cause = error;
	return failure;
};
class FetchResponse {
	#body;
	constructor(status, headers, body, url) {
		this.#body = body;
		Object.assign(this, { status, headers, url, ok: status >= 200 && status < 300 });
	}
	bytes() {
		return later(() => this.#body);
	}
	arrayBuffer() {
		return later(() => this.#body.slice().buffer);
	}
	text() {
		return later(() => decodeUtf8(this.#body));
	}
	json() {
		return later(() => JSON.parse(decodeUtf8(this.#body)));
	}
}
const later = (work) => (isAsync ? Promise.resolve().then(work) : work());
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'];
const send = (address, { method = 'GET', headers = {}, body } = {}) => {
	const [, scheme, authority, rest = ''] = /^(https?):\/\/([^/?#]+)([^#]*)/i.exec(String(address)) ?? [];
	if (authority === undefined) throw new TypeError(`fetch needs an http or https address, not ${address}`);
	const pairs = headers[Symbol.iterator] ? [...headers] : Object.entries(headers);
	const fields = http.Fields.fromList(pairs.map(([name, value]) => [name.toLowerCase(), encodeUtf8(value)]));
	const request = new http.OutgoingRequest(fields);
	const name = method.toUpperCase();
	request.setMethod(methods.includes(name) ? { tag: name.toLowerCase() } : { tag: 'other', val: method });
	request.setScheme({ tag: scheme.toUpperCase() === 'HTTPS' ? 'HTTPS' : 'HTTP' });
	request.setAuthority(authority);
	request.setPathWithQuery(rest.startsWith('/') ? rest : `/${rest}`);
	const outgoingBody = body == null ? null : request.body();
	let future;
	try {
		future = outgoing.handle(request, null);
	} catch (error) {
		throw refused(error);
	}
	if (outgoingBody) {
		const bytes = typeof body === 'string' ? encodeUtf8(body) : new Uint8Array(body.buffer ?? body);
		const stream = outgoingBody.write();
		for (let at = 0; at < bytes.length; at += 4096) stream.blockingWriteAndFlush(bytes.slice(at, at + 4096));
		stream[Symbol.dispose]?.();
		http.OutgoingBody.finish(outgoingBody, null);
	}
	future.subscribe().block();
	let answer = future.get();
	while (answer && 'tag' in answer && (answer.tag === 'ok' || answer.tag === 'some')) answer = answer.val;
	if (answer?.tag === 'err') throw refused(answer.val);
	return read(answer, String(address));
};
const read = (response, url) => {
	const headers = new Map(
		response
			.headers()
			.entries()
			.map(([name, value]) => [name.toLowerCase(), decodeUtf8(value)]),
	);
	const get = headers.get.bind(headers);
	headers.get = (name) => get(String(name).toLowerCase()) ?? null;
	const stream = response.consume().stream();
	const chunks = [];
	let length = 0;
	for (;;) {
		let chunk;
		try {
			chunk = stream.blockingRead(65536n);
		} catch (error) {
			const code = error?.payload ?? error;
			if (code?.tag === 'closed' || code === 'closed') break;
			throw refused(error);
		}
		chunks.push(chunk);
		length += chunk.length;
	}
	const body = new Uint8Array(length);
	let at = 0;
	for (const chunk of chunks) {
		body.set(chunk, at);
		at += chunk.length;
	}
	return new FetchResponse(response.status(), headers, body, url);
};
globalThis.fetch = (address, options) => later(() => send(address, options));
