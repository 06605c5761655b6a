import type { FileNode } from '../core/files';
import { release } from '../core/release';

/** A stretch of a file's content, sent ahead of the call that it is for. */
export interface FilePiece {
	readonly path: string;
	readonly offset: number;
	/** Of the whole file, in bytes. */
	readonly size: number;
	readonly bytes: Uint8Array;
}

type Files = readonly (readonly [path: string, node: FileNode])[];

/** Contents that are no more than this together travel with the call itself, in bytes. */
const aloneFrom = 2 * 2 ** 20;

const empty = new Uint8Array();

/**
 * The files with their contents taken out, and the contents in batches small enough that sending one does not hold up the page; files
 * that are small together stay as they are, without a batch.
 */
export function inPieces(
	files: Files,
	most = aloneFrom,
): { readonly files: Files; readonly batches: Iterable<readonly FilePiece[]> } {
	let total = 0;
	for (const [, node] of files) if (node.kind === 'file') total += node.content?.length ?? 0;
	if (total <= most) return { files, batches: [] };
	return {
		files: files.map(([path, node]) =>
			node.kind === 'file' && node.content ? [path, { ...node, content: empty }] : [path, node],
		),
		batches: batchesOf(files, most),
	};
}

function* batchesOf(files: Files, most: number): Generator<readonly FilePiece[]> {
	let batch: FilePiece[] = [];
	let room = most;
	for (const [path, node] of files) {
		if (node.kind !== 'file' || !node.content) continue;
		const size = node.content.length;
		for (let offset = 0; offset < size;) {
			const bytes = node.content.subarray(offset, offset + room);
			batch.push({ path, offset, size, bytes });
			offset += bytes.length;
			room -= bytes.length;
			if (room > 0) continue;
			yield batch;
			batch = [];
			room = most;
		}
	}
	if (batch.length > 0) yield batch;
}

/** Puts pieces together again, on the other side. */
export class PiecedContents {
	#contents = new Map<string, Uint8Array>();

	/** The bytes of the pieces are taken over, and gone from where they were. */
	add(pieces: readonly FilePiece[]): void {
		for (const { path, offset, size, bytes } of pieces) {
			let content = this.#contents.get(path);
			if (!content) this.#contents.set(path, (content = new Uint8Array(size)));
			content.set(bytes, offset);
		}
		// All of a batch came in one block.
		release(pieces[0]?.bytes ?? null);
	}

	/** The files with the contents that came ahead of them. */
	restore(files: Files): Files {
		return files.map(([path, node]) => {
			const content = this.#contents.get(path);
			return node.kind === 'file' && content ? [path, { ...node, content }] : [path, node];
		});
	}
}
