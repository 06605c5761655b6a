import { describe, expect, test } from 'vitest';
import {
	directory,
	documented,
	file,
	guest,
	outcome,
	pathRule,
	preopen,
	release,
	text,
	withheld,
} from './testing';

const read = { read: true };
const now = { tag: 'now' } as const;

const files = new Map([
	['/data', directory()],
	['/data/a', file('abc')],
	['/data/b', file('abc')],
	['/data/sub', directory()],
	['/data/sub/in', file('in')],
	['/data/sub/deep', directory()],
	['/data/sub/deep/one', file('one')],
]);
const grants = release(preopen('/data', 'rw'));
const rules = (...paths: Parameters<typeof documented>[1]) => documented([preopen('/data', 'rw')], paths);

describe('an operation of two names', () => {
	test('is recorded with where it leads', () => {
		const { dir, calls } = guest(files, grants);
		dir().renameAt('a', dir(), 'sub/moved');
		dir().linkAt({}, 'b', dir(), 'linked');
		dir().symlinkAt('b', 'pointed');
		expect(calls.map(({ operation, target, detail }) => [operation, target, detail])).toEqual([
			['rename-at', '/data/a', 'to /data/sub/moved'],
			['link-at', '/data/b', 'to /data/linked'],
			['symlink-at', '/data/pointed', 'to b'],
		]);
	});

	test('keeps both names of one file, and takes from neither', () => {
		const { dir } = guest(files, grants);
		dir().linkAt({}, 'a', dir(), 'same');
		dir().renameAt('a', dir(), 'same');
		expect([dir().statAt({}, 'a').linkCount, dir().statAt({}, 'same').linkCount]).toEqual([2n, 2n]);
		dir().unlinkFileAt('same');
		expect(dir().statAt({}, 'a').linkCount).toBe(1n);
	});

	test('moves a directory only where all that is in it may be written, there and here', () => {
		const all = pathRule('allow', '/data', ['read', 'write']);
		const outcomeUnder = (...more: Parameters<typeof documented>[1]) => {
			const { dir } = guest(files, rules(all, ...more));
			return outcome(() => dir().renameAt('sub', dir(), 'other'));
		};
		expect(outcomeUnder()).toBe('ok');
		expect(outcomeUnder(pathRule('deny', '/data/sub/deep/one', ['write']))).toBe('not-permitted');
		expect(outcomeUnder(pathRule('deny', '/data/other/deep/one', ['write']))).toBe('not-permitted');
		// What may not be read may not come to where it may, but the other way it may.
		expect(outcomeUnder(pathRule('deny', '/data/sub/deep/one', ['read']))).toBe('not-permitted');
		expect(outcomeUnder(pathRule('deny', '/data/other/deep/one', ['read']))).toBe('ok');
		expect(outcomeUnder(pathRule('deny', '/data/sub/deep', ['read'], false))).toBe('ok');
	});
});

describe('under path rules', () => {
	test('an entry may be seen that may be read or written, and a directory that no rule speaks of', () => {
		const { dir, calls } = guest(
			files,
			rules(pathRule('allow', '/data/a', ['write']), pathRule('deny', '/data/sub/deep', ['read', 'write'])),
		);
		const seeing = (path: string) => outcome(() => dir().statAt({}, path));
		expect(['a', 'b', 'sub', 'sub/deep', 'sub/in'].map(seeing)).toEqual([
			'ok',
			'not-permitted',
			'ok',
			'not-permitted',
			'not-permitted',
		]);
		expect(calls.map(({ access, reason }) => [access, reason])).toEqual([
			['write', 'granted'],
			['read', 'no-rule'],
			['read', 'granted'],
			['read', 'denied-by-rule'],
			['read', 'no-rule'],
		]);
	});

	test('a directory may be opened that no rule speaks of, a file may not', () => {
		const { dir } = guest(files, rules(pathRule('allow', '/data/sub/in', ['read'])));
		expect(outcome(() => dir().openAt({}, 'sub', {}, read))).toBe('ok');
		expect(outcome(() => dir().openAt({}, 'sub/in', {}, read))).toBe('ok');
		expect(outcome(() => dir().openAt({}, 'b', {}, read))).toBe('not-permitted');
	});

	test('what fails on the way to a path that is not granted does not say how', () => {
		const { dir, record } = guest(files, rules(pathRule('allow', '/data/sub', ['read', 'write'])));
		expect(outcome(() => dir().openAt({}, 'none/x', {}, read))).toBe('not-permitted');
		expect(outcome(() => dir().openAt({}, 'sub/none/x', {}, read))).toBe('no-entry');
		expect(record()).toEqual([
			'deny open-at read /data/none/x not-permitted',
			'allow open-at read /data/sub/none/x no-entry',
		]);
	});
});

test('a made-up path is recorded no longer than one can be', () => {
	const { dir, calls } = guest(files, grants);
	expect(outcome(() => dir().statAt({}, 'x'.repeat(5000)))).toBe('name-too-long');
	expect(calls[0]?.target).toHaveLength(4096);
});

test('reading says whether the end is reached', () => {
	const { dir } = guest(
		new Map([
			['/data', directory()],
			['/data/big', file(new Uint8Array(2 ** 20 + 1))],
		]),
		grants,
	);
	const small = guest(files, grants).dir().openAt({}, 'a', {}, read);
	expect([
		small.read(2n, 0n)[1],
		small.read(2n, 1n)[1],
		small.read(3n, 0n)[1],
		small.read(1n, 9n)[1],
	]).toEqual([false, true, true, true]);
	expect(text(small.read(9n, 1n)[0])).toBe('bc');
	const big = dir().openAt({}, 'big', {}, read);
	const [bytes, done] = big.read(2n ** 40n, 0n);
	expect([bytes.length, done]).toEqual([2 ** 20, false]);
});

test('a stream that is read to its end is closed', () => {
	const stream = guest(files, grants).dir().openAt({}, 'a', {}, read).readViaStream(1n);
	expect([text(stream.read(1n)), text(stream.read(9n))]).toEqual(['b', 'c']);
	let ended: unknown;
	try {
		stream.read(1n);
	} catch (error) {
		ended = error;
	}
	expect(ended).toEqual({ tag: 'closed' });
});

test('an entry has a number of its own, whatever is made and kept', () => {
	const { dir } = guest(files, grants);
	dir().createDirectoryAt('new');
	const hashes = ['a', 'b', 'sub', 'sub/in', 'new'].map((path) => {
		const { lower, upper } = dir().metadataHashAt({}, path);
		return `${lower} ${upper}`;
	});
	expect(new Set(hashes).size).toBe(hashes.length);
	expect(
		dir()
			.openAt({}, 'a', {}, read)
			.isSameObject(dir().openAt({}, 'a', {}, read)),
	).toBe(true);
	expect(
		dir()
			.openAt({}, 'a', {}, read)
			.isSameObject(dir().openAt({}, 'b', {}, read)),
	).toBe(false);
});

test('only what is set to another time is told as changed', () => {
	const changed = (
		accessed: Parameters<ReturnType<ReturnType<typeof guest>['dir']>['setTimes']>[0],
		modified: typeof accessed,
	) => {
		const { dir, changes } = guest(files, grants);
		dir().setTimesAt({}, 'a', accessed, modified);
		return changes().length;
	};
	expect(changed(now, { tag: 'no-change' })).toBe(0);
	expect(changed({ tag: 'no-change' }, now)).toBe(1);
});

test('a file that is emptied can be read, as nothing of it is withheld any more', () => {
	const hidden = new Map([
		['/data', directory()],
		['/data/h', withheld(5)],
	]);
	const { dir } = guest(hidden, grants);
	const opened = dir().openAt({}, 'h', {}, { read: true, write: true });
	expect(outcome(() => opened.read(1n, 0n))).toBe('not-permitted');
	expect(outcome(() => dir().linkAt({}, 'h', dir(), 'again'))).toBe('unsupported');
	opened.setSize(0n);
	opened.setSize(2n);
	expect([...dir().openAt({}, 'h', {}, read).read(9n, 0n)[0]]).toEqual([0, 0]);
	expect(outcome(() => dir().linkAt({}, 'h', dir(), 'again'))).toBe('ok');
});
