import { itemAt } from '../../item-at';

/**
 * Whether path segments match a pattern: whole, or with `deep` also where only the first of them do. `**` stands for any number of
 * segments, a `*` in a segment for any text in it.
 * Takes time in proportion to both lengths multiplied, at worst.
 */
export function matchesGlob(pattern: readonly string[], path: readonly string[], deep = false): boolean {
	let at = 0;
	let star = -1;
	let starAt = 0;
	let index = 0;
	while (index < path.length) {
		if (deep && at === pattern.length) return true;
		const part = pattern[at];
		if (part === '**') {
			star = at++;
			starAt = index;
		} else if (part !== undefined && matchesSegment(part, itemAt(path, index))) {
			at++;
			index++;
		} else if (star >= 0) {
			at = star + 1;
			index = ++starAt;
		} else {
			return false;
		}
	}
	while (pattern[at] === '**') at++;
	return at === pattern.length;
}

/** Whether one segment matches a part of a pattern that holds at most one `*`. */
function matchesSegment(part: string, segment: string): boolean {
	const star = part.indexOf('*');
	if (star < 0) return part === segment;
	return (
		segment.length >= part.length - 1 &&
		segment.startsWith(part.slice(0, star)) &&
		segment.endsWith(part.slice(star + 1))
	);
}
