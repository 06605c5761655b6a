import type { HttpFailure } from '../../core/call';
import type { ViolationWatch } from './violations';

/**
 * What is behind a failed fetch, as far as that is known without asking anybody. A browser tells a page no more than that it failed; where
 * nothing else explains it, the cause is `unread`: nobody is there, or somebody whom no page may read.
 */
export async function causeOf(error: unknown, url: string, violated: ViolationWatch): Promise<HttpFailure> {
	const { protocol, hostname } = new URL(url);
	// The violation is reported in a task of its own, perhaps after the fetch has failed.
	await new Promise((resolve) => setTimeout(resolve));
	if (violated.happened()) {
		return {
			tag: 'HTTP-request-denied',
			cause: 'redirect',
			detail:
				'The server redirected to a host that the policy does not allow; the request was not sent there.',
		};
	}
	if (location.protocol === 'https:' && protocol === 'http:' && !isLocal(hostname)) {
		return failure(
			'mixed-content',
			'A page that came over https cannot send requests over plain http (mixed content).',
		);
	}
	if (!navigator.onLine) return failure('offline', 'The browser is offline.');
	const said = error instanceof Error ? error.message : String(error);
	return {
		tag: tagOf(hostname),
		cause: 'unread',
		detail: `The browser gives no answer and no reason (${said}): nothing answers there, or a server does that does not let pages of other sites read it (CORS).`,
	};
}

/** Makes of a failure that is `unread` what it is once it is known whether a server is there; leaves every other as it is. */
export function explained(error: HttpFailure, isThere: boolean): HttpFailure {
	if (error.cause !== 'unread') return error;
	return isThere
		? failure(
				'cors',
				'The server answered, but does not let pages of other sites read it (CORS). Natively this request works; a route can stand in for it.',
			)
		: { tag: error.tag, cause: 'unreachable', detail: 'The browser could not connect.' };
}

const failure = (cause: HttpFailure['cause'], detail: string): HttpFailure => ({
	tag: 'internal-error',
	val: detail,
	cause,
	detail,
});

const tagOf = (host: string) => (isAddress(host) ? 'connection-refused' : 'destination-unavailable');

const isLocal = (host: string) =>
	host === 'localhost' || host.endsWith('.localhost') || host.startsWith('127.') || host === '[::1]';

const isAddress = (host: string) => isLocal(host) || host.startsWith('[') || /^[\d.]+$/.test(host);
