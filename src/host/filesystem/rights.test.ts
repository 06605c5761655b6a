import { describe, expect, test } from 'vitest';
import { dispose } from '../io/dispose';
import {
	bytes,
	directory,
	documented,
	file,
	guest,
	outcome,
	pathRule,
	preopen,
	release,
	symlink,
	text,
	withheld,
} from './testing';

const read = { read: true };
const write = { write: true };

describe('a tree that may be written and not read', () => {
	const files = new Map([
		['/drop', directory()],
		['/drop/old', withheld(6)],
		['/open', directory()],
	]);
	const grants = release(preopen('/drop', 'w'), preopen('/open', 'rw'));

	test('is listed and looked at', () => {
		const { dir } = guest(files, grants);
		expect(dir('/drop').statAt({}, 'old').size).toBe(6n);
		expect(dir('/drop').readDirectory().readDirectoryEntry()).toEqual({ name: 'old', type: 'regular-file' });
	});

	test('gives no contents, neither old nor new', () => {
		const { dir, record } = guest(files, grants);
		const old = dir('/drop').openAt({}, 'old', {}, read);
		expect(outcome(() => old.read(1n, 0n))).toBe('not-permitted');
		expect(outcome(() => old.readViaStream(0n))).toBe('bad-descriptor');
		const made = dir('/drop').openAt({}, 'new', { create: true }, { read: true, write: true });
		made.write(bytes('x'), 0n);
		expect(outcome(() => made.read(1n, 0n))).toBe('not-permitted');
		expect(record().filter((line) => line.startsWith('deny'))).toEqual([
			'deny read /drop/old not-permitted',
			'deny read /drop/old bad-descriptor',
			'deny read /drop/new not-permitted',
		]);
	});

	test('lets its files be moved to where they are read, in a release that does not look at it', () => {
		const lax = { ...grants, movesBetweenRights: true };
		const { dir } = guest(new Map([...files, ['/drop/known', file('known')]]), lax);
		dir('/drop').renameAt('known', dir('/open'), 'known');
		expect(text(dir('/open').openAt({}, 'known', {}, read).read(9n, 0n)[0])).toBe('known');
		expect(outcome(() => dir('/drop').renameAt('old', dir('/open'), 'old'))).toBe('ok');
		expect(outcome(() => dir('/drop').renameAt('none', dir('/open'), 'x'))).toBe('no-entry');
	});

	test('does not let its files be renamed or linked to where they could be read', () => {
		const { dir, calls } = guest(files, grants);
		expect(outcome(() => dir('/drop').renameAt('old', dir('/open'), 'old'))).toBe('not-permitted');
		expect(outcome(() => dir('/drop').linkAt({}, 'old', dir('/open'), 'old'))).toBe('not-permitted');
		expect(calls.at(-1)).toMatchObject({ outcome: 'deny', access: 'read', reason: 'access-not-granted' });
	});
});

describe('what may be done with a file', () => {
	const files = new Map([
		['/data', directory()],
		['/data/a', file('hello')],
		['/data/sub', directory()],
		['/data/sub/b', file('bye')],
	]);

	test('is the same through two preopens that overlap, for they hold the same files', () => {
		const { dir } = guest(files, release(preopen('/data', 'rw'), preopen('/data/sub', 'r')));
		dir('/data').openAt({}, 'sub/b', {}, write).write(bytes('B'), 0n);
		const seen = dir('/data/sub').openAt({}, 'b', {}, read);
		expect(text(seen.read(10n, 0n)[0])).toBe('Bye');
		expect(dir('/data').openAt({}, 'sub', {}, read).isSameObject(dir('/data/sub'))).toBe(true);
		expect(outcome(() => dir('/data/sub').unlinkFileAt('b'))).toBe('not-permitted');
	});

	test('is also what a file was opened for', () => {
		const { dir } = guest(files, release(preopen('/data', 'rw')));
		const opened = dir().openAt({}, 'a', {}, read);
		const times = () => opened.setTimes({ tag: 'now' }, { tag: 'now' });
		expect(outcome(() => opened.setSize(0n))).toBe('invalid');
		expect(outcome(times)).toBe('not-permitted');
		expect(outcome(() => opened.appendViaStream())).toBe('bad-descriptor');
		expect(outcome(() => opened.write(bytes('x'), 0n))).toBe('bad-descriptor');
	});

	test('includes changing a directory that was opened without asking for it', () => {
		const { dir } = guest(files, release(preopen('/data', 'rw')));
		const sub = dir().openAt({}, 'sub', { directory: true }, read);
		expect(sub.getFlags().mutateDirectory).toBe(false);
		expect(outcome(() => sub.unlinkFileAt('b'))).toBe('ok');
	});

	test('does not include asking for synchronised writes', () => {
		const { dir } = guest(files, release(preopen('/data', 'rw')));
		const flags = { write: true, fileIntegritySync: true };
		expect(outcome(() => dir().openAt({}, 'a', {}, flags))).toBe('unsupported');
	});
});

describe('streams and times of a file', () => {
	const files = new Map([
		['/data', directory(5)],
		['/data/a', file('hello', 7)],
	]);
	const grants = release(preopen('/data', 'rw'));

	test('read on from an offset to the end, and then are closed', () => {
		const { dir } = guest(files, grants);
		const stream = dir().openAt({}, 'a', {}, read).readViaStream(1n);
		expect(text(stream.read(2n))).toBe('el');
		expect(text(stream.read(100n))).toBe('lo');
		expect(() => stream.read(1n)).toThrow(expect.objectContaining({ tag: 'closed' }));
	});

	test('append at the end wherever that is by now', () => {
		const { dir } = guest(files, grants);
		const opened = dir().openAt({}, 'a', {}, { read: true, write: true });
		const stream = opened.appendViaStream();
		stream.write(bytes('1'));
		opened.setSize(2n);
		stream.write(bytes('2'));
		expect(text(opened.read(10n, 0n)[0])).toBe('he2');
	});

	test('leave a gap of zeros, also where there was something before', () => {
		const { dir } = guest(files, grants);
		const opened = dir().openAt({}, 'a', {}, { read: true, write: true });
		opened.setSize(1n);
		opened.write(bytes('x'), 3n);
		expect(text(opened.read(10n, 0n)[0])).toBe('h\0\0x');
	});

	test('never write into the snapshot', () => {
		const { dir } = guest(files, grants);
		const opened = dir().openAt({}, 'a', {}, { read: true, write: true });
		opened.write(bytes('J'), 0n);
		opened.read(5n, 0n)[0].fill(0);
		expect(files.get('/data/a')).toEqual(file('hello', 7));
		expect(text(opened.read(5n, 0n)[0])).toBe('Jello');
	});

	test('move, and can be set to the nanosecond', () => {
		const { dir } = guest(files, grants);
		const at = { seconds: 42n, nanoseconds: 123_456_789 };
		expect(dir().statAt({}, 'a').dataModificationTimestamp).toEqual({ seconds: 0n, nanoseconds: 7_000_000 });
		const opened = dir().openAt({}, 'a', {}, write);
		opened.write(bytes('x'), 0n);
		expect(opened.stat().dataModificationTimestamp!.seconds).toBe(1_700_000_000n);
		dir().setTimesAt({}, 'a', { tag: 'no-change' }, { tag: 'timestamp', val: at });
		expect(opened.stat().dataModificationTimestamp).toEqual(at);
		const far = { tag: 'timestamp', val: { seconds: 2n ** 64n - 1n, nanoseconds: 0 } } as const;
		expect(outcome(() => opened.setTimes(far, far))).toBe('overflow');
	});

	test('do not show in the hash of its metadata, which names the file alone, wherever it moves', () => {
		const { dir } = guest(files, grants);
		const before = dir().metadataHashAt({}, 'a');
		dir().openAt({}, 'a', {}, write).write(bytes('longer than before'), 0n);
		expect(dir().metadataHashAt({}, 'a')).toEqual(before);
		dir().renameAt('a', dir(), 'moved');
		expect(dir().metadataHashAt({}, 'moved')).toEqual(before);
	});
});

describe('path rules', () => {
	const files = new Map([
		['/data', directory()],
		['/data/a.txt', file('a')],
		['/data/b.txt', file('b')],
		['/data/keys', directory()],
		['/data/link', symlink('keys/k')],
	]);
	const preopens = [preopen('/data', 'rw')];

	test('deny what a deny rule covers, whether it is there or not', () => {
		const rules = [
			pathRule('allow', '/data', ['read', 'write']),
			pathRule('deny', '/data/keys', ['read', 'write']),
		];
		const { dir, calls } = guest(files, documented(preopens, rules));
		for (const attempt of [
			() => dir().openAt({}, 'keys/k', {}, read),
			() => dir().openAt({ symlinkFollow: true }, 'link', {}, read),
			() => dir().statAt({}, 'keys/none/deeper'),
			() => dir().openAt({}, 'keys', { directory: true }, read),
			() => dir().openAt({}, 'keys/k', { create: true }, write),
			() => dir().renameAt('a.txt', dir(), 'keys/a'),
			() => dir().removeDirectoryAt('keys'),
		]) {
			expect(outcome(attempt)).toBe('not-permitted');
			expect(calls.at(-1)).toMatchObject({
				outcome: 'deny',
				reason: 'denied-by-rule',
				rule: { text: 'deny /data/keys' },
			});
		}
		expect(outcome(() => dir().openAt({}, 'a.txt', {}, read).read(1n, 0n))).toBe('ok');
	});

	test('grant what they match and nothing beside it', () => {
		const { dir, record } = guest(files, documented(preopens, [pathRule('allow', '/data/a.*', ['read'])]));
		expect(text(dir().openAt({}, 'a.txt', {}, read).read(1n, 0n)[0])).toBe('a');
		expect(outcome(() => dir().openAt({}, 'b.txt', {}, read))).toBe('not-permitted');
		expect(outcome(() => dir().statAt({}, 'none'))).toBe('not-permitted');
		expect(outcome(() => dir().openAt({}, 'a.txt', {}, write))).toBe('not-permitted');
		expect(outcome(() => dir().readDirectory())).toBe('ok');
		expect(record().filter((line) => line.startsWith('deny'))).toEqual([
			'deny open-at read /data/b.txt not-permitted',
			'deny stat-at /data/none not-permitted',
			'deny open-at write /data/a.txt not-permitted',
		]);
	});

	test('count together where the narrower preopen has fewer rights', () => {
		const rules = [pathRule('allow', '/data', ['read']), pathRule('allow', '/data/keys', ['write'])];
		const { dir } = guest(files, documented([preopen('/data', 'r'), preopen('/data/keys', 'w')], rules));
		const made = dir('/data/keys').openAt({}, 'new', { create: true }, { read: true, write: true });
		made.write(bytes('x'), 0n);
		expect(text(made.read(1n, 0n)[0])).toBe('x');
		made[dispose]();
		expect(outcome(() => dir('/data').createDirectoryAt('no'))).toBe('not-permitted');
	});

	test('do not let a file be renamed to where it could be read', () => {
		const rules = [pathRule('allow', '/data', ['write']), pathRule('allow', '/data/keys', ['read'])];
		const { dir } = guest(files, documented(preopens, rules));
		expect(outcome(() => dir().renameAt('a.txt', dir(), 'keys/a'))).toBe('not-permitted');
		expect(outcome(() => dir().renameAt('a.txt', dir(), 'c.txt'))).toBe('ok');
	});
});
