import type { EngineId } from '../../core/policy/types';
import type { DeckComponent } from '../../deck/deck';
import type { Session } from '../session.svelte';
import type { Overlay } from '../overlays.svelte';

type Desks = Pick<Session, 'live' | 'selection' | 'policy' | 'layout' | 'overlays' | 'loads'>;

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

	/** Others have to provide an import of it, or it provides one for them. */
	hasLinks = ({ id, missing }: DeckComponent): boolean =>
		missing.length > 0 ||
		this.components.some(({ links }) => links !== undefined && Object.values(links).includes(id));

	get live() {
		return this.#session.live;
	}

	/** Opens the dialog of a way to get at components. */
	ask = (way: Extract<Overlay, 'address' | 'remote' | 'new-tool'>) => this.#session.overlays.open(way);
}
