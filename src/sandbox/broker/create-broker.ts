import type { HttpFailure, PortResponse, PortRequest, Probe } from '../../core/call';
import { createGate, type Decision, type Grants } from '../../core/policy';
import { parseUrl, type ParsedUrl } from '../../core/url';
import { explained } from './failure';
import type { BrokerParts } from './office';
import { createOffices } from './offices';
import { openLine, type Line } from './open-line';
import { askOffice, failed } from './ask-office';
import { exactSource, brokerReachOf, reachOfNamed } from './sources';

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
			const response = await askOffice(
				offices,
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
			const response = await askOffice(offices, { ...plainGet, url: href, headers }, reach, () => true);
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
