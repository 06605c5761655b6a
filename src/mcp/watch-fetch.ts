import { propertyOf } from '../core/property-of';
import { isList } from '../core/is-list';
import type { RequestId } from '@modelcontextprotocol/sdk/types.js';

export type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

export interface FetchWatcher {
	/** Told when a request got no answer at all; returns what it rejects with. */
	readonly onUnreachable: (error: unknown) => unknown;
	/** Told when the server knows nothing of the session any more. */
	readonly onForgotten: () => void;
	/**
	 * Told when the stream that answers some JSON-RPC requests is over, for better or worse: what is not answered by then is not
	 * answered by this stream. `resumable` is one whose events had ids, by which it can be asked for again.
	 */
	readonly onCutOff: (ids: readonly RequestId[], resumable: boolean) => void;
}

/** How long what came last may take through the transport's own streams, in milliseconds. */
const settleMs = 250;

/** Wraps a `fetch` so that the end of a server is noticed, where the transport itself would wait for ever. */
export function watchFetch(fetch: Fetch, { onUnreachable, onForgotten, onCutOff }: FetchWatcher): Fetch {
	return async (url, init) => {
		let response: Response;
		try {
			response = await fetch(url, init);
		} catch (error) {
			throw init?.signal?.aborted ? error : onUnreachable(error);
		}
		const headers = new Headers(init?.headers);
		if (response.status === 404 && headers.has('mcp-session-id')) onForgotten();
		const ids = init?.method === 'POST' ? requestIds(init.body) : [];
		const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
		if (!isStream || !response.body || ids.length === 0) return response;
		const over = (resumable: boolean) => setTimeout(() => onCutOff(ids, resumable), settleMs);
		return new Response(watchEnd(response.body, over), response);
	};
}

function watchEnd(body: ReadableStream<Uint8Array>, onEnd: (resumable: boolean) => void) {
	const reader = body.getReader();
	const decoder = new TextDecoder();
	let resumable = false;
	let tail = '\n';
	return new ReadableStream<Uint8Array>({
		async pull(controller) {
			try {
				const { value, done } = await reader.read();
				if (done) {
					controller.close();
					onEnd(resumable);
					return;
				}
				const text = tail + decoder.decode(value, { stream: true });
				resumable ||= /[\r\n]id:/.test(text);
				tail = text.slice(-4);
				controller.enqueue(value);
			} catch (error) {
				controller.error(error);
				onEnd(resumable);
			}
		},
		cancel: (reason) => reader.cancel(reason),
	});
}

function requestIds(body: RequestInit['body']): RequestId[] {
	if (typeof body !== 'string') return [];
	const messages: unknown = JSON.parse(body);
	return (isList(messages) ? messages : [messages]).flatMap((message) => {
		const [id, method] = [propertyOf(message, 'id'), propertyOf(message, 'method')];
		return method !== undefined && (typeof id === 'string' || typeof id === 'number') ? [id] : [];
	});
}
