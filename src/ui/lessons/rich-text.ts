/** A stretch of a lesson's text. */
export interface RichSegment {
	readonly kind: 'plain' | 'code' | 'strong';
	readonly text: string;
}

/** Splits a text at its marks: backticks around code, two asterisks around what is strong. A mark without its end is text. */
export function richText(text: string): readonly RichSegment[] {
	return text
		.split(/(`[^`]+`|\*\*[^*]+\*\*)/)
		.filter((part) => part !== '')
		.map((part) => {
			if (/^`[^`]+`$/.test(part)) return { kind: 'code', text: part.slice(1, -1) };
			if (/^\*\*[^*]+\*\*$/.test(part)) return { kind: 'strong', text: part.slice(2, -2) };
			return { kind: 'plain', text: part };
		});
}
