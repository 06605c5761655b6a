import type { HttpFailure } from '../core/call';
import { stemOf } from '../core/stem-of';
import { fileTooLargeMessage } from '../component/size-limit';
import { err, ok, type Result } from '../core/result';
import { most } from '../core/limits';
import { worldOf, type Scenario } from '../core/scenario';
import type { Json } from '../core/wit/types';
import type { World } from '../core/world';
import type { ComponentSource, Deck, DeckComponent } from '../deck/deck';
import type { FetchSource, FollowOptions } from '../deck/scenario';
import type { Broker } from '../sandbox/broker/create-broker';
import { fetchOwn, sampleDigest, sampleScenario, sampleUrl } from './samples';

interface Options extends FollowOptions {
	/** Bytes that are taken at most; default those of a component's file. */
	readonly maxBytes?: number;
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

/** Gets components from where they are. */
export interface Sources {
	readonly fetch: FetchSource;
	readonly sample: (name: string, options?: Options) => Promise<Result<Sample, string>>;
	/** Starts fetching a sample that is about to be asked for. */
	readonly sampleAhead: (name: string) => void;
	/** From an address (`https://…`, `http://…`, `oci://…`, `sample:…`). */
	readonly address: (address: string, options?: Options) => Promise<Result<Uint8Array, string>>;
	/** A scenario's text from an address, of this site or another. */
	readonly text: (
		address: string,
		options: FollowOptions & { readonly signal?: AbortSignal },
	) => Promise<Result<string, string>>;
	/** The same as `address`, into the deck; a sample comes with its policy. */
	readonly loadInto: (
		deck: Deck,
		address: string,
		signal: AbortSignal,
	) => Promise<Result<DeckComponent, string>>;
}

/** The component of a sample that nobody has asked for yet. */
interface Ahead {
	readonly name: string;
	readonly stop: AbortController;
	readonly bytes: Promise<Result<Uint8Array, string>>;
	onProgress?: Options['onProgress'];
}

export interface SourcesOptions {
	/** Told the digest of a component of ours when it is about to be fetched. */
	readonly onOwn?: (sha256: string) => void;
}

export function createSources(broker: Pick<Broker, 'fetchNamed'>, { onOwn }: SourcesOptions = {}): Sources {
	let ahead: Ahead | null = null;

	async function component(name: string, options: Options = {}): Promise<Result<Uint8Array, string>> {
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

	async function fetchComponent(name: string, options: Options): Promise<Result<Uint8Array, string>> {
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

	async function sample(name: string, options?: Options): Promise<Result<Sample, string>> {
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
			call: call && { tool: call.tool, arguments: call.arguments as { [name: string]: Json } },
			scenario: scenario.value,
		});
	}

	async function address(text: string, options: Options = {}): Promise<Result<Uint8Array, string>> {
		if (text.startsWith('sample:')) return component(text.slice('sample:'.length), options);
		if (text.startsWith('oci://')) {
			return err(
				'Registries do not answer web pages. Pull the component with `wassette component load` or `oras pull`, and drop the file here.',
			);
		}
		const { maxBytes = most.componentFileBytes } = options;
		if (!/^https?:\/\//i.test(text) || !URL.canParse(text))
			return err('This is not an address. It begins with https://.');
		const response = await broker.fetchNamed(text, options.origins);
		if (!response.ok && response.error.cause === 'redirect') {
			options.onRedirect?.();
			return err(
				`${text} redirects elsewhere. A browser does not tell a page where to, so it was not followed. Where you know it, give the address that it leads to.`,
			);
		}
		if (!response.ok) return err(`${text} could not be fetched. ${whyNotFetched(response.error)}`);
		if (response.status < 200 || response.status > 299) {
			response.cancel();
			return err(`${text} could not be fetched: the server answered ${response.status}. Check the address.`);
		}
		const total =
			Number(response.headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1]) || null;
		const chunks: Uint8Array<ArrayBuffer>[] = [];
		let received = 0;
		try {
			for (let chunk = await response.read(); chunk; chunk = await response.read()) {
				received += chunk.length;
				if (options.signal?.aborted || received > maxBytes) {
					response.cancel();
					if (options.signal?.aborted) return err('Stopped.');
					return err(
						options.maxBytes === undefined
							? fileTooLargeMessage(Math.max(received, total ?? 0))
							: `The file is larger than ${maxBytes / 2 ** 20} MiB, the most that is taken.`,
					);
				}
				chunks.push(new Uint8Array(chunk));
				options.onProgress?.(received, total);
			}
		} catch {
			return err(`The transfer of ${text} broke off after ${received} bytes. Try again.`);
		}
		return ok(new Uint8Array(await new Blob(chunks).arrayBuffer()));
	}

	/** In UTF-8 a character takes four bytes at most; the reader of the text has the last word on its length. */
	const text: Sources['text'] = async (from, options) => {
		const maxBytes = 4 * most.scenarioText;
		const isOwn = new URL(from).origin === location.origin;
		const bytes = isOwn
			? await fetchOwn(from, 'The scenario', options)
			: await address(from, { ...options, maxBytes });
		return bytes.ok ? ok(new TextDecoder().decode(bytes.value)) : bytes;
	};

	return {
		sample,
		sampleAhead,
		address,
		text,
		async fetch(source, { id, ...options }) {
			if ('sample' in source) return component(source.sample, options);
			if ('url' in source) return address(source.url, options);
			if ('oci' in source) return address(source.oci, options);
			return err(
				`It is the file ${'file' in source ? source.file : id} of whoever made the scenario. Drop that file on the page first.`,
			);
		},
		async loadInto(deck, text, signal) {
			const began = deck.begin();
			if (text.startsWith('sample:')) {
				const found = await sample(text.slice('sample:'.length), { signal });
				if (!found.ok) return found;
				const { id, bytes, policy } = found.value;
				return deck.load(bytes, id, { source: sourceOf(text), policy, signal, began });
			}
			const bytes = await address(text, { signal });
			if (!bytes.ok) return bytes;
			const id = stemOf(text) || 'component';
			return deck.load(bytes.value, id, {
				source: sourceOf(text),
				// What is loaded again keeps its policy, as a release keeps the file.
				policy: deck.components.find((one) => one.id === id)?.policy ?? null,
				signal,
				began,
			});
		},
	};
}

function sourceOf(address: string): ComponentSource {
	if (address.startsWith('sample:')) return { sample: address.slice('sample:'.length) };
	return address.startsWith('oci://') ? { oci: address } : { url: address };
}

/** Why nothing came, and what to do: what helps a component's request, a route or another host, does not help the page's own. */
const whyNotFetched = ({ cause, detail, tag }: HttpFailure): string =>
	cause === 'cors'
		? 'Its server answered, but does not let pages of other sites read it (CORS). Download the file yourself and drop it on this page, or have its server allow it.'
		: (detail ?? tag);
