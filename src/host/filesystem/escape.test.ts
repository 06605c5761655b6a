import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Descriptor } from './descriptor';
import { directory, file, guest, outcome, preopen, release, symlink, text } from './testing';
import { runs } from '../../core/testing/runs';

const files = new Map([
	['/', directory()],
	['/secret', file('SECRET')],
	['/data', directory()],
	['/data/a', directory()],
	['/data/a/up', symlink('../..')],
	['/data/a/root', symlink('/')],
	['/data/a/down', symlink('b/')],
	['/data/a/b', directory()],
	['/data/a/b/file', file('inside')],
	['/data/a/b/out', symlink('../../../secret')],
	['/database', directory()],
	['/database/secret', file('SECRET')],
]);

const part = fc.constantFrom(
	'..',
	'.',
	'',
	'a',
	'b',
	'up',
	'root',
	'down',
	'out',
	'file',
	'secret',
	'data',
	'database',
	'%2e%2e',
	'..\\',
);
const path = fc.array(part, { maxLength: 8 }).map((parts) => parts.join('/'));

/** Reads a path if it can, and says whose it was. */
function reach(from: Descriptor, target: string): string {
	try {
		const opened = from.openAt({ symlinkFollow: true }, target, {}, { read: true });
		return opened.getType() === 'directory' ? 'directory' : text(opened.read(100n, 0n)[0]);
	} catch (error) {
		return String(error);
	}
}

describe('a descriptor', () => {
	test('reaches nothing outside itself, whatever the path', () => {
		fc.assert(
			fc.property(path, (target) => {
				const { dir } = guest(files, release(preopen('/data', 'rw')));
				expect(reach(dir(), target)).not.toBe('SECRET');
				const child = dir().openAt({}, 'a/b', { directory: true }, { read: true });
				expect(['SECRET']).not.toContain(reach(child, target));
			}),
			{ numRuns: runs(300) },
		);
	});

	test('changes nothing outside itself, whatever the path', () => {
		fc.assert(
			fc.property(path, path, (one, other) => {
				const { dir, changes } = guest(files, release(preopen('/data/a', 'rw')));
				outcome(() => dir().symlinkAt(one, 'b/new'));
				outcome(() => dir().openAt({ symlinkFollow: true }, other, { create: true }, { write: true }));
				outcome(() => dir().renameAt(other, dir(), one));
				outcome(() => dir().linkAt({}, other, dir(), one));
				outcome(() => dir().createDirectoryAt(`${one}/${other}`));
				for (const change of changes()) {
					const paths = change.kind === 'move' ? [change.from, change.to] : [change.path];
					for (const changed of paths) expect(changed).toMatch(/^\/data\/a\//);
				}
			}),
			{ numRuns: runs(300) },
		);
	});

	test.each([
		['../secret', '/secret'],
		['a/up/secret', '/secret'],
		['/secret', '/secret'],
		['a/b/out', '/secret'],
		['a/../../database/secret', '/database/secret'],
	])('records where %s would have led', (target, expected) => {
		const { dir, calls } = guest(files, release(preopen('/data', 'rw')));
		expect(reach(dir(), target)).toBe('not-permitted');
		expect(calls.at(-1)).toMatchObject({
			outcome: 'deny',
			reason: 'no-rule',
			rule: null,
			result: 'not-permitted',
		});
		expect(calls.at(-1)!.target.startsWith(expected.slice(0, expected.lastIndexOf('/') + 1))).toBe(true);
	});

	test.each([
		['through a file', 'a/b/file/../../../../secret', '/secret', 'not-directory'],
		['through what is not there', 'nope/../../secret', '/secret', 'no-entry'],
		['with a NUL', 'a\0/../../secret', '/secret', 'invalid'],
		['that is too long', `${'a/../'.repeat(1000)}../secret`, '/secret', 'name-too-long'],
		['to a sibling', 'a/b/file/../../../../database/secret', '/database/secret', 'not-directory'],
	])('records a path %s as denied, though it fails before it leads out', (_what, target, expected, code) => {
		const { dir, calls } = guest(files, release(preopen('/data', 'rw')));
		for (const operation of [
			() => dir().openAt({}, target, {}, { read: true }),
			() => dir().openAt({}, target, { create: true }, { write: true }),
			() => dir().statAt({}, target),
			() => dir().createDirectoryAt(target),
			() => dir().renameAt(target, dir(), 'a/new'),
		]) {
			expect(outcome(operation)).toBe(code);
			expect(calls.at(-1)).toMatchObject({
				outcome: 'deny',
				reason: 'no-rule',
				rule: null,
				target: expected,
				result: code,
			});
		}
	});

	test('names the rule that covers where such a path would have led, and says why it did not', () => {
		const { dir, calls } = guest(files, release(preopen('/data', 'rw'), preopen('/database', 'r')));
		expect(outcome(() => dir('/data').statAt({}, 'nope/../../database/secret'))).toBe('no-entry');
		expect(calls.at(-1)).toMatchObject({
			outcome: 'allow',
			rule: { text: 'fs:///database r' },
			detail: 'A path may not leave the directory that it is opened from.',
			result: 'no-entry',
		});
	});

	test('treats names of object properties as names', () => {
		const { dir, changes } = guest(new Map([['/data', directory()]]), release(preopen('/data', 'rw')));
		const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'then'];
		for (const name of names) {
			expect(outcome(() => dir().statAt({}, name))).toBe('no-entry');
			dir().createDirectoryAt(name);
			dir().openAt({}, `${name}/__proto__`, { create: true }, { write: true });
		}
		expect(changes().length).toBe(2 * names.length);
		expect(Object.keys(Object.prototype)).toEqual([]);
	});

	test('says of a path that the policy covers that it was not the policy', () => {
		const { dir, calls } = guest(files, release(preopen('/data', 'rw')));
		const child = dir().openAt({}, 'a', { directory: true }, { read: true });
		expect(outcome(() => child.statAt({}, '../a/b/file'))).toBe('not-permitted');
		expect(calls.at(-1)).toMatchObject({
			outcome: 'allow',
			target: '/data/a/b/file',
			result: 'not-permitted',
		});
	});
});
