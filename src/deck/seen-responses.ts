import { toBase64 } from '../core/base64';
import type { IncomingResponse, OutgoingRequest } from '../core/call';
import { patternOf } from '../core/har';
import type { Route } from '../core/world';

/** A live response as it was seen: a route that answers the same, or why there is none yet. */
export type SeenResponse =
	{ readonly ok: true; readonly route: Route } | { readonly ok: false; readonly why: string };

/** Bytes of one body, and of all that are kept. */
const maxBody = 2 ** 20;
const maxKept = 8 * 2 ** 20;

type Head = Extract<IncomingResponse, { ok: true }>;

interface Kept {
	readonly request: OutgoingRequest;
	readonly response: Pick<Head, 'status' | 'headers'>;
	chunks: Uint8Array[];
	size: number;
	state: 'open' | 'ended' | 'cut off' | 'too large';
}

/** Keeps a copy of the live responses that pass through the page, by the id of their entry in the record; the oldest go first. */
export class SeenResponses {
	#kept = new Map<number, Kept>();
	#size = 0;

	/** The response, which is copied as it is read. */
	watch(id: number, request: OutgoingRequest, response: Head): Head {
		const { status, headers } = response;
		const kept: Kept = { request, response: { status, headers }, chunks: [], size: 0, state: 'open' };
		this.#kept.set(id, kept);
		return {
			...response,
			read: async () => {
				try {
					const chunk = await response.read();
					if (chunk === null) {
						if (kept.state === 'open') kept.state = 'ended';
					} else this.#add(kept, chunk);
					return chunk;
				} catch (error) {
					if (kept.state === 'open') kept.state = 'cut off';
					throw error;
				}
			},
			cancel: () => {
				if (kept.state === 'open') kept.state = 'cut off';
				response.cancel();
			},
		};
	}

	/** What can be made of a response; null where no live response belongs to the entry. */
	of(id: number): SeenResponse | null {
		const kept = this.#kept.get(id);
		if (!kept) return null;
		if (kept.state === 'too large')
			return { ok: false, why: 'Its body is larger than 1 MiB, which is the most that is kept.' };
		if (kept.state !== 'ended')
			return { ok: false, why: 'Its body was not read to the end, so there is nothing whole to keep.' };
		const url = patternOf(kept.request.url);
		if (url === null) return { ok: false, why: 'No pattern can stand for its URL.' };
		const { status, headers } = kept.response;
		return { ok: true, route: { method: kept.request.method, url, status, headers, ...bodyOf(kept) } };
	}

	clear(): void {
		this.#kept.clear();
		this.#size = 0;
	}

	#add(kept: Kept, chunk: Uint8Array): void {
		if (kept.state !== 'open') return;
		if (kept.size + chunk.length > maxBody) {
			this.#size -= kept.size;
			kept.chunks = [];
			kept.size = 0;
			kept.state = 'too large';
			return;
		}
		kept.chunks.push(chunk.slice());
		kept.size += chunk.length;
		this.#size += chunk.length;
		for (const [id, oldest] of this.#kept) {
			if (this.#size <= maxKept) break;
			if (oldest === kept) continue;
			this.#size -= oldest.size;
			this.#kept.delete(id);
		}
	}
}

function bodyOf({ chunks, size }: Kept): Pick<Route, 'body'> {
	if (size === 0) return {};
	const bytes = new Uint8Array(size);
	let at = 0;
	for (const chunk of chunks) {
		bytes.set(chunk, at);
		at += chunk.length;
	}
	try {
		return { body: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
	} catch {
		return { body: { base64: toBase64(bytes) } };
	}
}
