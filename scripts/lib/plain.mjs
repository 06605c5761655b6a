/** Text that does nothing to a terminal: control, bidirectional and zero-width characters are written as their numbers. */
export function plain(text) {
	return text.replace(
		/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu,
		(character) => `\\u{${character.codePointAt(0).toString(16)}}`,
	);
}

/** A number with its noun: `1 file`, `2 files`. */
export const counted = (count, noun) => `${count} ${noun}${count === 1 ? '' : 's'}`;
