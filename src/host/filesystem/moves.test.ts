import { expect, test } from 'vitest';
import { applyChanges } from '../../core/apply-changes';
import { snapshotFor } from '../../core/snapshot';
import type { Descriptor } from './descriptor';
import { changedPaths, directory, file, guest, preopen, release } from './testing';
import { contentsOf, contentsOfTree } from './testing-operations';

const world = new Map([
	['/', directory()],
	['/data', directory()],
	['/data/a', directory()],
	['/data/a/one', file('1')],
	['/data/a/two', file('2')],
	['/data/b', directory()],
	['/data/b/three', file('3')],
	['/data/f', file('f')],
	['/data/g', file('g')],
]);
const more = (...names: string[]) => new Map([...world, ...names.map((name) => [name, file(name)] as const)]);
const rename = (root: Descriptor, ...pairs: readonly (readonly [string, string])[]) =>
	pairs.forEach(([from, to]) => root.renameAt(from, root, to));

/** What a guest did without seeing any contents, and the changes that keep it: nothing but moves can. */
const cases: readonly (readonly [string, (root: Descriptor) => void, readonly string[]])[] = [
	[
		'into a directory that is made for it',
		(root) => {
			root.createDirectoryAt('new');
			root.createDirectoryAt('new/er');
			rename(root, ['f', 'new/er/f']);
		},
		['directory /data/new', 'directory /data/new/er', 'move /data/f /data/new/er/f'],
	],
	[
		'into a new directory of the old name',
		(root) => {
			rename(root, ['a', 't']);
			root.createDirectoryAt('a');
			rename(root, ['t', 'a/inner']);
		},
		['move /data/a /data/.moving-1', 'directory /data/a', 'move /data/.moving-1 /data/a/inner'],
	],
	[
		'two directories in each other’s place',
		(root) => rename(root, ['a', 't'], ['b', 'a'], ['t', 'b']),
		['move /data/a /data/.moving-1', 'move /data/b /data/a', 'move /data/.moving-1 /data/b'],
	],
	[
		'past a name that is taken',
		(root) => rename(root, ['f', 't'], ['g', 'f'], ['t', 'g']),
		['move /data/f /data/.moving-2', 'move /data/g /data/f', 'move /data/.moving-2 /data/g'],
	],
	[
		'in a row that ends where something was taken away',
		(root) => {
			root.unlinkFileAt('g');
			rename(root, ['f', 'g'], ['a/one', 'f']);
		},
		['remove /data/g', 'move /data/f /data/g', 'move /data/a/one /data/f'],
	],
	[
		'out of a directory that goes',
		(root) => {
			rename(root, ['b/three', 'three']);
			root.removeDirectoryAt('b');
		},
		['move /data/b/three /data/three', 'remove /data/b'],
	],
	[
		'a directory, and a file out of it to the old place',
		(root) => rename(root, ['a', 'z'], ['z/one', 'a']),
		['move /data/a /data/z', 'move /data/z/one /data/a'],
	],
];

test.each(cases)('what is withheld moves %s', (name, change, expected) => {
	const files = name.startsWith('past') ? more('/data/.moving-1') : world;
	const grants = release(preopen('/data', 'w'));
	const blind = guest(snapshotFor(files, grants), grants);
	const seeing = guest(files, release(preopen('/data', 'rw')));
	change(blind.dir());
	change(seeing.dir());
	for (const { changes } of [blind, seeing]) {
		const { tree, rejected } = applyChanges(files, changes(), () => true);
		expect(rejected).toEqual([]);
		expect(contentsOfTree(tree, '/data')).toEqual(contentsOf(seeing.dir(), '/data'));
	}
	expect(changedPaths(blind.changes())).toEqual(expected);
});

test('what is known is written anew where two change places, and moved where it is free', () => {
	const { dir, changes } = guest(world, release(preopen('/data', 'rw')));
	rename(dir(), ['f', 't'], ['g', 'f'], ['t', 'g']);
	expect(changedPaths(changes())).toEqual(['write /data/f', 'write /data/g']);
	dir().unlinkFileAt('g');
	expect(changedPaths(changes())).toEqual(['remove /data/g', 'write /data/f']);
});
