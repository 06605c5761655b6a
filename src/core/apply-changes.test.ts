import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyChanges } from './apply-changes';
import type { FileChange, FileNode, FileTree } from './files';
import { isWithin, isWorldPath, parentOf } from './path';
import { runs } from './testing/runs';

const directory: FileNode = { kind: 'directory', modified: 0 };
const file = (text: string): FileNode => ({
	kind: 'file',
	content: new TextEncoder().encode(text),
	size: text.length,
	modified: 0,
});

const tree: FileTree = new Map([
	['/', directory],
	['/data', directory],
	['/data/a', file('aaa')],
	['/data/dir', directory],
	['/data/dir/b', file('bbb')],
	['/data/link', { kind: 'symlink', target: '../etc', modified: 0 } as const],
	['/data/secret', directory],
	['/data/secret/key', file('key')],
	['/etc', directory],
	['/etc/passwd', file('root')],
]);

/** Everything in `/data` may be written, and read but for `/data/dir`; nothing else, and nothing of the secret. */
const allowed = (access: 'read' | 'write', path: string) =>
	isWithin(path, '/data') &&
	!isWithin(path, '/data/secret') &&
	!(access === 'read' && isWithin(path, '/data/dir'));

const write = (path: string, text = 'new'): FileChange => ({
	kind: 'write',
	path,
	content: new TextEncoder().encode(text),
	modified: 1,
});
const move = (from: string, to: string): FileChange => ({ kind: 'move', from, to });
const remove = (path: string): FileChange => ({ kind: 'remove', path });

const textAt = (files: FileTree, path: string) => {
	const node = files.get(path);
	return node?.kind === 'file' && node.content ? new TextDecoder().decode(node.content) : null;
};

describe('applying changes', () => {
	test('makes them in order, and leaves the tree it was given', () => {
		const before = new Map(tree);
		const { tree: after, rejected } = applyChanges(
			tree,
			[
				{ kind: 'directory', path: '/data/new', modified: 1 },
				write('/data/new/file'),
				move('/data/new', '/data/newer'),
				{ kind: 'symlink', path: '/data/newer/link', target: 'file', modified: 2 },
				remove('/data/a'),
				{
					kind: 'patch',
					path: '/data/newer/file',
					size: 5,
					extents: [{ offset: 1, bytes: new Uint8Array([69, 70]) }],
					modified: 3,
				},
			],
			allowed,
		);
		expect(rejected).toEqual([]);
		expect(textAt(after, '/data/newer/file')).toBe('nEF\0\0');
		expect(after.get('/data/newer/link')).toEqual({ kind: 'symlink', target: 'file', modified: 2 });
		expect(after.has('/data/a')).toBe(false);
		expect(after.has('/data/new')).toBe(false);
		expect(tree).toEqual(before);
	});

	test.each<[string, FileChange]>([
		['a write outside the grant', write('/etc/passwd')],
		['a write next to it', write('/database')],
		['a write by way of a link', write('/data/link/passwd')],
		['a write below a file', write('/data/a/x')],
		['a write below nothing', write('/data/none/x')],
		['a write over a directory', write('/data/dir')],
		['a write over a link', write('/data/link')],
		['a write to the root', write('/')],
		['a directory over a file', { kind: 'directory', path: '/data/a', modified: 0 }],
		['a patch of nothing', { kind: 'patch', path: '/data/x', size: 1, extents: [], modified: 0 }],
		[
			'a patch of what is not granted',
			{ kind: 'patch', path: '/etc/passwd', size: 0, extents: [], modified: 0 },
		],
		['the removal of the root', remove('/')],
		['the removal of nothing', remove('/data/none')],
		['the removal of a directory with more in it than may be written', remove('/data')],
		['a move out', move('/data/a', '/etc/a')],
		['a move in', move('/etc/passwd', '/data/passwd')],
		['a move of a directory with more in it than may be written', move('/data/secret', '/data/open')],
		['a move to where it could be read', move('/data/dir/b', '/data/b')],
		['a move into itself', move('/data/dir', '/data/dir/x')],
		['a move over a full directory', move('/data/dir', '/data/secret')],
		['a move of a file over a directory', move('/data/a', '/data/dir')],
		['a move below a link', move('/data/a', '/data/link/a')],
	])('rejects %s, and keeps the tree', (_what, change) => {
		const { tree: after, rejected } = applyChanges(tree, [change], allowed);
		expect(rejected).toEqual([change]);
		expect(after).toEqual(tree);
	});

	test.each<[string, unknown]>([
		['a relative path', { ...write('/x'), path: 'data/x' }],
		['a path with ..', write('/data/../etc/x')],
		['a path with .', write('/data/./x')],
		['an empty name', write('/data//x')],
		['a slash at the end', write('/data/x/')],
		['NUL', write('/data/x\0')],
		['a name of 256 bytes', write(`/data/${'x'.repeat(256)}`)],
		['a path of more than 4,096 bytes', write('/data' + '/xxxxxxxxx'.repeat(410))],
		['no path', { kind: 'remove' }],
		['a path that is no text', { kind: 'remove', path: ['/data/a'] }],
		['an unknown kind', { kind: 'chmod', path: '/data/a' }],
		['__proto__ as kind', { kind: '__proto__', path: '/data/a' }],
		['content that is no bytes', { kind: 'write', path: '/data/x', content: 'text', modified: 0 }],
		['a time that is none', { ...write('/data/x'), modified: NaN }],
		['a time that no date can show', { ...write('/data/x'), modified: 1e300 }],
		['a link to nothing', { kind: 'symlink', path: '/data/x', target: '', modified: 0 }],
		['a negative size', { kind: 'patch', path: '/data/a', size: -1, extents: [], modified: 0 }],
		['a size beyond memory', { kind: 'patch', path: '/data/a', size: 2 ** 52, extents: [], modified: 0 }],
		[
			'an extent beyond the size',
			{
				kind: 'patch',
				path: '/data/a',
				size: 1,
				extents: [{ offset: 1, bytes: new Uint8Array(1) }],
				modified: 0,
			},
		],
		['extents that are none', { kind: 'patch', path: '/data/a', size: 1, extents: [null], modified: 0 }],
		['null', null],
		['a number', 5],
		['text', 'remove'],
		['a list', [write('/data/x')]],
	])('rejects %s, and says so in words that can be shown', (_what, change) => {
		const { tree: after, rejected } = applyChanges(tree, [change as FileChange], allowed);
		expect(after).toEqual(tree);
		expect(rejected.length).toBe(1);
		const [shown] = rejected;
		expect(typeof (shown!.kind === 'move' ? shown!.to : shown!.path)).toBe('string');
	});

	test.each([null, undefined, 'changes', 5, {}, { length: 3 }])('takes %s for no change at all', (list) => {
		expect(applyChanges(tree, list as never, allowed)).toEqual({ tree, rejected: [] });
	});

	test('goes on after a rejected change', () => {
		const { tree: after, rejected } = applyChanges(tree, [write('/etc/x'), write('/data/x')], allowed);
		expect(rejected.length).toBe(1);
		expect(textAt(after, '/data/x')).toBe('new');
	});

	test('keeps names like __proto__ as names', () => {
		const { tree: after } = applyChanges(
			tree,
			[write('/data/__proto__'), write('/data/constructor')],
			allowed,
		);
		expect(textAt(after, '/data/__proto__')).toBe('new');
		expect('new' in Object.prototype).toBe(false);
	});

	test('holds the bounds on what is added', () => {
		const bounds = { bytes: 5, entries: 2 };
		const { tree: after, rejected } = applyChanges(
			tree,
			[
				write('/data/x', '12345'),
				write('/data/y', '1'),
				remove('/data/x'),
				write('/data/y', '1'),
				write('/data/z', ''),
				write('/data/zz', ''),
			],
			allowed,
			bounds,
		);
		expect(rejected).toEqual([write('/data/y', '1'), write('/data/zz', '')]);
		expect(after.has('/data/z')).toBe(true);
	});

	test('does not let a list of moves hold up the page', () => {
		const wide = new Map(tree);
		for (let index = 0; index < 10_000; index++) wide.set(`/data/dir/f${index}`, file(''));
		const back = Array.from({ length: 30_000 }, (_, index) =>
			index % 2 === 0 ? move('/data/dir', '/data/other') : move('/data/other', '/data/dir'),
		);
		const { rejected } = applyChanges(wide, back, () => true);
		expect(rejected.length).toBeGreaterThan(29_000);
	});

	test('never changes what is not allowed, nor leaves an entry without its directory', () => {
		const path = fc
			.array(fc.constantFrom('data', 'a', 'dir', 'b', 'link', 'secret', 'key', 'etc', '..', ''), {
				maxLength: 4,
			})
			.map((names) => `/${names.join('/')}`);
		const change = fc.oneof(
			path.map((at) => write(at)),
			path.map((at) => remove(at)),
			fc.tuple(path, path).map(([from, to]) => move(from, to)),
			path.map((at): FileChange => ({ kind: 'directory', path: at, modified: 0 })),
			path.map((at): FileChange => ({ kind: 'symlink', path: at, target: 'a', modified: 0 })),
			fc.anything() as fc.Arbitrary<never>,
		);
		fc.assert(
			fc.property(fc.array(change), (list) => {
				const { tree: after } = applyChanges(tree, list, allowed);
				for (const [at, node] of tree) {
					if (!allowed('write', at)) expect(after.get(at)).toBe(node);
				}
				for (const at of after.keys()) {
					expect(isWorldPath(at)).toBe(true);
					expect(after.get(parentOf(at))?.kind).toBe('directory');
					if (!tree.has(at)) expect(allowed('write', at)).toBe(true);
				}
			}),
			{ numRuns: runs(200) },
		);
	});
});
