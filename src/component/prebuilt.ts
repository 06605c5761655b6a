import { counted } from './counted-fetch';
import { readPrebuilt } from './prebuilt-file';
import { prebuiltPath } from './prebuilt-path';
import type { Program } from './program';
import type { TranspiledComponent } from './transpile';

/** What the transpiler made of the samples when the site was built. No method ever rejects: what cannot be had is not found. */
export interface PrebuiltPrograms {
	/** Starts fetching what was made of the component with this digest, since that component is on its way. */
	fetchAhead(sha256: string): void;
	/** What was made of a component; null where nothing was, it cannot be read, or the signal came first. */
	get(
		sha256: string,
		component: Uint8Array,
		options?: {
			readonly signal?: AbortSignal;
			/** Told how many bytes have come, first that none have; not told where there is nothing to fetch. */
			readonly onBytes?: (received: number) => void;
		},
	): Promise<TranspiledComponent | null>;
}

export interface PrebuiltOptions {
	/** Names exactly the transpiler that programs are made by. */
	readonly transpiler: string;
	readonly mode: Program['mode'];
	/** Whether there is one for the component with this digest: nothing is fetched to find that out. */
	readonly has: (sha256: string) => boolean;
	/** The address of a file of the site, from its path in it. */
	readonly address: (path: string) => string;
	readonly fetch: typeof globalThis.fetch;
}

interface Fetch {
	readonly sha256: string;
	readonly file: Promise<unknown>;
	received: number;
	onBytes?: (received: number) => void;
}

/** Prebuilt programs as files of the site. The HTTP cache and the service worker keep them, so nothing else does. */
export function createPrebuilt({ transpiler, mode, has, address, fetch }: PrebuiltOptions): PrebuiltPrograms {
	let ahead: Fetch | null = null;

	function start(sha256: string): Fetch {
		const started: Fetch = { sha256, file: read(), received: 0 };
		async function read(): Promise<unknown> {
			try {
				const response = await counted(fetch, (total) => {
					started.received = total;
					started.onBytes?.(total);
				})(address(prebuiltPath({ transpiler, sha256, mode })));
				return response.ok ? await response.json() : null;
			} catch {
				return null;
			}
		}
		return started;
	}

	return {
		fetchAhead(sha256) {
			if (has(sha256) && ahead?.sha256 !== sha256) ahead = start(sha256);
		},
		async get(sha256, component, { signal, onBytes } = {}) {
			if (!has(sha256) || signal?.aborted) return null;
			const fetching = ahead?.sha256 === sha256 ? ahead : start(sha256);
			ahead = null;
			onBytes?.(fetching.received);
			fetching.onBytes = onBytes;
			const file = await Promise.race([fetching.file, ...(signal ? [abortOf(signal)] : [])]);
			return signal?.aborted ? null : readPrebuilt(file, component, { transpiler, sha256, mode });
		},
	};
}

const abortOf = (signal: AbortSignal): Promise<null> =>
	new Promise((resolve) => signal.addEventListener('abort', () => resolve(null), { once: true }));
