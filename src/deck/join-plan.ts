import { err, ok, type Result } from '../core/result';
import type { DeckComponent } from './contents';
import { resolvedLinks, stillMissing } from './links';

/** How components that provide for each other become one. */
export interface JoinPlan {
	/** The component itself, then all that provide for it, however far away; each once. */
	readonly parts: readonly DeckComponent[];
	/** By ids, with full names of imports and exports. */
	readonly links: readonly {
		readonly user: string;
		readonly imported: string;
		readonly provider: string;
		readonly exported: string;
	}[];
	/** Imports that no part provides: the whole has them still. */
	readonly staying: readonly { readonly imported: string; readonly by: string }[];
}

/** What makes one component of one that others provide for. The error is a sentence: what of it cannot be joined. */
export function joinPlan(
	component: DeckComponent,
	components: readonly DeckComponent[],
): Result<JoinPlan, string> {
	const parts: DeckComponent[] = [component];
	const links: JoinPlan['links'][number][] = [];
	const staying: JoinPlan['staying'][number][] = [];
	// Those that are found on the way are looked at in turn.
	for (const part of parts) {
		if (part.unbuilt) return err(`${part.id} is not built yet. Call one of its tools first.`);
		const resolved = resolvedLinks(part, components);
		if (!resolved.ok) return resolved;
		for (const { imported, provider, exported } of resolved.value) {
			links.push({ user: part.id, imported, provider: provider.id, exported: exported.name });
			if (!parts.some(({ id }) => id === provider.id)) parts.push(provider);
		}
		for (const imported of stillMissing(part)) staying.push({ imported, by: part.id });
	}
	if (links.length === 0) return err(`No component provides anything for ${component.id}.`);
	return ok({ parts, links, staying });
}
