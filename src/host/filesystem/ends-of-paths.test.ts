import { describe, expect, test } from 'vitest';
import type { Descriptor } from './descriptor';
import { treeOf } from './layout';
import { guest, outcome, preopen, release } from './testing';

/** Laid out before each row. */
const layout = {
	'a.txt': 'alpha',
	'b.txt': 'b',
	sub: { 'b.txt': 'b' },
	e: {},
	lf: { symlink: 'a.txt' },
	ld: { symlink: 'sub' },
	loop: { symlink: 'loop' },
	dang: { symlink: 'none' },
	lfs: { symlink: 'a.txt/' },
	lo: { symlink: '../w' },
};
const long = 'n'.repeat(256);

const ways: Record<string, (dir: Descriptor, path: string, to: string) => unknown> = {
	stat: (dir, path) => dir.statAt({}, path),
	follow: (dir, path) => dir.statAt({ symlinkFollow: true }, path),
	create: (dir, path) => dir.openAt({ symlinkFollow: true }, path, { create: true }, { write: true }),
	read: (dir, path) => dir.openAt({ symlinkFollow: true }, path, {}, { read: true }),
	unlink: (dir, path) => dir.unlinkFileAt(path),
	move: (dir, path, to) => dir.renameAt(path, dir, to),
};

// Wassette 0.4.0 and 0.8.0 answered so, asked with a guest on ext4.
describe('what stands behind a name', () => {
	test.each<[way: string, ...words: string[]]>([
		// Of one name, the entry itself.
		['stat', 'a.txt/', 'ok'],
		['stat', 'a.txt/.', 'ok'],
		['stat', 'a.txt/./', 'ok'],
		['stat', 'lf/', 'ok'],
		['stat', 'loop/', 'ok'],
		['stat', 'dang/', 'ok'],
		['stat', 'lo/', 'ok'],
		['stat', 'none/', 'no-entry'],
		['stat', 'a.txt/..', 'not-directory'],
		['stat', 'sub/b.txt/', 'not-directory'],
		['stat', './a.txt/', 'not-directory'],
		['follow', 'a.txt/', 'not-directory'],
		// A slash after the last name is refused before what has the name is looked at, and after the way there.
		['create', 'a.txt/', 'is-directory'],
		['create', 'lf/', 'is-directory'],
		['create', 'loop/', 'is-directory'],
		['create', 'none/', 'is-directory'],
		['create', 'lfs', 'is-directory'],
		['create', 'none/x/', 'no-entry'],
		['create', 'a.txt/x/', 'not-directory'],
		['create', 'a.txt/.', 'not-directory'],
		['create', 'a.txt/./', 'not-directory'],
		['create', 'none/.', 'no-entry'],
		['create', 'sub/./', 'is-directory'],
		['read', 'lfs', 'not-directory'],
		['read', 'none/', 'no-entry'],
		// What is unlinked has no slash behind it: the directory there would be, also behind a link.
		['unlink', 'a.txt/', 'not-directory'],
		['unlink', 'ld/', 'is-directory'],
		['unlink', 'loop/', 'loop'],
		['unlink', 'dang/', 'no-entry'],
		['unlink', 'lo/', 'not-permitted'],
		['unlink', 'none/', 'no-entry'],
		['unlink', 'ld', 'ok'],
		// Behind the old name it asks for a directory, behind the new one it says nothing.
		['move', 'a.txt/', 'q', 'not-directory'],
		['move', 'ld/', 'q', 'not-directory'],
		['move', 'sub//', 'q', 'ok'],
		['move', 'ld/.', 'q', 'busy'],
		['move', 'b.txt', 'q/', 'ok'],
		['move', 'b.txt', 'a.txt/', 'ok'],
		['move', 'b.txt', 'ld/', 'ok'],
		['move', 'b.txt', 'e/', 'is-directory'],
		['move', 'sub', 'e/', 'ok'],
		['move', 'e', 'lf/', 'not-directory'],
		['move', 'b.txt', 'q/.', 'no-entry'],
	])('%s %s: %s %s', (way, path, ...rest) => {
		const [to = '', code = to] = rest;
		const { dir } = guest(treeOf(layout, '/d'), release(preopen('/d', 'rw')));
		expect(outcome(() => ways[way]!(dir(), path, to))).toBe(code);
	});

	test.each([
		['none/x', '../w/q', 'no-entry'],
		['none', '../w/q', 'not-permitted'],
		['../w/none', 'a.txt/x', 'not-permitted'],
		['../w/x', long, 'not-permitted'],
		['a.txt/x', 'none/y', 'not-directory'],
		['none/y', 'a.txt/x', 'no-entry'],
		['none', 'e/.', 'busy'],
		['none', long, 'no-entry'],
		['a.txt', long, 'name-too-long'],
		[long, '../w/q', 'not-permitted'],
		[long, 'q', 'name-too-long'],
	])(
		'a move walks to the old name, then to the new one, and looks at neither before: %s to %s',
		(from, to, code) => {
			const { dir } = guest(treeOf(layout, '/d'), release(preopen('/d', 'rw')));
			expect(outcome(() => dir().renameAt(from, dir(), to))).toBe(code);
		},
	);
});
