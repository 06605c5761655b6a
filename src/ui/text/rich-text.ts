import { readSpot, type Spot } from './spot';

/** A stretch of a text. */
export type RichSegment =
	| { readonly kind: 'plain' | 'code' | 'strong' | 'emphasis'; readonly text: string }
	/** An address elsewhere; `host` is what a reader has to know of it before following it. */
	| { readonly kind: 'link'; readonly text: string; readonly href: string; readonly host: string }
	| { readonly kind: 'place'; readonly text: string; readonly place: Spot };

// Each of these looks no further than its own next mark, so that a text of nothing but marks is read in one go.
const marks =
	/(`[^`]+`|\*\*[^*]+\*\*|\*[^*\s](?:[^*\n]*[^*\s])?\*|(?<![\w_])_[^_\s](?:[^_\n]*[^_\s])?_(?![\w_])|\[[^[\]\n]+\]\([^()\s]+\))/;

/**
 * Splits a text at its marks: backticks around code, two asterisks around what is strong, one asterisk or underscore around what is stressed,
 * and links in the way of Markdown, to `https:`, `http:`, or a place on the page. A mark without its end, and a link to anything else, is text.
 */
export function richText(text: string): readonly RichSegment[] {
	return text
		.split(marks)
		.filter((part) => part !== '')
		.map(segment);
}

function segment(part: string): RichSegment {
	const plain = { kind: 'plain', text: part } as const;
	if (part.length < 3 || !marks.test(part)) return plain;
	if (part.startsWith('`')) return { kind: 'code', text: part.slice(1, -1) };
	if (part.startsWith('**')) return { kind: 'strong', text: part.slice(2, -2) };
	if (!part.startsWith('[')) return { kind: 'emphasis', text: part.slice(1, -1) };
	const end = part.lastIndexOf('](');
	const words = part.slice(1, end);
	const target = part.slice(end + 2, -1);
	const place = readSpot(target);
	if (place) return { kind: 'place', text: words, place };
	const url = /^https?:\/\//i.test(target) ? URL.parse(target) : null;
	return url && url.username === '' ? { kind: 'link', text: words, href: url.href, host: url.host } : plain;
}
