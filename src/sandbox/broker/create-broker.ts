import type { HttpFailure, PortResponse, PortRequest, Probe } from '../../core/call';
import { createGate, type Decision, type Grants } from '../../core/policy';
import { parseUrl, type ParsedUrl } from '../../core/url';
import type { BrokerCalls } from '../protocol';
import { explained } from './failure';
import { sortHeaders } from './headers';
import type { BrokerParts } from './office';
import { createOffices } from './offices';
import { openLine, type Line } from './open-line';
import { exactSource, brokerReachOf, reachOfNamed, type BrokerReach } from './sources';

export interface NamedOptions {
	/** Default none. */
	readonly origins?: readonly string[];
	readonly headers?: PortRequest['headers'];
	/** Where no answer can be read, look whether a server is there; default true. */
	readonly explain?: boolean;
}

export interface Broker {
	/**
	 * Performs a request that was decided. It reaches nothing that the grants do not cover, redirects included, and never the page's own
	 * site; no cookie, no referrer and no cache take part. Settles with a failure where there is no answer.
	 */
	fetchLive(request: PortRequest, grants: Grants): Promise<PortResponse>;
	/**
	 * Fetches what the user named, such as a component: as anonymous as the above. A redirect is followed only to the host of the address, or
	 * to the further `origins`, all of which were shown before it was asked for; another ends in a failure whose cause is `redirect`.
	 */
	fetchNamed(url: string, options?: NamedOptions): Promise<PortResponse>;
	/** Opens a line to a server that the user named, in a frame of its own that no component's request shares. */
	openLine(address: URL): Line;
	/** Removes every frame. */
	dispose(): void;
}

/** Makes the broker: frames of ours, one for each set of hosts, in which live requests are made. */
export function createBroker(parts: BrokerParts): Broker {
	const own = new URL(parts.brokerUrl);
	const offices = createOffices(parts);

	async function perform(
		request: PortRequest,
		reach: BrokerReach,
		mayHaveCome: (url: string) => boolean,
	): Promise<PortResponse> {
		const headers = sortHeaders(request.headers);
		const refusal = refusalOf(request, headers.refused);
		if (refusal !== null) return failed('internal-error', refusal);
		const office = offices.enter(reach.sources);
		let answer: Awaited<ReturnType<BrokerCalls['fetch']>>;
		try {
			await office.frame.ready;
			answer = await office.connection.call('fetch', {
				...request,
				headers: headers.sent,
				follow: reach.follow,
			});
		} catch (error) {
			offices.leave(office);
			return failed('internal-error', error instanceof Error ? error.message : String(error));
		}
		if (!answer.ok) {
			offices.leave(office);
			return answer;
		}
		const { response, status, url } = answer;
		let done = false;
		const finish = () => {
			if (!done) offices.leave(office);
			done = true;
		};
		const cancel = () => {
			if (!done) office.connection.tell('cancel', response);
			finish();
		};
		if (!mayHaveCome(url)) {
			cancel();
			return {
				ok: false,
				error: {
					tag: 'HTTP-request-denied',
					cause: 'redirect',
					detail: `The answer came from ${url}, which the policy does not allow.`,
				},
			};
		}
		return {
			ok: true,
			status,
			headers: answer.headers,
			note:
				headers.dropped.length > 0
					? `Sent without ${headers.dropped.join(', ')}, which a browser sets itself.`
					: undefined,
			async read() {
				if (done) return null;
				const chunk = await office.connection.call('read', response).catch(lost);
				if (!chunk.ok || chunk.bytes === null) finish();
				if (!chunk.ok) throw chunk.error;
				return chunk.bytes;
			},
			cancel,
		};
	}

	/** Whether a server answers at a URL, from a frame that can reach that server and no other; false where none can be asked. */
	async function look(source: string, url: string): Promise<boolean> {
		const office = offices.enter([source]);
		try {
			await office.frame.ready;
			return await office.connection.call('isThere', url);
		} catch {
			return false;
		} finally {
			offices.leave(office);
		}
	}

	/** Explains the failure of a component's request, by a request of our own where the grants cover that as well. */
	async function explain(error: HttpFailure, url: ParsedUrl, grants: Grants): Promise<PortResponse> {
		let decision: Decision | null = null;
		const gate = createGate(grants, (made) => (decision = made));
		const isGranted = (to: string) => gate({ kind: 'network', method: 'HEAD', url: to }).ok;
		const source = error.cause === 'unread' ? exactSource(url, isGranted) : null;
		if (source === null || !isGranted(url.href) || decision === null) return { ok: false, error };
		const began = parts.now();
		const isThere = await look(source, url.href);
		const probe: Probe = { decision, isThere, duration: parts.now() - began };
		return { ok: false, error: explained(error, isThere), probe };
	}

	return {
		fetchLive: async (request, grants) => {
			const parsed = parseUrl(request.url);
			if (!parsed.ok) return { ok: false, error: { tag: 'HTTP-request-URI-invalid' } };
			if (new URL(parsed.value.href).origin === own.origin) {
				return {
					ok: false,
					error: {
						tag: 'HTTP-request-denied',
						cause: 'own-origin',
						detail: 'Tapedeck never lets a component reach the site that Tapedeck itself came from.',
					},
				};
			}
			const gate = createGate(grants, () => {});
			const response = await perform(
				{ ...request, url: parsed.value.href },
				brokerReachOf(grants, parsed.value, own),
				// Without a redirect it is what was decided, which a release may have read otherwise than as it was parsed.
				(url) =>
					url === parsed.value.href.replace(/#.*/s, '') ||
					gate({ kind: 'network', method: request.method, url }).ok,
			);
			return response.ok ? response : explain(response.error, parsed.value, grants);
		},
		async fetchNamed(url, { origins = [], headers = [], explain = true } = {}) {
			const parsed = parseUrl(url);
			if (!parsed.ok) return failed('HTTP-request-URI-invalid', 'This is no address that a page can fetch.');
			const { href, host } = parsed.value;
			const reach = reachOfNamed([href, ...origins]);
			const response = await perform({ ...plainGet, url: href, headers }, reach, () => true);
			if (response.ok || response.error.cause !== 'unread' || !explain) return response;
			// The person named this host; nobody granted a component anything.
			const source = exactSource(parsed.value, (to) => new URL(to).hostname === host);
			if (source === null) return response;
			return { ok: false, error: explained(response.error, await look(source, href)) };
		},
		openLine: (address) => openLine(parts, address),
		dispose: offices.close,
	};
}

const plainGet = {
	method: 'GET',
	headers: [],
	body: null,
	timeouts: { connectMs: null, firstByteMs: null, betweenBytesMs: null },
} as const;

/** Why a browser would not send a request as it is, as a sentence; null where it would. */
function refusalOf({ method, body }: PortRequest, headers: readonly string[]): string | null {
	if (headers.length > 0) return `A browser does not let a page send the header ${headers.join(', ')}.`;
	if (body?.byteLength && ['GET', 'HEAD'].includes(method))
		return `A browser does not send a body with ${method}.`;
	return ['CONNECT', 'TRACE', 'TRACK'].includes(method.toUpperCase())
		? `A browser does not send ${method}.`
		: null;
}

const failed = (tag: string, detail: string): PortResponse => ({
	ok: false,
	error: { tag, val: detail, detail },
});

const lost = (error: unknown): { ok: false; error: HttpFailure } => ({
	ok: false,
	error: { tag: 'connection-terminated', detail: error instanceof Error ? error.message : String(error) },
});
