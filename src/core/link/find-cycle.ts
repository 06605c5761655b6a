import { itemAt } from '../item-at';

/** Who provides what: for each component the ids of those that provide an import of it. */
export type ProvidersOf = (component: string) => readonly string[];

/** A circle of components that provide for each other, from a component back to itself; null where there is none on the way from it. */
export function findCycle(from: string, providersOf: ProvidersOf): readonly string[] | null {
	const done = new Set<string>();
	const walk = (way: readonly string[]): readonly string[] | null => {
		const at = itemAt(way, -1);
		const first = way.indexOf(at);
		if (first < way.length - 1) return way.slice(first);
		if (done.has(at)) return null;
		for (const next of providersOf(at)) {
			const found = walk([...way, next]);
			if (found) return found;
		}
		done.add(at);
		return null;
	};
	return walk([from]);
}

/** A circle in words. */
export const cycleText = (cycle: readonly string[]): string =>
	`${cycle.slice(0, -1).join(', ')} would provide for each other in a circle (${cycle.join(' → ')}), and none of them could start.`;
