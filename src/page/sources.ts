import type { Mirrors } from '../core/address';
import { err, ok, type Result } from '../core/result';
import { most } from '../core/limits';
import { inWords, problemOf, type FetchProblem } from '../artifact/fetch-problem';
import type { FetchedComponent } from '../artifact/find/fetch-file';
import type { DirectoryPage } from '../artifact/find/search-directory';
import type { Deck, DeckComponent } from '../deck/deck';
import type { FetchSource, FollowOptions } from '../deck/scenario';
import type { Broker } from '../sandbox/broker/create-broker';
import { askThrough } from './ask-broker';
import { createSampleShelf, type Sample } from './sample-shelf';
import { fetchOwn } from './samples';

interface Options extends FollowOptions {
	/** Of the bytes, in hex: what comes is held to it where that is known. */
	readonly sha256?: string;
	/** Nobody was shown whom it asks: no host but that of the text itself is asked. Default false. */
	readonly unseen?: boolean;
	readonly signal?: AbortSignal;
	/** Bytes so far, and all of them where that is known. */
	readonly onProgress?: (received: number, total: number | null) => void;
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

export interface SourcesOptions {
	/** Told the digest of a component of ours when it is about to be fetched. */
	readonly onOwn?: (sha256: string) => void;
	/** Registries that a mirror stands in for, as they are set when something is asked for; default none. */
	readonly mirrors?: () => Mirrors;
}

type Asked = Pick<Broker, 'fetchNamed'>;
type Shelf = ReturnType<typeof createSampleShelf>;

export function createSources(broker: Asked, { onOwn, mirrors = () => ({}) }: SourcesOptions = {}): Sources {
	const shelf = createSampleShelf(onOwn);
	const fetchNamed: Sources['fetchNamed'] = (text, options = {}) =>
		fetchByName({ broker, shelf, mirrors: mirrors() }, text, options);

	async function address(text: string, options: Options = {}): Promise<Result<Uint8Array, string>> {
		const fetched = await fetchNamed(text, options);
		return fetched.ok ? ok(fetched.value.bytes) : err(inWords(fetched.error));
	}

	return {
		fetchNamed,
		async searchDirectory(query) {
			const [{ searchDirectory }, { directoryOrigin }] = await Promise.all([
				import('../artifact/find/search-directory'),
				import('../core/address'),
			]);
			return searchDirectory(query, { ask: askThrough(broker, [directoryOrigin]) });
		},
		sample: shelf.sample,
		sampleAhead: shelf.sampleAhead,
		address,
		/** In UTF-8 a character takes four bytes at most; the reader of the text has the last word on its length. */
		async text(from, options) {
			const maxBytes = 4 * most.scenarioText;
			const isOwn = new URL(from).origin === location.origin;
			const bytes = isOwn
				? await fetchOwn(from, 'The scenario', options)
				: await plainFile(broker, from, { ...options, maxBytes });
			return bytes.ok ? ok(new TextDecoder().decode(bytes.value)) : bytes;
		},
		async fetch(source, { id, ...options }) {
			if ('sample' in source) return shelf.component(source.sample, options);
			if ('url' in source || 'oci' in source)
				return address('url' in source ? source.url : ociAddress(source.oci), options);
			return err(
				`It is the file ${'file' in source ? source.file : id} of whoever made the scenario. Drop that file on the page first.`,
			);
		},
		loadInto: (deck, text, signal) => loadInto(deck, text, { fetchNamed, sample: shelf.sample, signal }),
	};
}

/** A component by anything that names one. */
async function fetchByName(
	{ broker, shelf, mirrors }: { readonly broker: Asked; readonly shelf: Shelf; readonly mirrors: Mirrors },
	text: string,
	options: Options,
): Promise<Result<FetchedComponent, FetchProblem>> {
	const [{ understand }, { fetchSubject }] = await Promise.all([
		import('../core/address'),
		import('../artifact/find/fetch-subject'),
	]);
	const understood = understand(text, { mirrors });
	if (!understood.ok) return err({ message: understood.error });
	const { subject, hosts } = understood.value;
	if (subject.kind === 'sample') {
		const bytes = await shelf.component(subject.name, options);
		return bytes.ok
			? ok({ bytes: new Uint8Array(bytes.value), id: subject.name, source: { sample: subject.name } })
			: err({ message: bytes.error });
	}
	if (subject.kind === 'scenario') return err({ message: 'This is a link to a scenario. Open it as one.' });
	const known = options.unseen ? hosts.slice(0, 1) : hosts;
	const shown = [...known.map(({ origin }) => origin), ...(options.origins ?? [])];
	const fetched = await fetchSubject(subject, {
		...{ shown, ask: askThrough(broker, shown), mirrors, sha256: options.sha256 },
		...{ signal: options.signal, onProgress: options.onProgress },
	});
	if (!fetched.ok && fetched.error.further) options.onRedirect?.(fetched.error.further.origin);
	return fetched;
}

/** A file of another kind at an address, as it is written. */
async function plainFile(
	broker: Asked,
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

/** Loads what a text names into a deck; a sample comes with its policy. */
async function loadInto(
	deck: Deck,
	text: string,
	{ fetchNamed, sample, signal }: Pick<Sources, 'fetchNamed' | 'sample'> & { readonly signal: AbortSignal },
): Promise<Result<DeckComponent, string>> {
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
	if (!fetched.ok) return err(inWords(fetched.error));
	const { bytes, id, source } = fetched.value;
	// What is loaded again keeps its policy, as a release keeps the file.
	const policy = deck.components.find((one) => one.id === id)?.policy ?? null;
	return deck.load(bytes, id, { ...{ source, signal, began }, policy });
}

/** A scenario may write a reference without its scheme. */
const ociAddress = (reference: string) => (reference.startsWith('oci://') ? reference : `oci://${reference}`);
