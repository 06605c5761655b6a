import { itemAt } from '../../core/item-at';

/** A block of a text in Markdown's plain subset. Inner texts still hold the marks of `richText`. */
export type TextBlock =
	| { readonly kind: 'paragraph' | 'quote'; readonly lines: readonly string[] }
	| { readonly kind: 'heading'; readonly text: string }
	| { readonly kind: 'code'; readonly text: string }
	| { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly string[] };

const heading = /^#{1,6}\s+(\S.*)$/;
const fence = /^(`{3,}|~{3,})/;
const bullet = /^\s{0,3}[-*+]\s+(\S.*)$/;
const numbered = /^\s{0,3}\d{1,3}[.)]\s+(\S.*)$/;
const quote = /^>\s?(.*)$/;
/** A table stays as it is written, in columns. */
const row = /^\|.*\|\s*$/;

/**
 * Reads Markdown's plain subset: paragraphs, headings, lists of one level, quotes and fenced code; tables stand as they are written. HTML, images and everything else is text.
 * A line's end is kept, as people see it who write the text.
 */
export function readMarkdown(text: string): readonly TextBlock[] {
	const blocks: TextBlock[] = [];
	const lines = text.replace(/\r\n?/g, '\n').split('\n');
	let at = 0;
	/** Takes lines for as long as they fit. */
	const take = (fits: (line: string) => string | null): readonly string[] => {
		const taken: string[] = [];
		for (let found = fits(lines[at] ?? ''); at < lines.length && found !== null;) {
			taken.push(found);
			at += 1;
			found = fits(lines[at] ?? '');
		}
		return taken;
	};
	while (at < lines.length) {
		const line = itemAt(lines, at);
		const opened = fence.exec(line)?.[1];
		if (line.trim() === '') at += 1;
		else if (opened) {
			at += 1;
			const inside = take((other) => (other.trim() === opened ? null : other));
			at += 1;
			blocks.push({ kind: 'code', text: inside.join('\n') });
		} else if (heading.test(line)) {
			blocks.push({ kind: 'heading', text: withoutClosing(heading.exec(line)?.[1] ?? '') });
			at += 1;
		} else if (bullet.test(line) || numbered.test(line)) {
			const item = bullet.test(line) ? bullet : numbered;
			const items = take((other) => item.exec(other)?.[1] ?? null);
			blocks.push({ kind: 'list', ordered: item === numbered, items });
		} else if (row.test(line)) {
			const rows = take((other) => (row.test(other) ? other : null));
			blocks.push({ kind: 'code', text: rows.join('\n') });
		} else if (quote.test(line))
			blocks.push({ kind: 'quote', lines: take((other) => quote.exec(other)?.[1] ?? null) });
		else blocks.push({ kind: 'paragraph', lines: take((other) => (isPlain(other) ? other : null)) });
	}
	return blocks;
}

const isPlain = (line: string): boolean =>
	line.trim() !== '' && ![heading, fence, bullet, numbered, quote, row].some((other) => other.test(line));

/** A heading without the marks that may close it. */
function withoutClosing(text: string): string {
	const line = text.trimEnd();
	let end = line.length;
	while (line[end - 1] === '#') end -= 1;
	return end < line.length && /\s/.test(line[end - 1] ?? '') ? line.slice(0, end).trimEnd() : line;
}
