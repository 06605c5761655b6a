/** A stretch of text: as it is, or one character that would not be seen, or would change how the rest is seen, with its name. */
export type Segment =
	| { readonly kind: 'plain'; readonly text: string }
	| { readonly kind: 'hidden'; readonly text: string; readonly name: string };

/** What people know these by; others go by their number. */
const names = new Map<number, string>([
	[0x00, 'NUL'],
	[0x07, 'BEL'],
	[0x08, 'BS'],
	[0x0c, 'FF'],
	[0x0d, 'CR'],
	[0x1b, 'ESC'],
	[0x7f, 'DEL'],
	[0xad, 'SHY'],
	[0x200b, 'ZWSP'],
	[0x200c, 'ZWNJ'],
	[0x200d, 'ZWJ'],
	[0x200e, 'LRM'],
	[0x200f, 'RLM'],
	[0x202a, 'LRE'],
	[0x202b, 'RLE'],
	[0x202c, 'PDF'],
	[0x202d, 'LRO'],
	[0x202e, 'RLO'],
	[0x2028, 'LS'],
	[0x2029, 'PS'],
	[0x2060, 'WJ'],
	[0x2066, 'LRI'],
	[0x2067, 'RLI'],
	[0x2068, 'FSI'],
	[0x2069, 'PDI'],
	[0xfeff, 'BOM'],
]);

// Controls, formatting characters, lone surrogates, private and unassigned ones, separators of lines, blanks that take no colour, and
// characters that have no shape of their own. A line feed and a tab are what they look like; a carriage return before a line feed is part of it.
const hidden =
	/(?![\n\t])(?:[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\u2028\u2029\u115f\u1160\u2800\u3164\uffa0]|\u034f|\u17b4|\u17b5|[\u{e0100}-\u{e01ef}])/gu;

/** Splits text so that nothing in it can hide: control, bidirectional and zero-width characters become segments of their own. */
export function visible(text: string): readonly Segment[] {
	const segments: Segment[] = [];
	let from = 0;
	for (const { 0: found, index } of text.matchAll(hidden)) {
		// A joiner inside an emoji shows in the emoji.
		if (found === '\u200d' && isJoinerInEmoji(text, index)) continue;
		if (found === '\r' && text[index + 1] === '\n') continue;
		if (index > from) segments.push({ kind: 'plain', text: text.slice(from, index) });
		segments.push({ kind: 'hidden', text: found, name: nameOf(found) });
		from = index + found.length;
	}
	if (from < text.length) segments.push({ kind: 'plain', text: text.slice(from) });
	return segments;
}

/**
 * The beginning of a text that lays out at once without holding the page up: so many characters, of which so many at most are hidden ones,
 * since each of those is an element of its own. Never ends between the halves of a character.
 */
export function beginningOfText(text: string, characters: number, hiddenOnes: number): string {
	let end = Math.min(text.length, characters);
	let left = hiddenOnes;
	for (const { index } of text.matchAll(hidden)) {
		if (index >= end) break;
		left -= 1;
		if (left < 0) end = index;
	}
	if (end < text.length && /[\ud800-\udbff]/.test(text.charAt(end - 1))) end -= 1;
	return text.slice(0, end);
}

/** The text with the name of each hidden character in its place, for where there is only one string: titles, labels, copies. */
export function visibleText(text: string): string {
	return visible(text)
		.map((segment) => (segment.kind === 'plain' ? segment.text : `[${segment.name}]`))
		.join('');
}

function isJoinerInEmoji(text: string, index: number): boolean {
	return (
		/\p{Extended_Pictographic}[\u{1f3fb}-\u{1f3ff}]?\ufe0f?$/u.test(
			text.slice(Math.max(0, index - 5), index),
		) && /^\p{Extended_Pictographic}/u.test(text.slice(index + 1, index + 3))
	);
}

function nameOf(character: string): string {
	const point = character.codePointAt(0) ?? 0;
	return names.get(point) ?? `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
}
