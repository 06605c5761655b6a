/** One line of a difference; `line` is its number in the text it is from, the new one where it is in both. */
export interface DiffLine {
	readonly kind: 'same' | 'added' | 'removed';
	readonly line: number;
	readonly text: string;
}

/** The lines that differ between two texts, with a few around them. What lies between the first and the last change counts as changed. */
export function lineDiff(before: string, after: string, around = 2): readonly DiffLine[] {
	const old = before.split('\n');
	const now = after.split('\n');
	let top = 0;
	while (top < Math.min(old.length, now.length) && old[top] === now[top]) top += 1;
	let bottom = 0;
	while (bottom < Math.min(old.length, now.length) - top && old.at(-1 - bottom) === now.at(-1 - bottom))
		bottom += 1;
	if (top === old.length && top === now.length) return [];
	const lines = (kind: DiffLine['kind'], from: readonly string[], start: number, end: number) =>
		from.slice(start, end).map((text, index): DiffLine => ({ kind, line: start + index + 1, text }));
	const end = now.length - bottom;
	return [
		...lines('same', now, Math.max(0, top - around), top),
		...lines('removed', old, top, old.length - bottom),
		...lines('added', now, top, end),
		...lines('same', now, end, Math.min(now.length, end + around)),
	].filter((line, index, all) => !(index === all.length - 1 && line.kind === 'same' && line.text === ''));
}
