import { IsolationComparison, type ComparisonSurface } from './comparison.svelte';

const kept = new WeakMap<ComparisonSurface, IsolationComparison>();

/** The comparison of a session: made when it is first asked for, and the same one after that. */
export function comparisonOf(session: ComparisonSurface): IsolationComparison {
	const comparison = kept.get(session) ?? new IsolationComparison(session, () => performance.now());
	kept.set(session, comparison);
	return comparison;
}
