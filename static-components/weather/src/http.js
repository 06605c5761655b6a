import { handle } from 'wasi:http/outgoing-handler@0.2.0';
import { Fields, IncomingBody, OutgoingRequest } from 'wasi:http/types@0.2.0';

const schemes = { 'https:': { tag: 'HTTPS' }, 'http:': { tag: 'HTTP' } };

// QuickJS has no URL class. Everything that is fetched here is written out below, so splitting at the first slashes is enough.
function split(url) {
	const [, scheme, authority, path] = /^(https?:)\/\/([^/?#]+)([^#]*)/.exec(url);
	return { scheme: schemes[scheme], authority, path: path.startsWith('/') ? path : `/${path}` };
}

/** QuickJS has no TextDecoder either: percent-encoding is UTF-8, and it can undo that. */
const decodeUtf8 = (bytes) =>
	decodeURIComponent(Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));

const reasonOf = (error) => error.payload ?? error;

function readBody(response) {
	const body = response.consume();
	const stream = body.stream();
	const bytes = [];
	for (;;) {
		try {
			bytes.push(...stream.blockingRead(65536));
		} catch (error) {
			// The end of a stream is told as a failure.
			if (reasonOf(error).tag !== 'closed') throw error;
			break;
		}
	}
	// A stream belongs to its body and must be gone before it.
	stream[Symbol.dispose]();
	IncomingBody.finish(body);
	return decodeUtf8(bytes);
}

/** The response of a request that was sent; throws the error code where there is none. */
function waitFor(pending) {
	const pollable = pending.subscribe();
	pollable.block();
	pollable[Symbol.dispose]();
	let answer = pending.get();
	// The answer is a response in two results: one for taking it twice, one for the transfer.
	while ('tag' in answer) {
		if (answer.tag === 'err') throw answer.val;
		answer = answer.val;
	}
	return answer;
}

/** The JSON that a URL answers with; throws an Error that says why there is none. */
export function getJson(url) {
	const { scheme, authority, path } = split(url);
	const request = new OutgoingRequest(new Fields());
	request.setScheme(scheme);
	request.setAuthority(authority);
	request.setPathWithQuery(path);

	let response;
	try {
		response = waitFor(handle(request, null));
	} catch (error) {
		throw new Error(`${authority}: ${reasonOf(error).tag}`);
	}
	if (response.status() !== 200) throw new Error(`${authority}: status ${response.status()}`);
	return JSON.parse(readBody(response));
}
