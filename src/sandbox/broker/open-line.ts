import type { HttpFailure } from '../../core/call';
import { explained } from './failure';
import { sortHeaders } from './headers';
import { openOffice, type BrokerParts, type Office } from './office';
import { isExpressible, sourceParts, sourceOf } from './sources';

/** A way to one server, and to no other. */
export interface Line {
	/** As the browser's `fetch`, from a frame whose origin is `null`. Rejects with a `LineError` where there is no answer. */
	fetch(url: string | URL, init?: RequestInit): Promise<Response>;
	/** Ends what is under way, and takes the frame away. */
	close(): void;
}

/** A request that got no answer, with what is known of why. A `TypeError`, as `fetch` gives one. */
export class LineError extends TypeError {
	override name = 'LineError';

	constructor(readonly failure: HttpFailure) {
		super(failure.detail ?? `No answer: ${failure.tag}.`);
	}
}

/**
 * Opens a line to the server of an address that the user gave: a frame of its own, in which the origin of that address and nothing else
 * can be reached. No cookie, no referrer and no cache take part, a redirect is not followed, and a stream may stay open as long as it likes.
 */
export function openLine(parts: BrokerParts, address: URL): Line {
	const place = sourceParts(address);
	// A CSP has no words for an IPv6 address: there only the check below holds, which is in code of ours alone.
	const source = sourceOf(place);
	// Plain http at its own port would admit https at that one's too, which is another server.
	const canLook = isExpressible(place.host) && !(place.scheme === 'http' && place.port === '80');
	let office: Office | null = null;
	let closed = false;

	return {
		async fetch(to, init = {}) {
			const url = new URL(to);
			if (closed) throw new TypeError('The connection is closed.');
			if (url.origin !== address.origin)
				throw new TypeError(`This line goes to ${address.origin} only, not to ${url.origin}.`);
			const { signal } = init;
			signal?.throwIfAborted();
			const opened = (office ??= openOffice(parts, [source], () => (office = null)));
			await opened.frame.ready;
			const answering = opened.connection.call('fetch', {
				method: init.method ?? 'GET',
				url: url.href,
				headers: sortHeaders([...new Headers(init.headers)]).sent,
				body: init.body == null ? null : new TextEncoder().encode(String(init.body)),
				timeouts: { connectMs: null, firstByteMs: null, betweenBytesMs: null },
				follow: false,
				patient: true,
			});
			const answer = await orAborted(answering, signal, () => {
				void answering.then(
					(late) => late.ok && opened.connection.tell('cancel', late.response),
					() => {},
				);
			});
			if (!answer.ok) {
				const { error } = answer;
				const isUnread = error.cause === 'unread' && canLook;
				throw new LineError(
					isUnread ? explained(error, await opened.connection.call('isThere', url.href)) : error,
				);
			}
			const { response, status, headers } = answer;
			const hasBody = ![204, 205, 304].includes(status);
			if (!hasBody) opened.connection.tell('cancel', response);
			return new Response(hasBody ? streamOf(opened, response, signal) : null, {
				status,
				headers: headers.map(([name, value]) => [name, value] as [string, string]),
			});
		},
		close() {
			closed = true;
			office?.close();
		},
	};
}

function orAborted<T>(
	promise: Promise<T>,
	signal: AbortSignal | null | undefined,
	onAbort: () => void,
): Promise<T> {
	if (!signal) return promise;
	return new Promise((resolve, reject) => {
		const abort = () => {
			onAbort();
			reject(signal.reason);
		};
		signal.addEventListener('abort', abort, { once: true });
		promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
	});
}

function streamOf({ connection }: Office, response: number, signal: AbortSignal | null | undefined) {
	const cancel = () => connection.tell('cancel', response);
	return new ReadableStream<Uint8Array>({
		start: (controller) =>
			signal?.addEventListener(
				'abort',
				() => {
					cancel();
					controller.error(signal.reason);
				},
				{ once: true },
			),
		async pull(controller) {
			const chunk = await connection.call('read', response);
			if (signal?.aborted) return;
			if (!chunk.ok) controller.error(new LineError(chunk.error));
			else if (chunk.bytes === null) controller.close();
			else controller.enqueue(chunk.bytes);
		},
		cancel,
	});
}
