import { describe, expect, test } from 'vitest';
import type { Descriptor } from './descriptor';
import { directory, file, guest, outcome, preopen, release } from './testing';

const files = new Map([
	['/data', directory()],
	['/data/a', file('a')],
]);
const grants = release(preopen('/data', 'rw'));
const preopensOf = (list: ReturnType<typeof guest>) =>
	list.imports['wasi:filesystem/preopens'].getDirectories().map(([, name]) => name);

describe('the decoy root', () => {
	test('comes after the granted directories, where it is wanted', () => {
		expect(preopensOf(guest(files, grants, { decoyRoot: true }))).toEqual(['/data', '/']);
		expect(preopensOf(guest(files, grants))).toEqual(['/data']);
	});

	test.each(['/', '.', './', ''])('gives way to a granted root called "%s"', (name) => {
		const rooted = release(preopen('/data', 'r', name));
		expect(preopensOf(guest(files, rooted, { decoyRoot: true }))).toEqual([name]);
	});

	test('has nothing in it, and records who looked', () => {
		const { dir, calls, record, changes } = guest(files, grants, { decoyRoot: true });
		const root = dir('/');
		expect(root.getType()).toBe('directory');
		expect(root.readDirectory().readDirectoryEntry()).toBe(undefined);
		for (const attempt of [
			() => root.openAt({}, 'etc/passwd', {}, { read: true }),
			() => root.openAt({}, 'tmp/x', { create: true }, { write: true }),
			() => root.statAt({}, '../home/./me'),
			() => root.createDirectoryAt('new'),
			() => root.renameAt('x', dir('/data'), 'y'),
			() => dir('/data').renameAt('a', root, 'stolen'),
			() => dir('/data').linkAt({}, 'a', root, 'stolen'),
		]) {
			expect(outcome(attempt)).toBe('no-entry');
		}
		expect(record()).toEqual([
			'deny read-directory / no-entry',
			'deny open-at read /etc/passwd no-entry',
			'deny open-at create /tmp/x no-entry',
			'deny stat-at /home/me no-entry',
			'deny create-directory-at /new no-entry',
			'deny rename-at /x no-entry',
			'deny rename-at /stolen no-entry',
			'deny link-at /stolen no-entry',
		]);
		expect(new Set(calls.map(({ reason }) => reason))).toEqual(new Set(['no-rule']));
		expect(changes()).toEqual([]);
	});

	test.each<readonly [string, (root: Descriptor) => unknown]>([
		['deny set-times / no-entry', (root) => root.setTimes({ tag: 'now' }, { tag: 'now' })],
		['deny set-times-at /x no-entry', (root) => root.setTimesAt({}, 'x', { tag: 'now' }, { tag: 'now' })],
		['deny readlink-at /x no-entry', (root) => root.readlinkAt('x')],
		['deny remove-directory-at /x no-entry', (root) => root.removeDirectoryAt('x')],
		['deny symlink-at /y no-entry', (root) => root.symlinkAt('x', 'y')],
		['deny link-at /x no-entry', (root) => root.linkAt({}, 'x', root, 'y')],
		['deny unlink-file-at /x no-entry', (root) => root.unlinkFileAt('x')],
		['deny metadata-hash-at /x no-entry', (root) => root.metadataHashAt({}, 'x')],
		[
			'deny open-at truncate /x no-entry',
			(root) => root.openAt({}, 'x', { truncate: true }, { write: true }),
		],
		['deny open-at write /x no-entry', (root) => root.openAt({}, 'x', {}, { write: true })],
	])('does nothing, and records it: %s', (recorded, operation) => {
		const { dir, calls, record } = guest(files, grants, { decoyRoot: true });
		expect(outcome(() => operation(dir('/')))).toBe('no-entry');
		expect(record()).toEqual([recorded]);
		expect(calls[0]).toMatchObject({ access: /read|hash/.test(recorded) ? 'read' : 'write' });
	});

	test('is no file', () => {
		const root = guest(files, grants, { decoyRoot: true }).dir('/');
		expect(root.getFlags()).toMatchObject({ read: true });
		expect(outcome(() => root.readViaStream(0n))).toBe('bad-descriptor');
		expect(outcome(() => root.writeViaStream(0n))).toBe('bad-descriptor');
		expect(outcome(() => root.appendViaStream())).toBe('bad-descriptor');
	});

	test('does not say that no rule grants what one grants under another spelling', () => {
		const { dir, calls } = guest(files, grants, { decoyRoot: true });
		expect(outcome(() => dir('/').statAt({}, 'x/../data/a'))).toBe('no-entry');
		expect(calls.at(-1)).toMatchObject({ outcome: 'deny', rule: null, reason: 'decoy', target: '/data/a' });
	});
});

describe('the record of storage', () => {
	test('names operation, path, rule and answer', () => {
		const { dir, calls } = guest(files, release(preopen('/data', 'r')));
		const opened = dir().openAt({}, 'a', {}, { read: true });
		opened.read(1n, 0n);
		opened.read(1n, 1n);
		opened.stat();
		dir().metadataHashAt({}, 'a');
		outcome(() => dir().unlinkFileAt('a'));
		outcome(() => dir().statAt({}, 'missing'));
		const rule = { text: 'fs:///data r', line: 1 };
		const granted = { capability: 'storage', outcome: 'allow', rule, reason: 'granted' };
		expect(calls).toEqual([
			{ ...granted, operation: 'open-at read', target: '/data/a', access: 'read' },
			{ ...granted, operation: 'read', target: '/data/a', access: 'read' },
			{
				...granted,
				operation: 'unlink-file-at',
				target: '/data/a',
				access: 'write',
				outcome: 'deny',
				reason: 'access-not-granted',
				result: 'not-permitted',
			},
			{ ...granted, operation: 'stat-at', target: '/data/missing', access: 'read', result: 'no-entry' },
		]);
	});
});
