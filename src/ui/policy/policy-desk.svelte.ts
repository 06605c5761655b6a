import type { ActivityEntry, HostCallEntry } from '../../core/activity';
import {
	createComparison,
	createEvaluator,
	explainUnfound,
	narrowestGrant,
	suggestions,
	type Comparison,
	type Suggestion,
} from '../../core/policy';
import type { AccessRequest, Decision, EngineId } from '../../core/policy/types';
import { ok, type Result } from '../../core/result';
import { viewOf } from '../../core/world-view';
import type { DeckComponent } from '../../deck/deck';
import { accessRequestOf } from '../../core/request-of';
import { Memo } from '../base/memo';
import type { LiveDeck } from '../live-deck.svelte';
import { engineSpan } from '../../core/policy/engine-span';
import { counterpart, countProblems, policyFacts, type PolicyFacts } from './policy-facts';
import { PolicyPast } from './policy-past';
import { ruleMarks, type RuleMark } from './rule-marks';

/** A place in the policy that the editor is asked to show. A new object asks anew. */
export interface Reveal {
	readonly line: number;
	readonly column: number;
}

/** What the desk needs of the session it belongs to. */
interface Surface {
	readonly live: LiveDeck;
	readonly selection: { readonly component: DeckComponent | null };
	readonly activity: { readonly selected: ActivityEntry | null };
}

/** The policy pane: the text of the selected component's policy and everything that is known of it, as it is typed. */
export class PolicyDesk {
	readonly #surface: Surface;
	readonly #facts = new Memo<DeckComponent, PolicyFacts>();
	readonly #others = new Memo<DeckComponent, Decision['outcome']>();
	readonly #comparisons = new Memo<DeckComponent, (request: AccessRequest) => Comparison>();
	readonly #evaluators = new Memo<DeckComponent, (request: AccessRequest) => Decision>();
	readonly #suggestions = new Memo<DeckComponent, readonly Suggestion[]>();
	readonly #grants = new Memo<DeckComponent, Suggestion | null>();
	readonly #past: PolicyPast;
	#reveal = $state.raw<Reveal | null>(null);

	reveal = $derived(this.#reveal);
	/** The one whose policy is open. */
	component = $derived.by(() => this.#surface.selection.component);
	text = $derived.by(() => this.component?.policy ?? null);
	facts = $derived.by(() => (this.component ? this.factsOf(this.component) : null));
	/** Errors and warnings of the policy that is open. */
	counts = $derived.by(() => countProblems(this.facts?.problems ?? []));
	/** Problems of all policies in the deck. */
	problemCount = $derived.by(() =>
		this.#surface.live.components.reduce(
			(sum, component) => sum + this.factsOf(component).problems.length,
			0,
		),
	);
	marks = $derived.by(() => this.#makeMarks());
	unused = $derived(this.marks.filter(({ use }) => use === 'unused').length);

	constructor(surface: Surface) {
		this.#surface = surface;
		this.#past = new PolicyPast(surface.live.deck);
	}

	/** Policies that a component had before, other than the one it has; newest first. */
	pastOf = (component: DeckComponent) => this.#past.of(component);

	factsOf = (component: DeckComponent): PolicyFacts => {
		const { engine, world } = this.#surface.live;
		return this.#facts.get(component, [engine, world], '', () =>
			policyFacts(component.policy, engine, viewOf(world)),
		);
	};

	/** The error says why it is not taken; then the policy stays as it was. */
	setText = (text: string): Result<void, string> => {
		const { component } = this;
		const { deck } = this.#surface.live;
		return component && component.policy !== text ? deck.setPolicy(component.id, text) : ok(undefined);
	};

	attach = (text: string | null) => {
		const { component } = this;
		const { deck } = this.#surface.live;
		if (component) deck.setPolicy(component.id, text);
	};

	get engine(): EngineId {
		return this.#surface.live.engine;
	}

	setEngine = (engine: EngineId) => this.#surface.live.deck.setEngine(engine);

	show = (line: number, column = 1) => {
		this.#reveal = { line, column };
	};

	/** Whether the engine to compare with decides a host call otherwise. Of entries that are out of date nothing is said. */
	differs = (entry: HostCallEntry): boolean => {
		const request = accessRequestOf(entry);
		const component = this.#current(entry);
		if (!request || !component) return false;
		const { engine, world } = this.#surface.live;
		const other = this.#others.get(
			component,
			[engine, world],
			JSON.stringify(request),
			() => this.decide(component, counterpart(engine), request).outcome,
		);
		return other !== entry.outcome;
	};

	/** What every engine says of a request under a component's policy as it is now. */
	compare = (component: DeckComponent, request: AccessRequest): Comparison => {
		const { world } = this.#surface.live;
		const ask = this.#comparisons.get(component, [world], '', () =>
			createComparison(this.factsOf(component).parsed, viewOf(world)),
		);
		return ask(request);
	};

	/** What engines that decide a host call otherwise say of it, such as `denied by Wassette 0.2.0 to 0.7.1`; null where none does. */
	disagreement = (entry: HostCallEntry): string | null => {
		const component = this.#surface.live.components.find(({ id }) => id === entry.component);
		const request = component ? accessRequestOf(entry) : null;
		if (!component || !request) return null;
		const others = this.compare(component, request).decisions.filter(
			({ outcome }) => outcome !== entry.outcome,
		);
		if (others.length === 0) return null;
		const said = entry.outcome === 'allow' ? 'denied' : 'allowed';
		return `${said} by ${engineSpan(others.map(({ engine }) => engine))}`;
	};

	/** That the engine in use and its counterpart part over a host call, in a sentence; null where they do not, or its policy changed since. */
	parting = (entry: HostCallEntry): string | null => {
		if (!this.differs(entry)) return null;
		const { engine } = this;
		const documented = entry.outcome === 'deny' ? 'promises to allow it' : 'promises to deny it';
		const does = entry.outcome === 'deny' ? 'denies' : 'allows';
		const opposite = entry.outcome === 'deny' ? 'allows' : 'denies';
		return engine === 'documented'
			? `The documentation ${does} it, Wassette ${counterpart(engine)} ${opposite} it.`
			: `Wassette ${engine} ${does} it, the documentation ${documented}.`;
	};

	/** What one engine says of a request under a component's policy as it is now. */
	decide = (component: DeckComponent, engine: EngineId, request: AccessRequest): Decision => {
		const { world } = this.#surface.live;
		const ask = this.#evaluators.get(component, [world], engine, () =>
			createEvaluator(this.factsOf(component).parsed, engine, viewOf(world)),
		);
		return ask(request);
	};

	/** Why a component did not find what its policy grants; null where the policy, as it is now, does not grant a host call. */
	unfound = (entry: HostCallEntry): string | null => {
		const request = accessRequestOf(entry);
		const component = this.#current(entry);
		if (!request || !component) return null;
		const decision = this.decide(component, entry.engine, request);
		const rules = this.factsOf(component).parsed?.policy?.rules ?? [];
		return decision.outcome === 'allow' ? explainUnfound(decision, rules) : null;
	};

	/** Changes to the policy as it is now that would allow a host call that was denied, narrowest first. */
	suggestionsFor = (entry: HostCallEntry): readonly Suggestion[] => {
		const asked = this.#asked(entry);
		if (!asked) return [];
		const { key, deps, request, context } = asked;
		return this.#suggestions.get(key, deps, JSON.stringify(request), () => suggestions(request, context));
	};

	/** The narrowest of `suggestionsFor`, or null where there is none: found sooner than all of them. */
	grantFor = (entry: HostCallEntry): Suggestion | null => {
		const asked = this.#asked(entry);
		if (!asked) return null;
		const { key, deps, request, context } = asked;
		return this.#grants.get(key, deps, JSON.stringify(request), () => narrowestGrant(request, context));
	};

	/** What `grantFor` found; undefined where it was not asked yet. */
	knownGrant = (entry: HostCallEntry): Suggestion | null | undefined => {
		const asked = this.#asked(entry);
		return asked && this.#grants.peek(asked.key, asked.deps, JSON.stringify(asked.request));
	};

	/** What a denied host call asked for, of which component, and what an answer depends on; null where no policy speaks of it. */
	#asked(entry: HostCallEntry) {
		const request = entry.outcome === 'deny' ? accessRequestOf(entry) : null;
		const key = this.#surface.live.components.find(({ id }) => id === entry.component);
		if (!request || !key) return null;
		const { world, engine } = this.#surface.live;
		const context = { policy: key.policy, engine, world: viewOf(world), componentId: key.id };
		return { key, deps: [engine, world], request, context };
	}

	/** Whether the policy's text does not parse, so that there is no verdict to show. */
	isBlank = (componentId: string): boolean => {
		const component = this.#surface.live.components.find(({ id }) => id === componentId);
		return component !== undefined && !component.goesBy && this.factsOf(component).state === 'invalid';
	};

	/** The component of an entry, if its policy still is what the entry was decided by. */
	#current(entry: HostCallEntry): DeckComponent | null {
		const component = this.#surface.live.components.find(({ id }) => id === entry.component);
		return component?.revision === entry.revision ? component : null;
	}

	#makeMarks(): readonly RuleMark[] {
		const { component } = this;
		const { live, activity } = this.#surface;
		if (!component || !this.facts) return [];
		const entries = live.deck.activity.filter(
			(entry): entry is HostCallEntry =>
				entry.kind === 'host-call' &&
				entry.component === component.id &&
				entry.revision === component.revision,
		);
		const { selected } = activity;
		return ruleMarks(this.facts.rules, entries, selected?.kind === 'host-call' ? selected : null);
	}
}
