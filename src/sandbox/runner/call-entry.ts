import type { CallSetup } from '../../core/call';
import { toBase64 } from '../../core/base64';
import { returnedToJson, type ResultJson } from '../../core/wit';
import type { Json } from '../../core/wit/types';
import { errorWords, toErrorCode } from '../../host/http/error-code';
import type { ServiceAnswer, ServiceRequest } from '../../host/http/service';
import type { Host } from '../../host/types';

/**
 * Calls the start of a command or the handler of a service; see `asEntry`. A command finds its arguments and its input where WASI has
 * them, a service is handed one request. Throws what the component throws.
 */
export async function callEntry(
	setup: Pick<CallSetup, 'function' | 'arguments'>,
	run: (...args: readonly unknown[]) => unknown,
	host: Pick<Host, 'serve' | 'serve3'>,
): Promise<ResultJson> {
	if (setup.function.entry === 'command') return returnedToJson(setup.function, await run());
	if (setup.function.interface?.startsWith('wasi:http/handler@')) {
		try {
			const response = await run(host.serve3.requestOf(requestOf(setup.arguments)));
			return answerToJson(await host.serve3.answerOf(response));
		} catch (error) {
			const code = error instanceof Error && 'payload' in error ? toErrorCode(error.payload) : null;
			if (!code) throw error;
			return answerToJson({ ok: false, error: `The service answered with the error ${errorWords(code)}.` });
		}
	}
	const exchange = host.serve(requestOf(setup.arguments));
	await run(exchange.request, exchange.responseOut);
	return answerToJson(exchange.answer());
}

/** The request that arguments stand for: a GET of the root unless they say otherwise. */
function requestOf({ method, path, headers, body }: CallSetup['arguments']): ServiceRequest {
	const text = typeof path === 'string' && path !== '' ? path : '/';
	return {
		method: typeof method === 'string' && method !== '' ? method : 'GET',
		path: text.startsWith('/') ? text : `/${text}`,
		headers: Array.isArray(headers)
			? (headers as [string, string][]).map(([name, value]) => [name, latin1(value)])
			: [],
		body: new TextEncoder().encode(typeof body === 'string' ? body : ''),
	};
}

/** A text as the bytes that go over the wire, each as one character. */
const latin1 = (text: string) =>
	Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');

function answerToJson(answer: ServiceAnswer): ResultJson {
	if (!answer.ok) return { json: { err: answer.error }, isErr: true };
	const { status, headers, body, trailers } = answer;
	return {
		json: {
			ok: {
				status,
				headers: pairs(headers),
				...bodyText(body),
				trailers: trailers.length > 0 ? pairs(trailers) : null,
			},
		},
		isErr: false,
	};
}

const pairs = (list: readonly (readonly [name: string, value: string])[]): Json =>
	list.map(([name, value]): Json => [name, value]);

function bodyText(bytes: Uint8Array): { body: string; encoding: 'text' | 'base64' } {
	try {
		return { body: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'text' };
	} catch {
		return { body: toBase64(bytes), encoding: 'base64' };
	}
}
