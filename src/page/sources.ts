import { directoryOrigin, understand, type Mirrors } from '../core/address';
import { err, ok, type Result } from '../core/result';
import { most } from '../core/limits';
import { worldOf, type Scenario } from '../core/scenario';
import type { Json } from '../core/wit/types';
import type { World } from '../core/world';
import { byHandWords } from '../artifact/by-hand';
import { problemOf, type FetchProblem } from '../artifact/fetch-problem';
import type { FetchedComponent } from '../artifact/find/fetch-file';
import type { DirectoryPage } from '../artifact/find/search-directory';
import type { Deck, DeckComponent } from '../deck/deck';
import type { FetchSource, FollowOptions } from '../deck/scenario';
import type { Broker } from '../sandbox/broker/create-broker';
import { askThrough } from './ask-broker';
import { fetchOwn, sampleDigest, sampleScenario, sampleUrl } from './samples';

interface Options extends FollowOptions {
	/** Of the bytes, in hex: what comes is held to it where that is known. */
	readonly sha256?: string;
	/** Nobody was shown whom it asks: no host but that of the text itself is asked. Default false. */
	readonly unseen?: boolean;
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
	/** A component by anything that names one (`https://…`, `oci://…`, `npm:…`, `sample:…`, a whole command). */
	readonly fetchNamed: (text: string, options?: Options) => Promise<Result<FetchedComponent, FetchProblem>>;
	/** Its bytes alone, or those of any other file at an address. */
	readonly address: (address: string, options?: Options) => Promise<Result<Uint8Array, string>>;
	/** Asks wasm.directory for components; the words go there. */
	readonly searchDirectory: (query: string) => Promise<Result<DirectoryPage, FetchProblem>>;
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
	/** Registries that a mirror stands in for, as they are set when something is asked for; default none. */
	readonly mirrors?: () => Mirrors;
}

export function createSources(
	broker: Pick<Broker, 'fetchNamed'>,
	{ onOwn, mirrors = () => ({}) }: SourcesOptions = {},
): Sources {
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

	async function fetchNamed(
		text: string,
		options: Options = {},
	): Promise<Result<FetchedComponent, FetchProblem>> {
		const understood = understand(text, { mirrors: mirrors() });
		if (!understood.ok) return err({ message: understood.error });
		const { subject, hosts } = understood.value;
		if (subject.kind === 'sample') {
			const bytes = await component(subject.name, options);
			return bytes.ok
				? ok({ bytes: new Uint8Array(bytes.value), id: subject.name, source: { sample: subject.name } })
				: err({ message: bytes.error });
		}
		if (subject.kind === 'scenario') return err({ message: 'This is a link to a scenario. Open it as one.' });
		const known = options.unseen ? hosts.slice(0, 1) : hosts;
		const shown = [...known.map(({ origin }) => origin), ...(options.origins ?? [])];
		const { fetchSubject } = await import('../artifact/find/fetch-subject');
		const fetched = await fetchSubject(subject, {
			...{ shown, ask: askThrough(broker, shown), mirrors: mirrors(), sha256: options.sha256 },
			...{ signal: options.signal, onProgress: options.onProgress },
		});
		if (!fetched.ok && fetched.error.further) options.onRedirect?.(fetched.error.further.origin);
		return fetched;
	}

	async function address(text: string, options: Options = {}): Promise<Result<Uint8Array, string>> {
		const fetched = await fetchNamed(text, options);
		return fetched.ok ? ok(fetched.value.bytes) : err(sentenceOf(fetched.error));
	}

	/** A file of another kind at an address, as it is written. */
	async function plainFile(
		url: string,
		options: FollowOptions & { readonly maxBytes: number; readonly signal?: AbortSignal },
	): Promise<Result<Uint8Array, string>> {
		const { origins = [], maxBytes, signal } = options;
		const reply = await askThrough(broker, origins)(url, { maxBytes, signal });
		if (!reply.ok) {
			if (reply.error.cause === 'redirect') options.onRedirect?.(null);
			return err(problemOf(reply.error).message);
		}
		const { status, bytes } = reply.value;
		return status >= 200 && status <= 299
			? ok(bytes)
			: err(`${url} could not be fetched: the server answered ${status}. Check the address.`);
	}

	/** In UTF-8 a character takes four bytes at most; the reader of the text has the last word on its length. */
	const text: Sources['text'] = async (from, options) => {
		const maxBytes = 4 * most.scenarioText;
		const isOwn = new URL(from).origin === location.origin;
		const bytes = isOwn
			? await fetchOwn(from, 'The scenario', options)
			: await plainFile(from, { ...options, maxBytes });
		return bytes.ok ? ok(new TextDecoder().decode(bytes.value)) : bytes;
	};

	return {
		fetchNamed,
		async searchDirectory(query) {
			const { searchDirectory } = await import('../artifact/find/search-directory');
			return searchDirectory(query, { ask: askThrough(broker, [directoryOrigin]) });
		},
		sample,
		sampleAhead,
		address,
		text,
		async fetch(source, { id, ...options }) {
			if ('sample' in source) return component(source.sample, options);
			if ('url' in source || 'oci' in source) {
				const fetched = await fetchNamed('url' in source ? source.url : ociAddress(source.oci), options);
				return fetched.ok ? ok(fetched.value.bytes) : err(sentenceOf(fetched.error));
			}
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
				return deck.load(bytes, id, {
					source: { sample: text.slice('sample:'.length) },
					policy,
					signal,
					began,
				});
			}
			const fetched = await fetchNamed(text, { signal, unseen: true });
			if (!fetched.ok) return err(sentenceOf(fetched.error));
			const { bytes, id, source } = fetched.value;
			// What is loaded again keeps its policy, as a release keeps the file.
			const policy = deck.components.find((one) => one.id === id)?.policy ?? null;
			return deck.load(bytes, id, { ...{ source, signal, began }, policy });
		},
	};
}

/** A problem in words alone, with the commands that help where no page may read it. */
const sentenceOf = ({ message, byHand }: FetchProblem): string =>
	byHand ? `${message} ${byHandWords(byHand)}` : message;

/** A scenario may write a reference without its scheme. */
const ociAddress = (reference: string) => (reference.startsWith('oci://') ? reference : `oci://${reference}`);
