import type { StreamPiece } from '../../core/call';

/** What has come of a result's streams: how much in all, and the end of it in words. */
export interface Grown {
	readonly count: number;
	readonly of: StreamPiece['of'];
	/** Of values one telling after the other, of bytes one text. */
	readonly parts: readonly string[];
	/** There was more than is kept here. */
	readonly cut: boolean;
}

/** Tellings of values that are kept, and characters of a text. */
const mostParts = 200;
const mostText = 16_384;

/** What has come with one more piece of it. */
export function grow(before: Grown | null, { count, of, text }: StreamPiece): Grown {
	const same = before?.of === of ? before : null;
	const parts =
		of === 'bytes' ? [`${same?.parts[0] ?? ''}${text}`.slice(-mostText)] : [...(same?.parts ?? []), text];
	const total = (same?.count ?? 0) + count;
	const cut =
		(same?.cut ?? false) ||
		parts.length > mostParts ||
		text.startsWith('… ') ||
		(of === 'bytes' && total > mostText);
	return { count: total, of, parts: parts.slice(-mostParts), cut };
}
