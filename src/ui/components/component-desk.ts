import type { EngineId } from '../../core/policy/types';
import type { Result } from '../../core/result';
import type { DeckComponent } from '../../deck/deck';
import { linkProblem, providersOf } from '../../deck/links';
import type { Session } from '../session.svelte';
import type { Overlay } from '../overlays.svelte';

type Desks = Pick<Session, 'live' | 'selection' | 'policy' | 'layout' | 'overlays' | 'loads'>;

/** An import of a component that the page does not provide. */
export interface ShownLink {
	readonly imported: string;
	/** The id of the component that provides it; null where none does. */
	readonly provider: string | null;
	/** Why the one that should provide it cannot; null where nothing speaks against it. */
	readonly problem: string | null;
	/** Ids of loaded components that export it. */
	readonly candidates: readonly string[];
}

/** The list of components: which are there and on their way, which one is open, and what can be done with each. */
export class ComponentDesk {
	readonly #session: Desks;

	constructor(session: Desks) {
		this.#session = session;
	}

	get components(): readonly DeckComponent[] {
		return this.#session.live.components;
	}

	get engine(): EngineId {
		return this.#session.live.engine;
	}

	get loads() {
		return this.#session.loads;
	}

	isOpen = ({ id }: DeckComponent): boolean => this.#session.selection.component?.id === id;

	factsOf = (component: DeckComponent) => this.#session.policy.factsOf(component);

	select = (component: DeckComponent) => this.#session.selection.selectComponent(component);

	openPolicy = (component: DeckComponent) => {
		this.select(component);
		this.#session.layout.showSide('policy');
	};

	inspect = (component: DeckComponent) => {
		this.select(component);
		this.#session.overlays.open('inspect');
	};

	setStandIns = ({ id }: DeckComponent, on: boolean) => this.#session.live.deck.setStandIns(id, on);

	/** Which imports of a component others have to provide, and who does. */
	linksOf = (component: DeckComponent): readonly ShownLink[] =>
		component.missing.map((imported) => {
			const provider = component.links?.[imported] ?? null;
			return {
				imported,
				provider,
				problem: provider === null ? null : linkProblem(component, imported, provider, this.components),
				candidates: providersOf(component, imported, this.components).map(({ id }) => id),
			};
		});

	/** What a component provides, and to whom. */
	providesOf = ({ id }: DeckComponent): readonly { readonly imported: string; readonly to: string }[] =>
		this.components.flatMap((other) =>
			Object.entries(other.links ?? {}).flatMap(([imported, provider]) =>
				provider === id ? [{ imported, to: other.id }] : [],
			),
		);

	/** Has a component provide an import of another, or, with null, nobody. The error says why it cannot. */
	link = ({ id }: DeckComponent, imported: string, provider: string | null): Result<void, string> =>
		this.#session.live.deck.setLink(id, imported, provider);

	/** Opens the dialog of a way to get at components. */
	ask = (way: Extract<Overlay, 'address' | 'remote' | 'new-tool'>) => this.#session.overlays.open(way);
}
