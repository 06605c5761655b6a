import type { DeckComponent } from '../../deck/deck';

/** A tool name that several components offer. Wassette calls none of them. */
export interface SharedName {
	readonly components: readonly string[];
	/** What that means, for a person. */
	readonly sentence: string;
}

/** The components that share a tool's name; null where at most one has it. */
export function sharedBy(
	components: readonly Pick<DeckComponent, 'id' | 'tools'>[],
	name: string,
): SharedName | null {
	const ids = components.filter(({ tools }) => tools.some((tool) => tool.name === name)).map(({ id }) => id);
	if (ids.length < 2) return null;
	return {
		components: ids,
		sentence: `${ids.slice(0, -1).join(', ')} and ${ids.at(-1)} offer the same tool, ${name}. Wassette lists it for each and answers every call of it with an error; unload one of them.`,
	};
}
