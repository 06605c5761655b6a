import { most } from '../../core/limits';
import { explain, parseQuestion, requestWords, resolveEngine, type Comparison } from '../../core/policy';
import type { AccessRequest, Decision, EngineId } from '../../core/policy/types';
import type { Result } from '../../core/result';
import type { Deck, DeckComponent, Notes } from '../../deck/deck';

/** A what-if row as a scenario keeps it. */
export type KeptExpectation = NonNullable<Notes['expectations']>[number];

/** How a kept row stands now. */
export interface KeptRow {
	readonly expectation: KeptExpectation;
	/** `undecided` where nothing can be said: its component is not loaded, or the policy's text does not parse. */
	readonly status: 'holds' | 'broken' | 'undecided';
	/** Null where undecided. */
	readonly decision: Decision | null;
	/** The decision as a sentence, or why there is none. It quotes the policy, so it is to be shown as text. */
	readonly why: string;
	/** The engine that was asked. */
	readonly engine: EngineId;
}

/** What the pane needs of the session it belongs to. */
interface Surface {
	readonly live: {
		readonly deck: Pick<Deck, 'notes' | 'setNotes'>;
		readonly components: readonly DeckComponent[];
		readonly engine: EngineId;
	};
	readonly selection: { readonly component: DeckComponent | null };
	readonly policy: {
		compare(component: DeckComponent, request: AccessRequest): Comparison;
		decide(component: DeckComponent, engine: EngineId, request: AccessRequest): Decision;
		isBlank(componentId: string): boolean;
	};
}

/** The *What if?* pane: a request that is being typed, what every engine says of it, and the rows that are kept. */
export class WhatIf {
	readonly #surface: Surface;
	#text = $state('');
	#componentId = $state<string | null>(null);
	#outcome = $state<Decision['outcome'] | null>(null);
	#editing = $state.raw<KeptExpectation | null>(null);

	/** The engine to hold a kept row against; empty is whichever is in use. */
	engine = $state<EngineId | ''>('');

	/** The request as typed; null while nothing is. */
	parsed = $derived.by<Result<AccessRequest, string> | null>(() =>
		this.#text.trim() === '' ? null : parseQuestion(this.#text),
	);
	/** Whose policy is asked: the open one, until another is chosen. */
	component = $derived.by<DeckComponent | null>(
		() =>
			this.components.find(({ id }) => id === this.#componentId) ?? this.#surface.selection.component ?? null,
	);
	/** Whether the policy's text does not parse, so that no verdict is shown. */
	blank = $derived.by(() => this.component !== null && this.#surface.policy.isBlank(this.component.id));
	comparison = $derived.by<Comparison | null>(() =>
		this.parsed?.ok && this.component && !this.blank
			? this.#surface.policy.compare(this.component, this.parsed.value)
			: null,
	);
	/** What the engine in use, or the one chosen for keeping, says. */
	decision = $derived.by<Decision | null>(() =>
		this.parsed?.ok && this.component && !this.blank
			? this.#surface.policy.decide(this.component, this.engine || this.engineInUse, this.parsed.value)
			: null,
	);
	/** What is to be expected: what is decided now, until something else is chosen. */
	outcome = $derived.by<Decision['outcome']>(() => this.#outcome ?? this.decision?.outcome ?? 'deny');
	kept = $derived.by<readonly KeptRow[]>(() =>
		this.#expectations.map((expectation) => this.#rowOf(expectation)),
	);
	failing = $derived(this.kept.filter(({ status }) => status === 'broken').length);
	/** The kept row that the next *Save* replaces; null where it would add one. */
	editing = $derived.by<KeptExpectation | null>(() =>
		this.#editing && this.#expectations.includes(this.#editing) ? this.#editing : null,
	);

	constructor(surface: Surface) {
		this.#surface = surface;
	}

	get #expectations(): readonly KeptExpectation[] {
		return this.#surface.live.deck.notes.expectations ?? [];
	}

	get components(): readonly DeckComponent[] {
		return this.#surface.live.components;
	}

	get engineInUse(): EngineId {
		return this.#surface.live.engine;
	}

	get text(): string {
		return this.#text;
	}

	set text(text: string) {
		this.#text = text;
		if (this.#editing === null) this.#outcome = null;
	}

	chooseComponent = (id: string) => {
		this.#componentId = id;
	};

	chooseOutcome = (outcome: Decision['outcome']) => {
		this.#outcome = outcome;
	};

	/** Puts a kept row into the input, to look at it or as the start of another one. */
	open = (expectation: KeptExpectation) => {
		this.#editing = null;
		this.#text = requestWords(expectation.request);
		this.#componentId = expectation.component ?? null;
		this.engine = expectation.engine ?? '';
		this.#outcome = null;
	};

	/** As `open`, and *Save* then replaces the row. */
	edit = (expectation: KeptExpectation) => {
		this.open(expectation);
		this.#editing = expectation;
		this.#outcome = expectation.outcome;
	};

	cancel = () => {
		this.#editing = null;
		this.#outcome = null;
		this.#text = '';
		this.engine = '';
		this.#componentId = null;
	};

	/** Keeps what is typed, or saves it over the row that is edited. The error says why it does not. */
	keep = (): Result<KeptExpectation, string> => {
		const { parsed, component, editing } = this;
		if (!parsed) return { ok: false, error: 'Type a request first.' };
		if (!parsed.ok) return parsed;
		if (!component) return { ok: false, error: 'Load a component first: its policy is what is asked.' };
		const expectation: KeptExpectation = {
			request: parsed.value,
			outcome: this.outcome,
			component: component.id,
			...(this.engine !== '' && { engine: this.engine }),
		};
		const others = this.#expectations.filter((other) => other !== editing);
		if (others.some((other) => isSame(other, expectation)))
			return { ok: false, error: 'The same is kept already.' };
		if (others.length >= most.expectations)
			return { ok: false, error: `No more than ${most.expectations} rows can be kept.` };
		const at = editing ? this.#expectations.indexOf(editing) : others.length;
		const set = this.#set(others.toSpliced(at, 0, expectation));
		if (!set.ok) return set;
		this.cancel();
		return { ok: true, value: expectation };
	};

	/** Takes a row away. Returns what puts it back at its place. */
	remove = (expectation: KeptExpectation) =>
		this.#set(this.#expectations.filter((other) => other !== expectation));

	#set(expectations: readonly KeptExpectation[]): Result<void, string> {
		const { deck } = this.#surface.live;
		const notes = { ...deck.notes };
		delete notes.expectations;
		return deck.setNotes(expectations.length > 0 ? { ...notes, expectations: [...expectations] } : notes);
	}

	#rowOf(expectation: KeptExpectation): KeptRow {
		const { components, engineInUse: inUse } = this;
		const { policy } = this.#surface;
		const engine = expectation.engine ?? inUse;
		const undecided = (why: string): KeptRow => ({
			expectation,
			status: 'undecided',
			decision: null,
			why,
			engine,
		});
		// A row of a small scenario may leave out which component it is about: there it is the first.
		const component =
			expectation.component === undefined
				? components[0]
				: components.find(({ id }) => id === expectation.component);
		if (!component)
			return undecided(
				expectation.component === undefined
					? 'No component is loaded, so there is no policy to ask.'
					: `The component ${expectation.component} is not loaded.`,
			);
		if (policy.isBlank(component.id)) return undecided(`The policy of ${component.id} does not parse.`);
		const known = resolveEngine(engine);
		if (!known.ok) return undecided(known.error);
		const decision = policy.decide(component, engine, expectation.request);
		const status = decision.outcome === expectation.outcome ? 'holds' : 'broken';
		return { expectation, status, decision, why: explain(decision), engine };
	}
}

const isSame = (a: KeptExpectation, b: KeptExpectation): boolean =>
	JSON.stringify([a.request, a.outcome, a.component, a.engine]) ===
	JSON.stringify([b.request, b.outcome, b.component, b.engine]);
