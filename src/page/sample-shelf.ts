import { err, ok, type Result } from '../core/result';
import { worldOf, type Scenario } from '../core/scenario';
import type { Json } from '../core/wit/types';
import type { World } from '../core/world';
import { fetchOwn, sampleDigest, sampleScenario, sampleUrl } from './samples';

/** What goes with the fetching of a component of ours. */
interface FetchOptions {
	readonly signal?: AbortSignal;
	/** Bytes so far, and all of them where that is known. */
	readonly onProgress?: (received: number, total: number | null) => void;
}

/** A sample, whole: its component, and what goes with it. */
export interface Sample {
	readonly id: string;
	readonly bytes: Uint8Array;
	readonly policy: string | null;
	readonly world: Partial<World>;
	readonly call?: { readonly tool: string; readonly arguments: { readonly [name: string]: Json } };
	readonly scenario: Scenario;
}

/** The component of a sample that nobody has asked for yet. */
interface Ahead {
	readonly name: string;
	readonly stop: AbortController;
	readonly bytes: Promise<Result<Uint8Array, string>>;
	onProgress?: FetchOptions['onProgress'];
}

/** Gets samples from beside the page. `onOwn` is told the digest of a component of ours when it is about to be fetched. */
export function createSampleShelf(onOwn?: (sha256: string) => void) {
	let ahead: Ahead | null = null;

	return { component, sample, sampleAhead };

	async function component(name: string, options: FetchOptions = {}): Promise<Result<Uint8Array, string>> {
		const early = ahead?.name === name ? ahead : null;
		ahead = null;
		if (early && !options.signal?.aborted) {
			early.onProgress = options.onProgress;
			options.signal?.addEventListener('abort', () => early.stop.abort(), { once: true });
			const bytes = await early.bytes;
			// Where it failed, the connection may be back by now.
			if (bytes.ok || options.signal?.aborted) return bytes;
		}
		return fetchComponent(name, options);
	}

	async function fetchComponent(name: string, options: FetchOptions): Promise<Result<Uint8Array, string>> {
		const url = sampleUrl(name);
		const digest = sampleDigest(name);
		if (digest !== null) onOwn?.(digest);
		return url ? fetchOwn(url, `The sample ${name}`, options) : err(`There is no sample named ${name}.`);
	}

	function sampleAhead(name: string): void {
		const stop = new AbortController();
		const started: Ahead = {
			name,
			stop,
			bytes: fetchComponent(name, {
				signal: stop.signal,
				onProgress: (received, total) => started.onProgress?.(received, total),
			}),
		};
		ahead = started;
		// A module, which is kept once it has come.
		void sampleScenario(name);
	}

	async function sample(name: string, options?: FetchOptions): Promise<Result<Sample, string>> {
		const [bytes, scenario] = await Promise.all([component(name, options), sampleScenario(name)]);
		if (!bytes.ok) return bytes;
		if (!scenario.ok) return scenario;
		const { components, world, calls } = scenario.value;
		const [call] = calls ?? [];
		return ok({
			id: components[0]?.id ?? name,
			bytes: bytes.value,
			policy: components[0]?.policy ?? null,
			world: worldOf(world, Date.now()),
			call: call && { tool: call.tool, arguments: call.arguments },
			scenario: scenario.value,
		});
	}
}
