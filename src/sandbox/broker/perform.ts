import type { HttpFailure } from '../../core/call';
import type { BodyChunk, BrokerAnswer, BrokerRequest } from '../protocol';
import { causeOf } from './failure';
import { watchViolations } from './violations';

/** The longest that a browser may take to the first byte, and between two, in milliseconds. */
const longestMs = 30_000;

/** Left out of every request: who the user is, where they come from, what the browser knows already. */
const anonymous = {
	credentials: 'omit',
	referrerPolicy: 'no-referrer',
	cache: 'no-store',
	mode: 'cors',
} as const;

export interface Body {
	read(): Promise<BodyChunk>;
	cancel(): void;
}

type Head = Extract<BrokerAnswer, { ok: true }>;

export interface Performed {
	readonly answer: Omit<Head, 'response'> | Extract<BrokerAnswer, { ok: false }>;
	readonly body: Body | null;
}

/** Sends one request, and opens its answer. */
export async function perform({
	url,
	method,
	headers,
	body,
	timeouts,
	follow,
	patient = false,
}: BrokerRequest): Promise<Performed> {
	const abort = new AbortController();
	const within = (ms: number | null, tag: string) => {
		if (patient) return () => {};
		const timer = setTimeout(
			() => abort.abort({ tag } satisfies HttpFailure),
			Math.min(ms ?? longestMs, longestMs),
		);
		return () => clearTimeout(timer);
	};
	const arrived = within(timeouts.firstByteMs ?? timeouts.connectMs, 'HTTP-response-timeout');
	const violated = watchViolations(url);
	try {
		const response = await fetch(url, {
			...anonymous,
			method,
			headers: headers.map(([name, value]) => [name, value] as [string, string]),
			body: body && body.byteLength > 0 ? (body as Uint8Array<ArrayBuffer>) : null,
			// A redirect that may not be followed is told apart from a failure, and is not followed.
			redirect: follow ? 'follow' : 'manual',
			signal: abort.signal,
		});
		if (response.type === 'opaqueredirect') {
			return failed({
				tag: 'HTTP-request-denied',
				cause: 'redirect',
				detail: 'The server answered with a redirect, which a page cannot see before it is followed.',
			});
		}
		return {
			answer: { ok: true, url: response.url, status: response.status, headers: headersOf(response) },
			body:
				response.body &&
				bodyOf(response.body, abort, () => within(timeouts.betweenBytesMs, 'connection-read-timeout')),
		};
	} catch (error) {
		return failed(isFailure(error) ? error : await causeOf(error, url, violated));
	} finally {
		arrived();
		violated.stop();
	}
}

const failed = (error: HttpFailure): Performed => ({ answer: { ok: false, error }, body: null });

const isFailure = (error: unknown): error is HttpFailure =>
	typeof error === 'object' && error !== null && 'tag' in error;

/** The headers that fit the body as it is read: a browser has undone its encoding. */
function headersOf({ headers }: Response): (readonly [string, string])[] {
	const isEncoded = headers.has('content-encoding');
	return [...headers].filter(
		([name]) => !isEncoded || (name !== 'content-encoding' && name !== 'content-length'),
	);
}

function bodyOf(stream: ReadableStream<Uint8Array>, abort: AbortController, wait: () => () => void): Body {
	const reader = stream.getReader();
	return {
		async read() {
			const arrived = wait();
			try {
				const { value, done } = await reader.read();
				return { ok: true, bytes: done ? null : value };
			} catch (error) {
				return { ok: false, error: isFailure(error) ? error : { tag: 'connection-terminated' } };
			} finally {
				arrived();
			}
		},
		cancel: () => abort.abort({ tag: 'connection-terminated' } satisfies HttpFailure),
	};
}
