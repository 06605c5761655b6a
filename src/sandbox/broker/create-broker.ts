import type { HttpFailure, IncomingResponse, OutgoingRequest } from '../../core/call';
import { createGate, type Grants } from '../../core/policy';
import { parseUrl } from '../../core/url';
import type { BrokerCalls } from '../protocol';
import { sortHeaders } from './headers';
import { openOffice, type BrokerParts, type Office } from './office';
import { openLine, type Line } from './open-line';
import { reachOf, type Reach } from './sources';

export interface Broker {
	/**
	 * Performs a request that was decided. It reaches nothing that the grants do not cover, redirects included, and never the page's own
	 * site; no cookie, no referrer and no cache take part. Settles with a failure where there is no answer.
	 */
	fetchLive(request: OutgoingRequest, grants: Grants): Promise<IncomingResponse>;
	/** Fetches what the user named, such as a component: as anonymous as the above, and following redirects anywhere. */
	fetchNamed(url: string): Promise<IncomingResponse>;
	/** Opens a line to a server that the user named, in a frame of its own that no component's request shares. */
	openLine(address: URL): Line;
	/** Removes every frame. */
	dispose(): void;
}

/** Frames that stay for the next request of the same reach. */
const kept = 3;

interface SharedOffice extends Office {
	/** Requests and bodies that are open in it. */
	open: number;
}

/** Makes the broker: frames of ours, one for each set of hosts, in which live requests are made. */
export function createBroker(parts: BrokerParts): Broker {
	const own = new URL(parts.brokerUrl);
	const offices = new Map<string, SharedOffice>();

	function officeFor({ sources }: Reach): SharedOffice {
		const key = sources.join(' ');
		const known = offices.get(key);
		if (known) {
			// The most recently used is last.
			offices.delete(key);
			offices.set(key, known);
			return known;
		}
		const opened = openOffice(parts, sources, () => {
			if (offices.get(key) === office) offices.delete(key);
		});
		const office: SharedOffice = { ...opened, open: 0 };
		offices.set(key, office);
		return office;
	}

	function leave(office: SharedOffice): void {
		office.open -= 1;
		for (const other of offices.values()) {
			if (offices.size <= kept) return;
			if (other.open === 0) other.close();
		}
	}

	async function perform(
		request: OutgoingRequest,
		reach: Reach,
		mayHaveCome: (url: string) => boolean,
	): Promise<IncomingResponse> {
		const headers = sortHeaders(request.headers);
		if (headers.refused.length > 0) {
			return failed(
				'internal-error',
				`A browser does not let a page send the header ${headers.refused.join(', ')}.`,
			);
		}
		if (request.body?.byteLength && ['GET', 'HEAD'].includes(request.method)) {
			return failed('internal-error', `A browser does not send a body with ${request.method}.`);
		}
		if (['CONNECT', 'TRACE', 'TRACK'].includes(request.method.toUpperCase())) {
			return failed('internal-error', `A browser does not send ${request.method}.`);
		}
		const office = officeFor(reach);
		office.open += 1;
		let answer: Awaited<ReturnType<BrokerCalls['fetch']>>;
		try {
			await office.frame.ready;
			answer = await office.connection.call('fetch', {
				...request,
				headers: headers.sent,
				follow: reach.follow,
			});
		} catch (error) {
			leave(office);
			return failed('internal-error', error instanceof Error ? error.message : String(error));
		}
		if (!answer.ok) {
			leave(office);
			return answer;
		}
		const { response, status, url } = answer;
		let done = false;
		const finish = () => {
			if (!done) leave(office);
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
			return perform(
				{ ...request, url: parsed.value.href },
				reachOf(grants, parsed.value, own),
				// Without a redirect it is what was decided, which a release may have read otherwise than as it was parsed.
				(url) =>
					url === parsed.value.href.replace(/#.*/s, '') ||
					gate({ kind: 'network', method: request.method, url }).ok,
			);
		},
		fetchNamed: (url) =>
			perform(
				{
					method: 'GET',
					url,
					headers: [],
					body: null,
					timeouts: { connectMs: null, firstByteMs: null, betweenBytesMs: null },
				},
				{ sources: ['http:', 'https:'], follow: true },
				() => true,
			),
		openLine: (address) => openLine(parts, address),
		dispose() {
			for (const office of offices.values()) office.close();
		},
	};
}

const failed = (tag: string, detail: string): IncomingResponse => ({
	ok: false,
	error: { tag, val: detail, detail },
});

const lost = (error: unknown): { ok: false; error: HttpFailure } => ({
	ok: false,
	error: { tag: 'connection-terminated', detail: error instanceof Error ? error.message : String(error) },
});
