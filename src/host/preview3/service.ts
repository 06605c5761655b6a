import { errorWords } from '../http/error-code';
import { Fields } from '../http/fields';
import type { ServiceAnswer, ServiceRequest } from '../http/service';
import { methodOf } from '../http/method';
import { Request3, Response3 } from './http';
import { bytesOf, piecesOf } from './streams';

/** The most bytes of a response's body that are taken. */
const most = 8 * 2 ** 20;

/** The request that a service of WASI 0.3 is handed. */
export function requestOf({ method, path, headers, body }: ServiceRequest): Request3 {
	const request = Request3.received(Fields.received(headers), inOnePiece(body));
	request.setMethod(methodOf(method));
	request.setPathWithQuery(path);
	request.setScheme({ tag: 'HTTP' });
	request.setAuthority('localhost');
	return request;
}

async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
	if (bytes.length > 0) yield bytes;
}

/** What such a service answered, once its body has come. */
export async function answerOf(response: unknown): Promise<ServiceAnswer> {
	if (!(response instanceof Response3))
		return { ok: false, error: 'The service returned without a response.' };
	const { status, headers, contents, trailers } = Response3.partsOf(response);
	const pieces: Uint8Array[] = [];
	let size = 0;
	if (contents !== undefined) {
		for await (const piece of piecesOf(contents)) {
			size += piece.length;
			if (size > most)
				return { ok: false, error: `The body of the response is larger than ${most / 2 ** 20} MiB.` };
			pieces.push(bytesOf(piece).slice());
		}
	}
	const body = new Uint8Array(size);
	let at = 0;
	for (const piece of pieces) {
		body.set(piece, at);
		at += piece.length;
	}
	const last = await trailers;
	if (last.tag === 'err')
		return { ok: false, error: `The body of the response broke off: ${errorWords(last.val)}.` };
	return {
		ok: true,
		status,
		headers: Fields.pairsOf(headers),
		body,
		trailers: last.val ? Fields.pairsOf(last.val) : [],
	};
}
