import { describe, expect, test } from 'vitest';
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
