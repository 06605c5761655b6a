import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { treeProblem, withEntries, withEntry, withEntryMoved, withoutEntry, worldPath } from './file-tree';
import type { FileNode, FileTree } from './files';
import { describeWorld, worldOf } from './scenario';
import { emptyWorld } from './world';

const directory: FileNode = { kind: 'directory', modified: 0 };
const file = (text = ''): FileNode => ({
	...{ kind: 'file', content: new TextEncoder().encode(text), size: text.length, modified: 0 },
});
const tree: FileTree = new Map([
	['/', directory],
	['/data', directory],
	['/data/a.txt', file('a')],
	['/link', { kind: 'symlink', target: 'data', modified: 0 }],
]);
const said = (result: ReturnType<typeof withEntry>) => (result.ok ? [...result.value.keys()] : result.error);

describe('an entry', () => {
	test('makes the directories above it, and takes the place of a file', () => {
		expect(said(withEntry(tree, '/new/deep/b', file()))).toEqual(
			expect.arrayContaining(['/new', '/new/deep', '/new/deep/b']),
		);
		const put = withEntry(tree, '/data/a.txt', file('b'));
		expect(put.ok && put.value.get('/data/a.txt')).toEqual(file('b'));
	});

	test.each([
		['a file where a directory is', '/data', file(), '/data is a directory already'],
		['a directory where a file is', '/data/a.txt', directory, '/data/a.txt is a file already'],
		['a directory where a link is', '/link', directory, '/link is a link already'],
		['a file below a file', '/data/a.txt/x', file(), '/data/a.txt is a file, so nothing lies below it'],
		['a file below a link', '/link/x', file(), '/link is a link, so nothing lies below it'],
		['the root', '/', directory, '/ is no path of a file'],
		['a path that climbs', '/../x', file(), '/../x is no path of a file'],
	])('is refused that is %s', (_name, path, node, words) => {
		expect(said(withEntry(tree, path, node))).toBe(words);
	});

	test.each([
		['into itself', '/data', '/data/x', 'A directory cannot move into itself'],
		['onto another', '/link', '/data', '/data is already there'],
		['below a file', '/link', '/data/a.txt/x', '/data/a.txt is a file, so nothing lies below it'],
		['that is not there', '/none', '/x', '/none is not there'],
		[
			'to a path that is too long',
			'/data',
			`/${'x'.repeat(256)}`,
			`/${'x'.repeat(256)} is no path of a file`,
		],
	])('does not move %s', (_name, from, to, words) => {
		expect(said(withEntryMoved(tree, from, to))).toBe(words);
	});

	test('moves with all below it, and goes with all below it', () => {
		expect(said(withEntryMoved(tree, '/data', '/moved'))).toEqual(['/', '/link', '/moved', '/moved/a.txt']);
		expect([...withoutEntry(tree, '/data').keys()]).toEqual(['/', '/link']);
	});
});

test('what does not fit among the files that are there is left out, and named', () => {
	const { files, refused } = withEntries(tree, [
		['/data', file()],
		['/data/a.txt/x', file()],
		['/b', file()],
	]);
	expect([...files.keys()]).toEqual([...tree.keys(), '/b']);
	expect(refused).toHaveLength(2);
});

test.each([
	['data/./x//y', { ok: true, value: '/data/x/y' }],
	['/a/../b', { ok: false, error: expect.stringContaining('..') }],
	['/', { ok: false, error: expect.stringContaining('absolute') }],
	['a\0b', { ok: false, error: expect.any(String) }],
	['x'.repeat(256), { ok: false, error: expect.stringContaining('shorter') }],
])('a typed path %j', (typed, path) => {
	expect(worldPath(typed)).toEqual(path);
});

test('whatever is put, moved and removed, the tree is one that comes back from a scenario as it was', () => {
	const name = fc.constantFrom('a', 'b', 'c', '__proto__', 'é');
	const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => `/${names.join('/')}`);
	const node = fc.constantFrom<FileNode>(directory, file(), file('x'), {
		...{ kind: 'symlink', target: 'a', modified: 0 },
	});
	const change = fc.oneof(
		fc.tuple(path, node).map(
			([at, put]) =>
				(files: FileTree) =>
					withEntry(files, at, put),
		),
		fc.tuple(path, path).map(
			([from, to]) =>
				(files: FileTree) =>
					withEntryMoved(files, from, to),
		),
		path.map((at) => (files: FileTree) => ({ ok: true as const, value: withoutEntry(files, at) })),
	);
	fc.assert(
		fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
			let files: FileTree = emptyWorld.files;
			for (const apply of changes) {
				const next = apply(files);
				if (next.ok) files = next.value;
			}
			expect(treeProblem(files)).toBeNull();
			const back = worldOf(describeWorld({ ...emptyWorld, files })).files;
			expect(new Map([...back].sort())).toEqual(new Map([...files].sort()));
		}),
	);
});

test('what a tree had already is not held against the next one', () => {
	const file: FileNode = { kind: 'file', content: new Uint8Array(1), size: 1, modified: 0 };
	const long = `/${'f'.repeat(256)}`;
	const before = new Map([...emptyWorld.files, [long, file]]);
	expect(treeProblem(before)).toContain('no path');
	expect(treeProblem(new Map([...before, ['/a', file]]), before)).toBeNull();
	expect(treeProblem(new Map([...before, [`${long}f`, file]]), before)).toContain('no path');
	expect(treeProblem(new Map([...before, ['/a/b', file]]), before)).toContain('does not lie');
});
