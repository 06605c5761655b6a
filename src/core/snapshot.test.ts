import { describe, expect, test } from 'vitest';
import type { FileNode, FileTree } from './files';
import type { Grants, PathRule, Preopen } from './policy/types';
import { snapshotFor } from './snapshot';

const directory = (modified = 9): FileNode => ({ kind: 'directory', modified });
const file = (text: string): FileNode => ({
	kind: 'file',
	content: new TextEncoder().encode(text),
	size: text.length,
	modified: 9,
});

const canary = 'canary-51d1';
const world: FileTree = new Map([
	['/', directory()],
	['/data', directory()],
	['/data/a', file('fine')],
	['/data/link', { kind: 'symlink', target: 'a', modified: 9 } as const],
	['/data/sub', directory()],
	['/data/sub/b', file('fine')],
	['/data/sub/.env', file(canary)],
	['/database', directory()],
	['/database/x', file(canary)],
	['/home', directory()],
	['/home/me', directory()],
	['/home/me/notes', file(canary)],
	['/home/me/work', directory()],
	['/home/me/work/w', file('fine')],
]);

const rule = { text: '', line: 1 };
const preopen = (path: string, access: string): Preopen => ({
	guestPath: path,
	path,
	read: access.includes('r'),
	write: access.includes('w'),
	rule,
});
const release = (...preopens: Preopen[]): Grants => ({
	engine: '0.8.0',
	rules: 'release',
	preopens,
	paths: [],
	hosts: [],
	variables: [],
	memory: null,
});
const documented = (preopens: Preopen[], paths: PathRule[]): Grants => ({
	...release(...preopens),
	engine: 'documented',
	rules: 'documented',
	paths,
});
const pathRule = (
	effect: 'allow' | 'deny',
	path: string,
	access: PathRule['access'],
	deep = true,
): PathRule => ({
	effect,
	segments: path.slice(1).split('/'),
	deep,
	access,
	rule,
});

/** All that a snapshot would carry into a sandbox, as one text. */
const spilled = (tree: FileTree) =>
	[...tree]
		.map(([path, node]) => {
			if (node.kind === 'symlink') return `${path} ${node.target}`;
			return node.kind === 'file' && node.content
				? `${path} ${new TextDecoder().decode(node.content)}`
				: path;
		})
		.join('\n');

describe('the snapshot for a call', () => {
	test('is empty where nothing is granted', () => {
		expect(snapshotFor(world, release()).size).toBe(0);
	});

	test('is what the preopens hold, and bare directories above them', () => {
		const snapshot = snapshotFor(world, release(preopen('/home/me/work', 'r')));
		expect(snapshot).toEqual(
			new Map([
				['/', directory(0)],
				['/home', directory(0)],
				['/home/me', directory(0)],
				['/home/me/work', directory()],
				['/home/me/work/w', file('fine')],
			]),
		);
	});

	test('has the size but not the content of what may only be written', () => {
		const snapshot = snapshotFor(world, release(preopen('/data', 'w'), preopen('/data/sub', 'r')));
		expect(snapshot.get('/data/a')).toEqual({ kind: 'file', content: null, size: 4, modified: 9 });
		expect(snapshot.get('/data/sub/b')).toEqual(file('fine'));
	});

	test('has the content too where a release lets it be moved to where it is read', () => {
		const lax = (...preopens: Preopen[]) => ({ ...release(...preopens), movesBetweenRights: true });
		const contentOf = (grants: Grants) => {
			const node = snapshotFor(world, grants).get('/data/a');
			return node?.kind === 'file' && node.content !== null;
		};
		expect(contentOf(lax(preopen('/data', 'w'), preopen('/home', 'rw')))).toBe(true);
		expect(contentOf(lax(preopen('/data', 'w'), preopen('/home', 'r')))).toBe(false);
		expect(contentOf(release(preopen('/data', 'w'), preopen('/home', 'rw')))).toBe(false);
	});

	test('leaves out what path rules deny or do not speak of', () => {
		const grants = documented(
			[preopen('/data', 'rw')],
			[pathRule('allow', '/data/**', ['read'], false), pathRule('deny', '/data/**/.env', ['read', 'write'])],
		);
		expect([...snapshotFor(world, grants).keys()].sort()).toEqual([
			'/',
			'/data',
			'/data/a',
			'/data/link',
			'/data/sub',
			'/data/sub/b',
		]);
		const one = documented([preopen('/data', 'r')], [pathRule('allow', '/data/sub/b', ['read'])]);
		expect([...snapshotFor(world, one).keys()].sort()).toEqual(['/', '/data', '/data/sub', '/data/sub/b']);
	});

	test.each<[string, Grants]>([
		['a release', release(preopen('/home/me/work', 'rw'))],
		[
			'a release that grants only writing',
			release(preopen('/data', 'w'), preopen('/database', 'w'), preopen('/home', 'w')),
		],
		[
			'a deny rule',
			documented(
				[preopen('/', 'rw')],
				[
					pathRule('allow', '/', ['read', 'write']),
					pathRule('deny', '/data/sub/.env', ['read', 'write']),
					pathRule('deny', '/database', ['read', 'write']),
					pathRule('deny', '/home/me/notes', ['read']),
				].map((one) => (one.segments[0] === '' ? { ...one, segments: [] } : one)),
			),
		],
		[
			'an allow rule that matches names',
			documented([preopen('/', 'rw')], [pathRule('allow', '/*/a', ['read'])]),
		],
	])('holds no byte that is withheld by %s', (_name, grants) => {
		const snapshot = snapshotFor(world, grants);
		expect(spilled(world)).toContain(canary);
		expect(spilled(snapshot)).not.toContain(canary);
		expect(snapshot.size).toBeGreaterThan(0);
	});
});
