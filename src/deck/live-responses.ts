import { toBase64 } from '../core/base64';
import type { PortResponse, PortRequest } from '../core/call';
import type { MetResponse } from '../core/freeze';
import { patternOf } from '../core/har';
import type { Route } from '../core/world';

/** A live response as it was seen: a route that answers the same, or why there is none yet. */
export type SeenResponse =
	{ readonly ok: true; readonly route: Route } | { readonly ok: false; readonly why: string };

/** Bytes of one body that are kept. */
const mostOfOne = 2 ** 20;
/** Bytes of all bodies that can be shown by their entry; the oldest go first. */
const mostShown = 8 * 2 ** 20;
/** What a frozen world is made from: responses, and bytes of their bodies, as many as a scenario of 4 MiB can carry. What comes later is left out. */
const mostMet = { responses: 256, bytes: 3 * 2 ** 20 } as const;

interface Kept {
	readonly request: Pick<PortRequest, 'method' | 'url'>;
	readonly status: number;
	readonly headers: MetResponse['headers'];
	chunks: Uint8Array[];
	size: number;
	state: 'open' | 'ended' | 'cut off' | 'too large';
	failure?: string;
	/** It can be shown by its entry still. */
	isShown: boolean;
	/** Its body is among those that a frozen world is made from. */
	isMet: boolean;
}

/** The live responses of a session, copied once as they pass through the page: by the id of their entry in the record, and in the order they came. */
export class LiveResponses {
	#byEntry = new Map<number, Kept>();
	#shownBytes = 0;
	#met: Kept[] = [];
	#metBytes = 0;

	/** What the live network answered since the session began or was replaced. */
	get met(): readonly MetResponse[] {
		return this.#met.map(({ request, status, headers, failure, ...kept }) => ({
			...{ method: request.method, url: request.url, status, headers },
			body: kept.isMet && kept.state !== 'too large' && status > 0 ? joined(kept) : null,
			...(failure !== undefined && { failure }),
		}));
	}

	/** The response to a request, which is copied as it is read. `id` is that of its entry. */
	watch(id: number, request: PortRequest, response: PortResponse): PortResponse {
		const isMet = this.#met.length < mostMet.responses;
		const { method, url } = request;
		const about = { request: { method, url }, chunks: [], size: 0, isMet };
		if (!response.ok) {
			const { tag: failure } = response.error;
			if (isMet)
				this.#met.push({ ...about, status: 0, headers: [], state: 'ended', failure, isShown: false });
			return response;
		}
		const { status, headers } = response;
		const kept: Kept = { ...about, status, headers, state: 'open', isShown: true };
		this.#byEntry.set(id, kept);
		if (isMet) this.#met.push(kept);
		return {
			...response,
			read: async () => {
				try {
					const chunk = await response.read();
					if (chunk) this.#add(kept, chunk);
					else if (kept.state === 'open') kept.state = 'ended';
					return chunk;
				} catch (error) {
					if (kept.state === 'open') kept.state = 'cut off';
					kept.failure = 'connection-terminated';
					throw error;
				}
			},
			cancel: () => {
				if (kept.state === 'open') kept.state = 'cut off';
				response.cancel();
			},
		};
	}

	/** What can be made of a response; null where no live response belongs to the entry, or it is kept no longer. */
	of(id: number): SeenResponse | null {
		const kept = this.#byEntry.get(id);
		if (!kept) return null;
		if (kept.state === 'too large')
			return { ok: false, why: 'Its body is larger than 1 MiB, which is the most that is kept.' };
		if (kept.state !== 'ended')
			return { ok: false, why: 'Its body was not read to the end, so there is nothing whole to keep.' };
		const url = patternOf(kept.request.url);
		if (url === null) return { ok: false, why: 'No pattern can stand for its URL.' };
		const { status, headers } = kept;
		return { ok: true, route: { method: kept.request.method, url, status, headers, ...bodyOf(kept) } };
	}

	/** Another session takes the place of the one whose responses these are. */
	clear(): void {
		this.#byEntry.clear();
		this.#shownBytes = 0;
		this.#met = [];
		this.#metBytes = 0;
	}

	#add(kept: Kept, chunk: Uint8Array): void {
		if (kept.state !== 'open') return;
		if (kept.size + chunk.length > mostOfOne) {
			this.#leaveOut(kept);
			if (kept.isShown) this.#shownBytes -= kept.size;
			kept.chunks = [];
			kept.size = 0;
			kept.state = 'too large';
			return;
		}
		if (kept.isMet && this.#metBytes + chunk.length > mostMet.bytes) this.#leaveOut(kept);
		if (!kept.isMet && !kept.isShown) return;
		kept.chunks.push(chunk.slice());
		kept.size += chunk.length;
		if (kept.isMet) this.#metBytes += chunk.length;
		if (!kept.isShown) return;
		this.#shownBytes += chunk.length;
		for (const [id, oldest] of this.#byEntry) {
			if (this.#shownBytes <= mostShown) break;
			if (oldest === kept) continue;
			this.#shownBytes -= oldest.size;
			oldest.isShown = false;
			if (!oldest.isMet) oldest.chunks = [];
			this.#byEntry.delete(id);
		}
	}

	/** A frozen world goes without this body. */
	#leaveOut(kept: Kept): void {
		if (kept.isMet) this.#metBytes -= kept.size;
		kept.isMet = false;
		if (!kept.isShown) kept.chunks = [];
	}
}

function joined({ chunks, size }: Pick<Kept, 'chunks' | 'size'>): Uint8Array {
	const bytes = new Uint8Array(size);
	let at = 0;
	for (const chunk of chunks) {
		bytes.set(chunk, at);
		at += chunk.length;
	}
	return bytes;
}

function bodyOf(kept: Kept): Pick<Route, 'body'> {
	if (kept.size === 0) return {};
	const bytes = joined(kept);
	try {
		return { body: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
	} catch {
		return { body: { base64: toBase64(bytes) } };
	}
}
