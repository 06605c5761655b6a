import type { HttpFailure } from '../../core/call';

export interface ViolationWatch {
	/** Whether the CSP blocked this request, or a redirect of it. */
	happened(): boolean;
	stop(): void;
}

/** Watches for the CSP's blocking of a URL. Of a redirect the browser names the URL before it. */
export function watchViolations(url: string): ViolationWatch {
	let happened = false;
	const bare = url.split('#', 1)[0];
	const note = ({ blockedURI }: SecurityPolicyViolationEvent) => {
		if (blockedURI === bare || blockedURI === url) happened = true;
	};
	document.addEventListener('securitypolicyviolation', note);
	return {
		happened: () => happened,
		stop: () => document.removeEventListener('securitypolicyviolation', note),
	};
}

/** How long to look for a server's life after a request to it failed, in milliseconds. */
const probeMs = 5000;

/**
 * What is behind a failed fetch. A browser says no more than "failed" to a page; whether the server is there at all is found by asking it
 * once more for the head of the same URL, without reading the answer.
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
	if (await isThere(url)) {
		return failure(
			'cors',
			'The server answered, but does not let pages of other sites read it (CORS). Natively this request works; a route can stand in for it.',
		);
	}
	const detail = `The browser could not connect: ${error instanceof Error ? error.message : String(error)}.`;
	return isAddress(hostname)
		? { tag: 'connection-refused', cause: 'unreachable', detail }
		: { tag: 'destination-unavailable', cause: 'unreachable', detail };
}

const failure = (cause: HttpFailure['cause'], detail: string): HttpFailure => ({
	tag: 'internal-error',
	val: detail,
	cause,
	detail,
});

async function isThere(url: string): Promise<boolean> {
	try {
		await fetch(url, {
			method: 'HEAD',
			mode: 'no-cors',
			credentials: 'omit',
			referrerPolicy: 'no-referrer',
			cache: 'no-store',
			signal: AbortSignal.timeout(probeMs),
		});
		return true;
	} catch {
		return false;
	}
}

const isLocal = (host: string) =>
	host === 'localhost' || host.endsWith('.localhost') || host.startsWith('127.') || host === '[::1]';

const isAddress = (host: string) => isLocal(host) || host.startsWith('[') || /^[\d.]+$/.test(host);
