import type { FetchProblem } from '../../artifact/fetch-problem';
import { fileTooLargeMessage } from '../../component/size-limit';
import { most } from '../../core/limits';
import { err, ok, type Result } from '../../core/result';
import { stemOf } from '../../core/stem-of';
import {
	sessionGone,
	type Beginning,
	type ComponentSource,
	type Deck,
	type DeckComponent,
	type LoadOptions,
} from '../../deck/deck';
import type { DeckMoment } from '../../deck/revert';
import type { Pulled } from '../../artifact/oci/pull';
import type { TakenArrival } from '../arrival/arrivals.svelte';
import { takeLine } from '../base/line';
import type { FetchOptions, LoadedSample, SessionParts } from '../parts';
import { visibleText } from '../text/visible';
import type { UndoDesk } from '../undo/undo-desk.svelte';
import type { LoadTask } from './load-task';

/** Bytes on their way into the deck. */
interface Arrival extends Pick<LoadOptions, 'signer' | 'provenance' | 'insisted'> {
	readonly bytes: Uint8Array;
	readonly id: string;
	readonly source: ComponentSource;
	readonly policy: string | null;
	readonly provisional?: boolean;
	readonly world?: LoadOptions['world'];
}

/** Gets bytes; the error is a sentence, or what can be done about it too. */
type Arrive = (options: FetchOptions) => Promise<Result<Arrival, string | FetchProblem>>;

/** Stands for what a person did not want, which there is nothing to say of. */
const turnedDown = 'turned down';

/** What components come into, and come from. */
export type LoadParts = Pick<SessionParts, 'deck' | 'fetchComponent' | 'loadSample'>;

/** Brings components into the deck from files, addresses and samples. What is under way, and what failed, are its tasks. */
export class LoadTasks {
	readonly #deck: Deck;
	readonly #parts: LoadParts;
	readonly #undo: Pick<UndoDesk, 'now' | 'did'>;
	#tasks = $state.raw<readonly LoadTask[]>([]);
	#lastId = 0;

	tasks = $derived(this.#tasks);
	busy = $derived(this.#tasks.some((task) => task.error === undefined));

	constructor(parts: LoadParts, undo: Pick<UndoDesk, 'now' | 'did'>) {
		this.#deck = parts.deck;
		this.#undo = undo;
		this.#parts = parts;
	}

	/** Null where it failed; the task that stays says why. `began` is when it was asked for, default now. */
	file = (file: File, policy: string | null, began?: Beginning): Promise<DeckComponent | null> =>
		this.#run(file.name, 'reading', began, async () => {
			if (file.size > most.componentFileBytes) return err(fileTooLargeMessage(file.size));
			return ok({
				bytes: new Uint8Array(await file.arrayBuffer()),
				id: stemOf(file.name) || 'component',
				source: { file: file.name },
				policy,
			});
		});

	/**
	 * By anything that names it; a redirect may lead to the further `origins`, which were shown. `ask` says what of an artifact is taken, null
	 * for none of it.
	 */
	address = (
		address: string,
		origins: readonly string[] = [],
		ask?: (pulled: Pulled) => Promise<TakenArrival | null>,
	): Promise<DeckComponent | null> =>
		this.#run(address, 'downloading', undefined, async (options) => {
			const fetched = await this.#parts.fetchComponent(address, { ...options, origins });
			if (!fetched.ok) return fetched;
			const { bytes, id, source, pulled } = fetched.value;
			const taken = pulled && ask ? await ask(pulled) : undefined;
			if (taken === null) return err(turnedDown);
			if (taken) return ok(taken);
			return ok({ bytes, id, source, policy: null });
		});

	/** What was found in an archive, as a person took it. */
	arrived = (taken: TakenArrival, began: Beginning): Promise<DeckComponent | null> =>
		this.#run(taken.id, 'reading', began, async () => ok(taken));

	/** A sample with what goes with it; `arrived` is told of it before its component is in the deck, and gives what that makes of the world. */
	sample = (
		name: string,
		{
			arrived,
			provisional = false,
			began,
		}: {
			readonly arrived: (sample: LoadedSample) => LoadOptions['world'];
			readonly provisional?: boolean;
			/** When it was asked for; default now. */
			readonly began?: Beginning;
		},
	): Promise<DeckComponent | null> =>
		this.#run(name, 'downloading', began, async (options) => {
			const sample = await this.#parts.loadSample(name, options);
			if (!sample.ok) return sample;
			const { bytes, id, policy } = sample.value;
			const world = arrived(sample.value);
			return ok({ bytes, id, source: { sample: name }, policy, provisional, world });
		});

	dismiss = (task: LoadTask) => {
		task.cancel();
		this.#tasks = this.#tasks.filter(({ id }) => id !== task.id);
	};

	async #run(
		name: string,
		step: LoadTask['step'],
		began = this.#deck.begin(),
		arrive: Arrive,
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
		const arrived = takeLine();
		const loaded = await this.#load({ name, began, signal: stop.signal }, update, arrive);
		arrived();
		const isOver = loaded.ok || stop.signal.aborted || loaded.error === turnedDown;
		if (isOver) this.#tasks = this.#tasks.filter((task) => task.id !== id);
		else
			update(
				typeof loaded.error === 'string'
					? { error: loaded.error }
					: { error: loaded.error.message, problem: loaded.error },
			);
		return loaded.ok ? loaded.value : null;
	}

	async #load(
		{
			name,
			began,
			signal,
		}: { readonly name: string; readonly began: Beginning; readonly signal: AbortSignal },
		update: (changes: Partial<LoadTask>) => void,
		arrive: Arrive,
	): Promise<Result<DeckComponent, string | FetchProblem>> {
		try {
			const onProgress = (received: number, total: number | null) => update({ received, total });
			const arrival = await arrive({ signal, onProgress });
			if (!arrival.ok) return arrival;
			signal.throwIfAborted();
			// Not even compiled: nobody waits for it here.
			if (!this.#deck.isPresent(began)) return err(sessionGone(visibleText(name)));
			const { bytes, id, source, policy, provisional, world } = arrival.value;
			const { signer, provenance, insisted } = arrival.value;
			let before: DeckMoment | null = null;
			update({ step: 'checking', received: undefined, total: undefined });
			const loaded = await this.#deck.load(bytes, id, {
				...{ source, policy, provisional, signal, began, world, signer, provenance, insisted },
				onStep: (step, detail) =>
					update({ step, detail, since: step === 'transpiling' ? performance.now() : undefined }),
				onLand: () => (before = this.#undo.now()),
			});
			if (loaded.ok && before) this.#offer(loaded.value, before);
			return loaded;
		} catch (error) {
			return err(error instanceof Error ? error.message : String(error));
		}
	}

	/** A component that takes the place of another one takes its policy with it. */
	#offer({ id, sha256, policy }: DeckComponent, before: DeckMoment) {
		const was = before.components.find((component) => component.id === id);
		if (!was || was.provisional || (was.sha256 === sha256 && was.policy === policy)) return;
		this.#undo.did(
			`${visibleText(id)} took the place of the component of that name, and of its policy.`,
			before,
		);
	}
}
