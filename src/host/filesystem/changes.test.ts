import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyChanges } from '../../core/apply-changes';
import type { FileTree } from '../../core/files';
import { snapshotFor } from '../../core/snapshot';
import { changedPaths, directory, file, guest, preopen, release, symlink } from './testing';
import { contentsOf, contentsOfTree, operations, perform } from './testing-operations';
import { runs } from '../../core/testing/runs';

const world: FileTree = new Map([
	['/', directory()],
	['/data', directory()],
	['/data/a', directory()],
	['/data/a/a', file('inner one', 1)],
	['/data/a/b', file('inner two', 2)],
	['/data/b', file('outer', 3)],
	['/data/c', directory()],
	['/data/c/a', directory()],
	['/data/c/a/a', file('deep', 4)],
	['/data/c/b', symlink('a/a', 5)],
	['/other', directory()],
	['/other/secret', file('secret')],
]);

const everywhere = () => true;

describe('the changes of a call', () => {
	test('are none where nothing was changed', () => {
		const { dir, changes } = guest(world, release(preopen('/data', 'rw')));
		dir().statAt({}, 'a/b');
		dir().openAt({}, 'b', {}, { read: true }).read(10n, 0n);
		expect(changes()).toEqual([]);
	});

	test('turn the tree before the call into the tree that the guest left', () => {
		const steps = operations(
			'write',
			'append',
			'truncate',
			'resize',
			'mkdir',
			'rmdir',
			'unlink',
			'rename',
			'link',
			'symlink',
			'times',
		);
		fc.assert(
			fc.property(steps, (list) => {
				const { dir, changes } = guest(world, release(preopen('/data', 'rw')));
				for (const step of list) perform(dir(), step);
				const made = changes();
				const { tree, rejected } = applyChanges(world, made, everywhere);
				expect(rejected).toEqual([]);
				expect(contentsOfTree(tree, '/data', true)).toEqual(contentsOf(dir(), '/data', true));
				expect(tree.get('/other/secret')).toBe(world.get('/other/secret'));
			}),
			{ numRuns: runs(200) },
		);
	});

	test('keep contents that never came into the sandbox', () => {
		// What a guest that may not read should have left is what one that may read leaves when it does the same.
		const steps = operations(
			'write',
			'append',
			'truncate',
			'resize',
			'mkdir',
			'rmdir',
			'unlink',
			'rename',
			'rename',
			'rename',
		);
		const grants = release(preopen('/data', 'w'));
		const snapshot = snapshotFor(world, grants);
		fc.assert(
			fc.property(steps, (list) => {
				const blind = guest(snapshot, grants);
				const seeing = guest(world, release(preopen('/data', 'rw')));
				for (const step of list) expect(perform(blind.dir(), step)).toBe(perform(seeing.dir(), step));
				const { tree, rejected } = applyChanges(world, blind.changes(), everywhere);
				expect(rejected).toEqual([]);
				expect(contentsOfTree(tree, '/data')).toEqual(contentsOf(seeing.dir(), '/data'));
			}),
			{ numRuns: runs(200) },
		);
	});

	test('tell a rename as a move, and only that', () => {
		const { dir, changes } = guest(world, release(preopen('/data', 'rw')));
		dir().renameAt('a', dir(), 'z');
		expect(changedPaths(changes())).toEqual(['move /data/a /data/z']);
	});

	test('tell a chain of renames in the order that frees each name', () => {
		const { dir, changes } = guest(world, release(preopen('/data', 'rw')));
		dir().renameAt('b', dir(), 'z');
		dir().renameAt('a/a', dir(), 'b');
		expect(changedPaths(changes())).toEqual(['move /data/b /data/z', 'move /data/a/a /data/b']);
	});

	test('swap two files whose contents are withheld', () => {
		const grants = release(preopen('/data', 'w'));
		const { dir, changes } = guest(snapshotFor(world, grants), grants);
		dir().renameAt('a/a', dir(), 't');
		dir().renameAt('a/b', dir(), 'a/a');
		dir().renameAt('t', dir(), 'a/b');
		const { tree } = applyChanges(world, changes(), everywhere);
		expect(contentsOfTree(tree, '/data/a')).toEqual(
			new Map([
				['/data/a/a', '"inner two"'],
				['/data/a/b', '"inner one"'],
			]),
		);
	});

	test('hold no trace of what was made and taken away again', () => {
		const { dir, changes } = guest(world, release(preopen('/data', 'rw')));
		for (let index = 0; index < 100; index++) {
			dir().createDirectoryAt(`t${index}`);
			dir().removeDirectoryAt(`t${index}`);
		}
		expect(changes()).toEqual([]);
	});

	test('patch what is written into a withheld file', () => {
		const grants = release(preopen('/data', 'w'));
		const { dir, changes } = guest(snapshotFor(world, grants), grants);
		const opened = dir().openAt({}, 'b', {}, { write: true });
		opened.write(new TextEncoder().encode('UT'), 1n);
		opened.write(new TextEncoder().encode('!'), 7n);
		const { tree } = applyChanges(world, changes(), everywhere);
		expect(contentsOfTree(tree, '/data').get('/data/b')).toBe('"oUTer\0\0!"');
	});

	test('remove a directory once, not its entries one by one', () => {
		const { dir, changes } = guest(world, release(preopen('/data', 'rw')));
		dir().unlinkFileAt('c/a/a');
		dir().removeDirectoryAt('c/a');
		dir().unlinkFileAt('c/b');
		dir().removeDirectoryAt('c');
		expect(changedPaths(changes())).toEqual(['remove /data/c']);
	});
});
