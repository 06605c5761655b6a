import { propertyOf } from '../core/property-of';
import { isRecord } from '../core/is-record';
import type { StreamPiece } from '../core/call';

/** Under which a progress notification carries what came of a result's streams, in its `_meta`. */
export const pieceKey = 'tapedeck/stream';

/** What a progress notification carries of a result's streams; null where it carries nothing of them. Servers may send anything. */
export function pieceOf(meta: unknown): StreamPiece | null {
	const piece = propertyOf(meta, pieceKey);
	if (!isRecord(piece)) return null;
	const { count, of, text } = piece;
	if (typeof count !== 'number' || typeof text !== 'string' || (of !== 'values' && of !== 'bytes'))
		return null;
	return { count, of, text };
}
