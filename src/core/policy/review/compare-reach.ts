import { coversPart, overlapsPart, type Reach, type ReachPart } from './reach';

/**
 * What one reach lets through beyond another one; empty only where that is nothing. Where parts of the other let something through only
 * together, it is named all the same.
 */
export function beyond(one: Reach, other: Reach): readonly ReachPart[] {
	return one.allows.flatMap((part) => {
		if (isDenied(part, one)) return [];
		if (!other.allows.some((allowed) => coversPart(allowed, part))) return [part];
		// The other allows all of it, and takes some of it away again.
		return other.denies
			.filter((denied) => overlapsPart(denied, part) && !isDenied(denied, one))
			.map((denied) => (coversPart(part, denied) ? denied : part));
	});
}

/** Whether all of a part is kept out by one deny rule. */
export const isDenied = (part: ReachPart, { denies }: Reach): boolean =>
	denies.some((denied) => coversPart(denied, part));
