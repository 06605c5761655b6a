import { createSubscriber } from 'svelte/reactivity';
import type { Outlet } from '../core/outlet';
import type { EngineId } from '../core/policy/types';
import type { Result } from '../core/result';
import type { World } from '../core/world';
import type { Deck, DeckComponent } from '../deck/deck';

/** The deck, read so that what depends on it follows its changes. */
export class LiveDeck {
	readonly #deck: Deck;
	readonly #follow: () => void;

	constructor(deck: Deck) {
		this.#deck = deck;
		this.#follow = createSubscriber((update) => deck.subscribe(update));
	}

	get deck(): Deck {
		this.#follow();
		return this.#deck;
	}

	get components(): readonly DeckComponent[] {
		return this.deck.components;
	}

	get engine(): EngineId {
		return this.deck.engine;
	}

	get world(): World {
		return this.deck.world;
	}

	/** What may leave the page, as it is when it is asked; nothing follows it. */
	get outlet(): Outlet {
		return this.#deck.outlet;
	}

	/** Says why where it is more than a world takes; then it stays as it was. */
	setWorld = (changes: Partial<World>): Result<void, string> =>
		this.#deck.setWorld({ ...this.#deck.world, ...changes });
}
