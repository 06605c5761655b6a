import { describe, expect, test } from 'vitest';
import type { FileNode } from './files';
import { resolveLinks, viewOf } from './world-view';

const directory: FileNode = { kind: 'directory', modified: 0 };
const file: FileNode = { kind: 'file', content: new Uint8Array(), size: 0, modified: 0 };
const link = (target: string): FileNode => ({ kind: 'symlink', target, modified: 0 });
const files = new Map<string, FileNode>([
	['/', directory],
	['/data', directory],
	['/data/a.txt', file],
	['/abs', link('/data')],
	['/data/up', link('../data/a.txt')],
	['/loop', link('loop')],
]);

describe('resolving a path', () => {
	test.each([
		['/data/./a.txt', '/data/a.txt'],
		['/data/../data/a.txt', '/data/a.txt'],
		['/abs/a.txt', '/data/a.txt'],
		['/data/up', '/data/a.txt'],
		['/../../x', '/x'],
		['/', '/'],
		['/loop', '/loop'],
	])('leads %s to %s', (path, expected) => {
		expect(resolveLinks(files, path)).toBe(expected);
	});
});

describe('a view of a world', () => {
	const view = viewOf({ files, variables: new Map([['KEY', { value: 'v', secret: true }]]) });

	test.each([
		['/data', 'directory'],
		['/abs', 'directory'],
		['/abs/a.txt', 'file'],
		['/__proto__', 'missing'],
		['/loop', 'missing'],
	])('says what is at %s', (path, expected) => {
		expect(view.stat(path)).toBe(expected);
	});

	test('names the variables without their values', () => {
		expect(view.variables).toEqual([{ key: 'KEY', secret: true }]);
	});
});
