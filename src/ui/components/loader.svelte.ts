import { fileTooLargeMessage } from '../../component/size-limit';
import { most } from '../../core/limits';
import { err, ok, type Result } from '../../core/result';
import type { ComponentSource, Deck, DeckComponent } from '../../deck/deck';
import type { FetchOptions, LoadedSample, SessionParts } from '../parts';
import type { LoadTask } from './load-task';

/** Bytes on their way into the deck. */
interface Arrival {
	readonly bytes: Uint8Array;
	readonly id: string;
	readonly source: ComponentSource;
	readonly policy: string | null;
	readonly provisional?: boolean;
}

/** Brings components into the deck from files, addresses and samples. What is under way, and what failed, are its tasks. */
export class Loader {
	readonly #deck: Deck;
	readonly #parts: SessionParts;
	#tasks = $state.raw<readonly LoadTask[]>([]);
	#lastId = 0;

	tasks = $derived(this.#tasks);
	busy = $derived(this.#tasks.some((task) => task.error === undefined));

	constructor(parts: SessionParts) {
		this.#deck = parts.deck;
		this.#parts = parts;
	}

	/** Null where it failed; the task that stays says why. */
	file = (file: File, policy: string | null): Promise<DeckComponent | null> =>
		this.#run(file.name, 'reading', async () => {
			if (file.size > most.componentFileBytes) return err(fileTooLargeMessage(file.size));
			return ok({
				bytes: new Uint8Array(await file.arrayBuffer()),
				id: idFrom(file.name),
				source: { file: file.name },
				policy,
			});
		});

	address = (address: string): Promise<DeckComponent | null> =>
		this.#run(address, 'downloading', async (options) => {
			const fetched = await this.#parts.fetchComponent(address, options);
			if (!fetched.ok) return fetched;
			return ok({ bytes: fetched.value, id: idFrom(address), source: { url: address }, policy: null });
		});

	/** A sample with what goes with it; `prepare` is told before its component is in the deck. */
	sample = (
		name: string,
		{
			prepare,
			provisional = false,
		}: { readonly prepare: (sample: LoadedSample) => void; readonly provisional?: boolean },
	): Promise<DeckComponent | null> =>
		this.#run(name, 'downloading', async (options) => {
			const sample = await this.#parts.loadSample(name, options);
			if (!sample.ok) return sample;
			prepare(sample.value);
			const { bytes, id, policy } = sample.value;
			return ok({ bytes, id, source: { sample: name }, policy, provisional });
		});

	dismiss = (task: LoadTask) => {
		task.cancel();
		this.#tasks = this.#tasks.filter(({ id }) => id !== task.id);
	};

	async #run(
		name: string,
		step: LoadTask['step'],
		arrive: (options: FetchOptions) => Promise<Result<Arrival, string>>,
	): Promise<DeckComponent | null> {
		const stop = new AbortController();
		const id = ++this.#lastId;
		// A new attempt takes the place of the message that the last one left.
		this.#tasks = [
			...this.#tasks.filter((task) => !(task.name === name && task.error !== undefined)),
			{ id, name, step, cancel: () => stop.abort() },
		];
		const update = (changes: Partial<LoadTask>) => {
			this.#tasks = this.#tasks.map((task) => (task.id === id ? { ...task, ...changes } : task));
		};
		const loaded = await this.#load(stop.signal, update, arrive);
		if (loaded.ok || stop.signal.aborted) this.#tasks = this.#tasks.filter((task) => task.id !== id);
		else update({ error: loaded.error });
		return loaded.ok ? loaded.value : null;
	}

	async #load(
		signal: AbortSignal,
		update: (changes: Partial<LoadTask>) => void,
		arrive: (options: FetchOptions) => Promise<Result<Arrival, string>>,
	): Promise<Result<DeckComponent, string>> {
		try {
			const onProgress = (received: number, total: number | null) => update({ received, total });
			const arrival = await arrive({ signal, onProgress });
			if (!arrival.ok) return arrival;
			signal.throwIfAborted();
			const { bytes, id, source, policy, provisional } = arrival.value;
			update({ step: 'checking', received: undefined, total: undefined });
			return await this.#deck.load(bytes, id, {
				source,
				policy,
				provisional,
				signal,
				onStep: (step, detail) =>
					update({ step, detail, since: step === 'transpiling' ? performance.now() : undefined }),
			});
		} catch (error) {
			return err(error instanceof Error ? error.message : String(error));
		}
	}
}

/** An id as Wassette makes it: the file's name without its ending. */
function idFrom(name: string): string {
	const last = name.split(/[/\\]/).filter(Boolean).at(-1) ?? 'component';
	const bare = last.replace(/[?#].*/s, '').replace(/\.(component\.)?wasm$/i, '');
	return bare.replace(/[:@].*/s, '') || 'component';
}
