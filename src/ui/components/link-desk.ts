import type { Result } from '../../core/result';
import type { DeckComponent } from '../../deck/deck';
import { linkProblem, providersOf } from '../../deck/links';
import type { LiveDeck } from '../live-deck.svelte';

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

/** Who provides what for a component of the list, and for whom it does. */
export class LinkDesk {
	readonly #live: () => LiveDeck;

	constructor(live: () => LiveDeck) {
		this.#live = live;
	}

	/** Which imports of a component others have to provide, and who does. */
	linksOf = (component: DeckComponent): readonly ShownLink[] => {
		const { components } = this.#live();
		return component.missing.map((imported) => {
			const provider = component.links?.[imported] ?? null;
			return {
				imported,
				provider,
				problem: provider === null ? null : linkProblem(component, imported, provider, components),
				candidates: providersOf(component, imported, components).map(({ id }) => id),
			};
		});
	};

	/** What a component provides, and to whom. */
	providesOf = ({ id }: DeckComponent): readonly { readonly imported: string; readonly to: string }[] =>
		this.#live().components.flatMap((other) =>
			Object.entries(other.links ?? {}).flatMap(([imported, provider]) =>
				provider === id ? [{ imported, to: other.id }] : [],
			),
		);

	/** Has a component provide an import of another, or, with null, nobody. The error says why it cannot. */
	link = ({ id }: DeckComponent, imported: string, provider: string | null): Result<void, string> =>
		this.#live().deck.setLink(id, imported, provider);
}
