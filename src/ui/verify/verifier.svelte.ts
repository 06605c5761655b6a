import { checkDecisions, type CheckedExpectation, type SavedCall } from '../../core/scenario';
import { viewOf } from '../../core/world-view';
import type { Result } from '../../core/result';
import type { Beginning, Deck } from '../../deck/deck';
import type { ConsoleClient } from '../../mcp/client';
import type { StepResult } from '../../mcp/saved-call';

interface VerifierParts {
	readonly deck: Deck;
	readonly client: Pick<ConsoleClient, 'callTool' | 'tools'>;
	/** Milliseconds of a monotonic clock. */
	readonly now: () => number;
	/** Told how each call went. */
	readonly onstep?: (result: StepResult) => void;
}

/** What a verdict was made of; where any of it is another object by now, it speaks of something else. */
type Basis = Pick<Deck, 'components' | 'engine' | 'notes'>;

/** The verdict on a scenario: its saved calls made once more, and its what-if rows asked. */
export class Verifier {
	readonly #parts: VerifierParts;
	#calls = $state.raw<readonly SavedCall[]>([]);
	#steps = $state.raw<readonly StepResult[]>([]);
	#decisions = $state.raw<readonly CheckedExpectation[]>([]);
	#stop = $state.raw<AbortController | null>(null);
	#ended = $state(false);
	#basis = $state.raw<Basis | null>(null);
	#seen = $state.raw<Basis | null>(null);
	/** The session whose verdict it is. */
	#began: Beginning | null = null;

	calls = $derived(this.#calls);
	/** One for each call that was made so far. */
	steps = $derived(this.#steps);
	decisions = $derived(this.#decisions);
	running = $derived(this.#stop !== null);
	/** `nothing` where the scenario expects nothing and has no calls. */
	verdict = $derived.by<'running' | 'passed' | 'failed' | 'stopped' | 'nothing' | null>(() => {
		if (this.#stop) return 'running';
		if (!this.#ended) return null;
		if (this.#calls.length + this.#decisions.length === 0) return 'nothing';
		if (this.first !== null) return 'failed';
		return this.#steps.length < this.#calls.length || this.#steps.some(({ status }) => status === 'stopped')
			? 'stopped'
			: 'passed';
	});
	/** The first difference, as a sentence; null where there is none. */
	first = $derived.by<string | null>(() => {
		const at = this.#steps.findIndex(({ difference }) => difference !== null);
		if (at >= 0)
			return `Call ${at + 1}, ${this.#steps[at]?.call.tool}: ${this.#steps[at]?.difference?.message}`;
		const row = this.#decisions.find(({ passed }) => !passed);
		return row ? `${row.name}: ${row.message}` : null;
	});

	/** The engine that the verdict is about; null where there is none. */
	engine = $derived(this.#basis?.engine ?? null);
	/** The scenario is no longer what was verified. */
	stale = $derived.by(() => {
		const basis = this.#basis;
		const now = this.#seen;
		return (
			basis !== null &&
			now !== null &&
			(basis.engine !== now.engine ||
				basis.notes !== now.notes ||
				basis.components.length !== now.components.length ||
				basis.components.some(({ sha256, policy }, at) => {
					const other = now.components[at];
					return other?.sha256 !== sha256 || other.policy !== policy;
				}))
		);
	});

	constructor(parts: VerifierParts) {
		this.#parts = parts;
		parts.deck.subscribe(() => {
			const { components, engine, notes } = parts.deck;
			this.#seen = { components, engine, notes };
			if (this.#began && !parts.deck.isPresent(this.#began)) this.#leave();
		});
	}

	/** Another session is here: it has calls and expectations of its own. */
	#leave(): void {
		this.#stop?.abort();
		this.#stop = null;
		this.#began = null;
		this.#ended = false;
		this.#basis = null;
		this.#calls = [];
		this.#steps = [];
		this.#decisions = [];
	}

	/** Makes the saved calls and asks the what-if rows. The files are afterwards what they were before. */
	run = async (): Promise<void> => {
		if (this.#stop) return;
		const { deck, client, now, onstep } = this.#parts;
		const { components, engine, notes, world } = deck;
		const stop = new AbortController();
		this.#stop = stop;
		this.#began = deck.begin();
		this.#ended = false;
		this.#basis = this.#seen = { components, engine, notes };
		this.#calls = notes.calls ?? [];
		this.#steps = [];
		this.#decisions = checkDecisions(notes.expectations ?? [], {
			components,
			engine,
			view: viewOf(world),
		});
		const runner = await import('../../mcp/run-saved-calls').catch(() => null);
		await runner?.runSavedCalls({ client, record: deck, outlet: () => deck.outlet, now }, this.#calls, {
			signal: stop.signal,
			onStep: (_, result) => {
				if (this.#stop !== stop) return;
				this.#steps = [...this.#steps, result];
				onstep?.(result);
			},
		});
		if (this.#stop !== stop) return;
		// Where the session was changed meanwhile, its files are no longer these.
		if (deck.components === components) deck.setFiles(world.files);
		this.#stop = null;
		this.#ended = runner !== null;
	};

	stop = () => this.#stop?.abort();

	/** Takes what the calls did just now as what is expected of them. The error says why it is not taken. */
	expectThis = (): Result<void, string> => {
		const { deck } = this.#parts;
		const calls = this.#steps.map(({ call, observed }) => ({
			...call,
			expect: observed
				? { ...call.expect, outcome: observed.outcome, activity: observed.activity.slice(0, 100) }
				: call.expect,
		}));
		const rest = (deck.notes.calls ?? []).slice(calls.length);
		const set = deck.setNotes({ ...deck.notes, calls: [...calls, ...rest] });
		if (!set.ok) return set;
		this.#ended = false;
		this.#steps = [];
		return set;
	};
}
