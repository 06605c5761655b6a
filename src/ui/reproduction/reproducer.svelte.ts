import { namesIn } from '../../core/names-in';
import { reproductionTable, reproductionWords, type Reproduction } from '../../core/reproduction';
import type { Deck } from '../../deck/deck';
import type { Rehearsal } from '../../mcp/reproduce';
import { visibleText } from '../text/visible';

interface ReproducerParts {
	/** Read so that what depends on it follows its changes. */
	readonly deck: () => Deck;
	/** Makes the deck that the releases run in; asked for once, when it is first needed. */
	readonly rehearse: () => Promise<Rehearsal>;
	/** Milliseconds of a monotonic clock. */
	readonly now: () => number;
}

/** What a reproduction was made of; where any of it is another object by now, it speaks of something else. */
type Basis = Pick<Deck, 'components' | 'engine' | 'world' | 'notes'>;

/** The open scenario under every release: one press, and a strip that says where it behaves as expected. */
export class Reproducer {
	readonly #parts: ReproducerParts;
	#rehearsal: Promise<Rehearsal> | null = null;
	#found = $state.raw<Reproduction | null>(null);
	#basis = $state.raw<Basis | null>(null);
	#stop = $state.raw<AbortController | null>(null);
	#problem = $state('');

	/** What was found, or is being found. */
	found = $derived(this.#found);
	running = $derived(this.#stop !== null);
	/** Why it could not be run; empty where it could. */
	problem = $derived(this.#problem);
	/** Whether there is something to hold the releases to. */
	possible = $derived.by(() => {
		const { calls = [], expectations = [] } = this.#parts.deck().notes;
		return calls.length + expectations.length > 0;
	});
	/** The scenario is no longer what was run. */
	stale = $derived.by(() => {
		const basis = this.#basis;
		const deck = this.#parts.deck();
		return basis !== null && namesIn(basis).some((key) => basis[key] !== deck[key]);
	});
	/** What may be told to others: it is whole, and of the scenario as it is. */
	current = $derived(this.#found !== null && !this.running && !this.stale ? this.#found : null);

	constructor(parts: ReproducerParts) {
		this.#parts = parts;
	}

	/** Runs the scenario under every release. Does nothing while that goes on. */
	run = async (): Promise<void> => {
		if (this.#stop) return;
		const stop = new AbortController();
		this.#stop = stop;
		this.#problem = '';
		this.#found = null;
		const { components, engine, world, notes, limits } = this.#parts.deck();
		this.#basis = { components, engine, world, notes };
		try {
			this.#rehearsal ??= this.#parts.rehearse();
			const [{ reproduce }, rehearsal] = await Promise.all([import('../../mcp/reproduce'), this.#rehearsal]);
			this.#found = await reproduce({ components, engine, world, notes, limits }, rehearsal, {
				now: this.#parts.now,
				signal: stop.signal,
				onRun: (reproduction) => (this.#found = reproduction),
			});
		} catch (error) {
			this.#rehearsal = null;
			this.#problem = `The releases could not be run: ${error instanceof Error ? error.message : String(error)}`;
		} finally {
			this.#stop = null;
		}
	};

	stop = () => this.#stop?.abort();

	/** The table of what was found, for a report; null where there is nothing that still holds. */
	report = (): string | null => {
		const { current } = this;
		if (!current) return null;
		const { outlet } = this.#parts.deck();
		return reproductionTable(current, (text) => visibleText(outlet.text(text)));
	};

	/** The verdict in a sentence; empty where nothing was run. */
	words = $derived(this.#found ? reproductionWords(this.#found) : '');
}
