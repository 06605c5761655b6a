import { unshared } from '../core/unshared';
import { err, ok, type Result } from '../core/result';

/** How bytes are packed: `deflate` is zlib's form, `deflate-raw` is that of zips. */
export type Packing = 'deflate' | 'deflate-raw' | 'gzip';

/**
 * Unpacks bytes, and stops as soon as there are more than `most` of them, whatever they would have come to. `too large` and `broken` are what
 * keeps it from ending.
 */
export async function inflate(
	packed: Uint8Array,
	packing: Packing,
	most: number,
): Promise<Result<Uint8Array<ArrayBuffer>, 'too large' | 'broken'>> {
	const reader = new Blob([unshared(packed)])
		.stream()
		.pipeThrough(new DecompressionStream(packing))
		.getReader();
	const chunks: Uint8Array<ArrayBuffer>[] = [];
	let length = 0;
	try {
		for (let { value } = await reader.read(); value; { value } = await reader.read()) {
			length += value.length;
			if (length > most) {
				void reader.cancel().catch(() => {});
				return err('too large');
			}
			chunks.push(value);
		}
	} catch {
		return err('broken');
	}
	return ok(new Uint8Array(await new Blob(chunks).arrayBuffer()));
}
