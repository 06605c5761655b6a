import type { Session } from '../session.svelte';
import { Comparison } from './comparison.svelte';

const kept = new WeakMap<Session, Comparison>();

/** The comparison of a session: made when it is first asked for, and the same one after that. */
export function comparisonOf(session: Session): Comparison {
	const comparison = kept.get(session) ?? new Comparison(session, () => performance.now());
	kept.set(session, comparison);
	return comparison;
}
