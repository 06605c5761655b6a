/** A stretch of a text, and what took its place. */
interface Change {
	readonly from: number;
	readonly to: number;
	readonly text: string;
}

/**
 * Takes an edit of a text back, and leaves what was written elsewhere in it since: `before` became `after`, which has become `now`. Null where
 * something was written into what the edit had made, so that it can no longer be told apart.
 */
export function revertText(before: string, after: string, now: string): string | null {
	if (before === after) return now;
	if (now === after) return before;
	const own = changeOf(after, before);
	const later = changeOf(after, now);
	if (later.to <= own.from) {
		const shift = later.text.length - (later.to - later.from);
		return now.slice(0, own.from + shift) + own.text + now.slice(own.to + shift);
	}
	return later.from >= own.to ? now.slice(0, own.from) + own.text + now.slice(own.to) : null;
}

/** The one stretch of lines in which two texts differ, in offsets of the first. */
function changeOf(from: string, to: string): Change {
	const [old, changed] = [linesOf(from), linesOf(to)];
	const most = Math.min(old.length, changed.length);
	let start = 0;
	while (start < most && old[start] === changed[start]) start += 1;
	let end = 0;
	while (end < most - start && old[old.length - 1 - end] === changed[changed.length - 1 - end]) end += 1;
	const length = (lines: readonly string[]) => lines.reduce((sum, line) => sum + line.length, 0);
	return {
		from: length(old.slice(0, start)),
		to: length(old.slice(0, old.length - end)),
		text: changed.slice(start, changed.length - end).join(''),
	};
}

/** Lines, each with its end. */
const linesOf = (text: string): readonly string[] => text.split(/(?<=\n)/);
