import { expect, test } from 'vitest';
import { directory, file, guest, outcome, preopen, release, symlink } from './testing';

/** A file behind a chain of so many links. */
const chain = (links: number) =>
	new Map([
		['/', directory()],
		['/data', directory()],
		['/data/end', file('x')],
		...Array.from({ length: links }, (_, at) => {
			const target = at + 1 < links ? `l${at + 1}` : 'end';
			return [`/data/l${at}`, symlink(target)] as const;
		}),
	]);

test('forty links are followed, and no more', () => {
	const stat = (links: number) => {
		const dir = guest(chain(links), release(preopen('/data', 'rw'))).dir();
		return outcome(() => dir.statAt({ symlinkFollow: true }, 'l0'));
	};
	expect(stat(40)).toBe('ok');
	expect(stat(41)).toBe('loop');
});

test.each([
	['sub/..', 'not-empty'],
	['sub/inner/..', 'not-empty'],
	['sub/.', 'invalid'],
	['.', 'invalid'],
	['..', 'not-permitted'],
	['sub', 'not-empty'],
	['sub/inner', 'ok'],
	['sub/inner/', 'ok'],
	['a', 'not-directory'],
	['nowhere', 'no-entry'],
])('removing the directory %s says %s', (path, said) => {
	const files = new Map([
		['/', directory()],
		['/data', directory()],
		['/data/a', file('x')],
		['/data/sub', directory()],
		['/data/sub/inner', directory()],
	]);
	const dir = guest(files, release(preopen('/data', 'rw'))).dir();
	expect(outcome(() => dir.removeDirectoryAt(path))).toBe(said);
});

test('what is made in a directory that has moved is recorded, and kept, where that is now', () => {
	const files = new Map([
		['/', directory()],
		['/data', directory()],
		['/data/sub', directory()],
		['/data/sub/inner', directory()],
	]);
	const made = guest(files, release(preopen('/data', 'rw')));
	const dir = made.dir();
	const open = (path: string) => dir.openAt({}, path, { directory: true }, { read: true });
	const [sub, inner] = [open('sub'), open('sub/inner')];
	for (const each of [sub, inner]) outcome(() => each.statAt({}, 'nothing'));
	dir.renameAt('sub', dir, 'moved');
	sub.createDirectoryAt('one');
	inner.createDirectoryAt('two');
	expect(made.calls.slice(-2).map(({ target }) => target)).toEqual([
		'/data/moved/one',
		'/data/moved/inner/two',
	]);
	dir.removeDirectoryAt('moved/inner/two');
	dir.removeDirectoryAt('moved/inner');
	expect(outcome(() => inner.createDirectoryAt('three'))).toBe('no-entry');
});
