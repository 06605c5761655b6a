import { fromBase64, toBase64 } from '../../core/base64';
import type { HttpFailure, PortRequest, PortResponse } from '../../core/call';
import type { Broker, NamedOptions } from '../../sandbox/broker/create-broker';
import type { Post } from './post';

/** What the command answers to a request that it made. */
type Fetched =
	| {
			readonly ok: true;
			readonly status: number;
			readonly headers: readonly (readonly [string, string])[];
			readonly body: number;
	  }
	| { readonly ok: false; readonly error: HttpFailure };

/** Redirects of one fetch that are followed. */
const mostHops = 5;

/**
 * The broker of a page that a command shows: requests are made by the command, which no server has to admit (CORS), once the page has decided. It follows no
 * redirect: a component is handed one, as by Wassette, and what it asks for then is decided like anything; what a person named is followed here, to
 * hosts that they were shown.
 */
export function throughCommand(broker: Broker, post: Pick<Post, 'ask'>): Broker {
	async function perform({
		method,
		url,
		headers,
		body,
	}: Pick<PortRequest, 'method' | 'url' | 'headers' | 'body'>) {
		let fetched: Fetched;
		try {
			fetched = (await post.ask({
				what: 'fetch',
				with: {
					method,
					url,
					headers: headers.map(([name, value]) => [name, value]),
					body: body && toBase64(body),
				},
			})) as unknown as Fetched;
		} catch (error) {
			return failed({
				tag: 'internal-error',
				detail: error instanceof Error ? error.message : String(error),
			});
		}
		return fetched.ok ? responseOf(fetched) : failed(fetched.error);
	}

	function responseOf({ status, headers, body }: Fetched & { readonly ok: true }): PortResponse {
		let done = false;
		return {
			...{ ok: true, status, headers },
			async read() {
				if (done) return null;
				try {
					const chunk = await post.ask({ what: 'read-body', with: body });
					done = chunk === null;
					return chunk === null ? null : fromBase64(chunk as string);
				} catch (error) {
					done = true;
					throw { tag: 'connection-terminated', detail: String(error) } satisfies HttpFailure;
				}
			},
			cancel() {
				if (!done) void post.ask({ what: 'cancel-body', with: body }).catch(() => {});
				done = true;
			},
		};
	}

	async function fetchNamed(
		address: string,
		{ origins = [], headers = [] }: NamedOptions = {},
	): Promise<PortResponse> {
		const shown = new Set([address, ...origins].map((one) => new URL(one).host));
		let url = address;
		for (let hop = 0; hop <= mostHops; hop++) {
			// What was meant for the first host is told to no other.
			const sent = new URL(url).host === new URL(address).host ? headers : [];
			const response = await perform({ method: 'GET', url, headers: sent, body: null });
			const to = response.ok && isRedirect(response.status) ? locationOf(response, url) : null;
			if (!response.ok || to === null) return response;
			response.cancel();
			if (!shown.has(to.host) || (to.protocol !== 'https:' && to.origin !== new URL(url).origin))
				return failed({
					tag: 'HTTP-request-denied',
					cause: 'redirect',
					detail: `It redirects to ${to.origin}.`,
				});
			url = to.href;
		}
		return failed({
			tag: 'HTTP-request-denied',
			cause: 'redirect',
			detail: `It redirects more than ${mostHops} times.`,
		});
	}

	return { ...broker, fetchLive: (request) => perform(request), fetchNamed };
}

const failed = (error: HttpFailure): PortResponse => ({ ok: false, error });

const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status);

function locationOf({ headers }: PortResponse & { readonly ok: true }, base: string): URL | null {
	const location = headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
	if (location === undefined || !URL.canParse(location, base)) return null;
	const url = new URL(location, base);
	return /^https?:$/.test(url.protocol) ? url : null;
}
