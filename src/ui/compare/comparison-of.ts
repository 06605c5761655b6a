import { Comparison, type ComparisonSurface } from './comparison.svelte';

const kept = new WeakMap<ComparisonSurface, Comparison>();

/** The comparison of a session: made when it is first asked for, and the same one after that. */
export function comparisonOf(session: ComparisonSurface): Comparison {
	const comparison = kept.get(session) ?? new Comparison(session, () => performance.now());
	kept.set(session, comparison);
	return comparison;
}
