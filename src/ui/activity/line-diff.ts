/** One line of a difference; `line` is its number in the text it is from, the new one where it is in both. */
export interface DiffLine {
	readonly kind: 'same' | 'added' | 'removed';
	readonly line: number;
	readonly text: string;
}

/** Beyond so many pairs of lines the middle counts as changed whole: nobody reads on there, and it would take time. */
const mostPairs = 1_000_000;

/** The lines that differ between two texts, with a few around each change. As few lines as can be count as changed. */
export function lineDiff(before: string, after: string, around = 2): readonly DiffLine[] {
	const old = before.split('\n');
	const now = after.split('\n');
	let top = 0;
	while (top < Math.min(old.length, now.length) && old[top] === now[top]) top += 1;
	let bottom = 0;
	while (bottom < Math.min(old.length, now.length) - top && old.at(-1 - bottom) === now.at(-1 - bottom))
		bottom += 1;
	const middle = [old.slice(top, old.length - bottom), now.slice(top, now.length - bottom)] as const;
	const kept = middle[0].length * middle[1].length <= mostPairs ? commonLines(...middle) : [];

	const lines: DiffLine[] = [];
	const add = (kind: DiffLine['kind'], from: readonly string[], start: number, end: number) => {
		for (let at = start; at < end; at++) lines.push({ kind, line: at + 1, text: from[at] ?? '' });
	};
	add('same', now, 0, top);
	let [oldAt, nowAt] = [top, top];
	for (const [inOld, inNow] of [...kept, [middle[0].length, middle[1].length] as const]) {
		add('removed', old, oldAt, top + inOld);
		add('added', now, nowAt, top + inNow);
		if (inOld < middle[0].length) add('same', now, top + inNow, top + inNow + 1);
		[oldAt, nowAt] = [top + inOld + 1, top + inNow + 1];
	}
	add('same', now, now.length - bottom, now.length);
	// A text ends with a line break: what comes after the last one is no line that anybody sees.
	return nearChanges(lines, around).filter(
		({ kind, line, text }) => !(kind === 'same' && text === '' && line === now.length),
	);
}

/** A longest run of lines that both have in the same order, as pairs of their places. */
function commonLines(
	old: readonly string[],
	now: readonly string[],
): readonly (readonly [inOld: number, inNow: number])[] {
	const width = now.length + 1;
	const longest = new Uint16Array((old.length + 1) * width);
	const from = (i: number, j: number) => longest[i * width + j] ?? 0;
	for (let i = old.length - 1; i >= 0; i--)
		for (let j = now.length - 1; j >= 0; j--)
			longest[i * width + j] =
				old[i] === now[j] ? from(i + 1, j + 1) + 1 : Math.max(from(i + 1, j), from(i, j + 1));
	const pairs: (readonly [number, number])[] = [];
	let [i, j] = [0, 0];
	while (i < old.length && j < now.length) {
		if (old[i] === now[j]) pairs.push([i++, j++]);
		else if (from(i + 1, j) >= from(i, j + 1)) i++;
		else j++;
	}
	return pairs;
}

function nearChanges(lines: readonly DiffLine[], around: number): readonly DiffLine[] {
	const near = new Set<number>();
	for (const [at, { kind }] of lines.entries())
		if (kind !== 'same') for (let other = at - around; other <= at + around; other++) near.add(other);
	return lines.filter((_, at) => near.has(at));
}
