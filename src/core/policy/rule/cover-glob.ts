import { itemAt } from '../../item-at';

/** Longest patterns that are compared, in segments: comparing takes time in proportion to both lengths multiplied. */
const mostSegments = 256;

/** A path pattern as `matchesGlob` takes it: `deep` also matches what is below. */
export interface GlobPattern {
	readonly segments: readonly string[];
	readonly deep: boolean;
}

/**
 * Whether every path that `narrow` matches is matched by `wide` too. True only where it is so; false also where it cannot be told, such as
 * for patterns of very many segments.
 */
export function coversGlob(wide: GlobPattern, narrow: GlobPattern): boolean {
	const [p, q] = [whole(wide), whole(narrow)];
	if (p.length > mostSegments || q.length > mostSegments) return false;
	return walk(p, q, (part, other) => other !== '**' && coversSegment(part, other), false);
}

/** Whether some path is matched by both. False only where none is; true also where it cannot be told. */
export function overlapsGlob(one: GlobPattern, other: GlobPattern): boolean {
	const [p, q] = [whole(one), whole(other)];
	if (p.length > mostSegments || q.length > mostSegments) return true;
	return walk(p, q, overlapsSegment, true);
}

/** What is below is any number of further segments. */
const whole = ({ segments, deep }: GlobPattern) => (deep ? [...segments, '**'] : segments);

/** Goes through both patterns from their ends, one row of the table of "the rest of these two fits" at a time. */
function walk(
	p: readonly string[],
	q: readonly string[],
	fits: (part: string, other: string) => boolean,
	bothMayStretch: boolean,
): boolean {
	let below: boolean[] = [];
	for (let i = p.length; i >= 0; i--) {
		const row: boolean[] = [];
		for (let j = q.length; j >= 0; j--) {
			const [part, other] = [p[i], q[j]];
			if (part === undefined && other === undefined) row[j] = true;
			else if (part === '**') row[j] = itemAt(below, j) || (other !== undefined && itemAt(row, j + 1));
			else if (bothMayStretch && other === '**')
				row[j] = itemAt(row, j + 1) || (part !== undefined && itemAt(below, j));
			else row[j] = part !== undefined && other !== undefined && fits(part, other) && itemAt(below, j + 1);
		}
		below = row;
	}
	return itemAt(below, 0);
}

/** The text before and after the one `*` of a segment; null where it has none. */
function ends(part: string): readonly [before: string, after: string] | null {
	const star = part.indexOf('*');
	return star < 0 ? null : [part.slice(0, star), part.slice(star + 1)];
}

function coversSegment(wide: string, narrow: string): boolean {
	const [a, b] = [ends(wide), ends(narrow)];
	if (!a) return !b && wide === narrow;
	if (b) return b[0].startsWith(a[0]) && b[1].endsWith(a[1]);
	return narrow.length >= wide.length - 1 && narrow.startsWith(a[0]) && narrow.endsWith(a[1]);
}

function overlapsSegment(one: string, other: string): boolean {
	const [a, b] = [ends(one), ends(other)];
	if (!a || !b) return coversSegment(one, other) || coversSegment(other, one);
	return (a[0].startsWith(b[0]) || b[0].startsWith(a[0])) && (a[1].endsWith(b[1]) || b[1].endsWith(a[1]));
}
