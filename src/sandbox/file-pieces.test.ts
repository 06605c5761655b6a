import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FileNode } from '../core/files';
import { PiecedContents, inPieces } from './file-pieces';
import { decode, encode } from './wire';

const file = (content: Uint8Array | null): FileNode => ({
	kind: 'file',
	content,
	size: content?.length ?? 7,
	modified: 1,
});

const roundTrip = (files: readonly (readonly [string, FileNode])[], most: number) => {
	const sent = inPieces(files, most);
	const contents = new PiecedContents();
	const sizes: number[] = [];
	for (const batch of sent.batches) {
		sizes.push(batch.reduce((sum, { bytes }) => sum + bytes.length, 0));
		// As they come over the wire: all in one block of their own.
		contents.add(decode(encode(batch)) as typeof batch);
	}
	return { files: contents.restore(sent.files), sizes };
};

test('files come out as they went in, in batches of no more than asked for', () => {
	const content = fc.option(fc.uint8Array({ maxLength: 40 }), { nil: null });
	fc.assert(
		fc.property(fc.array(content, { maxLength: 12 }), fc.integer({ min: 1, max: 50 }), (contents, most) => {
			const files = contents.map((content, index) => [`/${index}`, file(content)] as const);
			const out = roundTrip(files, most);
			expect(out.files).toEqual(files);
			expect(out.sizes.every((size) => size <= most)).toBe(true);
		}),
	);
});

test('files that are small together need no batch', () => {
	const files = [['/a', file(new Uint8Array(4))]] as const;
	expect(inPieces(files, 4)).toEqual({ files, batches: [] });
});

test('directories, links and withheld contents are left as they are', () => {
	const files = [
		['/', { kind: 'directory', modified: 0 }],
		['/link', { kind: 'symlink', target: 'a', modified: 0 }],
		['/withheld', file(null)],
		['/big', file(new Uint8Array(9).fill(3))],
	] as const;
	expect(roundTrip(files, 4)).toEqual({ files, sizes: [4, 4, 1] });
});
