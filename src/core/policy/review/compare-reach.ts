import { coverIndex } from './cover-index';
import { coversPart, overlapsPart, type PolicyReach, type ReachPart } from './reach';

/**
 * What one reach lets through beyond another one; empty only where that is nothing. Where parts of the other let something through only
 * together, it is named all the same.
 */
export function beyond(one: PolicyReach, other: PolicyReach): readonly ReachPart[] {
	const allowing = coverIndex(other.allows);
	const denying = coverIndex(one.denies);
	return one.allows.flatMap((part) => {
		if (denying(part)) return [];
		if (!allowing(part)) return [part];
		// The other allows all of it, and takes some of it away again.
		return other.denies
			.filter((denied) => overlapsPart(denied, part) && !denying(denied))
			.map((denied) => (coversPart(part, denied) ? denied : part));
	});
}

/** What is allowed and not wholly kept out by a deny rule. */
export function allowedParts({ allows, denies }: PolicyReach): readonly ReachPart[] {
	const denying = coverIndex(denies);
	return allows.filter((part) => !denying(part));
}
