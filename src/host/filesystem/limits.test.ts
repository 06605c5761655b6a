import { describe, expect, test } from 'vitest';
import type { FileNode } from '../../core/files';
import { dispose } from '../io/dispose';
import { bytes, directory, file, guest, outcome, preopen, release, text } from './testing';

const rw = { read: true, write: true };
const empty = new Map([['/data', directory()]]);
const grants = release(preopen('/data', 'rw'));
/** How a call ends that wants more bytes of files. */
const full = (bytes: number) => `fileBytes: the component reached the limit of ${bytes} bytes of files`;

describe('the limits of a file system', () => {
	test('are of all files together', () => {
		const { dir } = guest(new Map([...empty, ['/data/old', file('12345')]]), grants, { fileBytes: 10 });
		const made = dir().openAt({}, 'new', { create: true }, rw);
		made.write(bytes('abcde'), 0n);
		expect(outcome(() => made.write(bytes('f'), 5n))).toBe(full(10));
		expect(outcome(() => made.setSize(6n))).toBe(full(10));
		expect(made.stat().size).toBe(5n);
		dir().unlinkFileAt('old');
		expect(outcome(() => made.write(bytes('f'), 5n))).toBe('ok');
	});

	test('are named in the record by the write that ran into them', () => {
		const { dir, calls } = guest(empty, grants, { fileBytes: 4 });
		const made = dir().openAt({}, 'a', { create: true }, rw);
		made.write(bytes('1234'), 0n);
		const before = calls.length;
		expect(outcome(() => made.write(bytes('5'), 4n))).toBe(full(4));
		expect(calls.slice(before)).toEqual([
			expect.objectContaining({
				outcome: 'allow',
				operation: 'write',
				target: '/data/a',
				result: 'insufficient-space',
				detail: 'The component reached the limit of 4 bytes of files.',
			}),
		]);
	});

	test('count a file without a name while it is open', () => {
		const { dir } = guest(empty, grants, { fileBytes: 10 });
		const made = dir().openAt({}, 'a', { create: true }, rw);
		const stream = made.readViaStream(0n);
		made.write(bytes('1234567890'), 0n);
		dir().unlinkFileAt('a');
		const next = dir().openAt({}, 'b', { create: true }, rw);
		expect(outcome(() => next.write(bytes('1'), 0n))).toBe(full(10));
		made[dispose]();
		expect(outcome(() => next.write(bytes('1'), 0n))).toBe(full(10));
		stream[dispose]();
		expect(outcome(() => next.write(bytes('1'), 0n))).toBe('ok');
	});

	test('end the call through a stream that runs into them', () => {
		const { dir } = guest(empty, grants, { fileBytes: 4 });
		const stream = dir().openAt({}, 'a', { create: true }, rw).writeViaStream(0n);
		stream.write(bytes('1234'));
		expect(outcome(() => stream.write(bytes('5')))).toBe(full(4));
	});

	test('end the making of entries at 16,384, and the record names it', () => {
		const { dir, calls } = guest(empty, grants);
		const make = () => dir().createDirectoryAt(`d${made++}`);
		let made = 0;
		for (let index = 1; index < 16_384; index++) make();
		expect(outcome(make)).toBe('files: the component reached the limit of 16384 files and directories');
		expect(calls.at(-1)).toMatchObject({
			...{ operation: 'create-directory-at', result: 'insufficient-space' },
			detail: 'The component reached the limit of 16384 files and directories.',
		});
		dir().removeDirectoryAt('d0');
		expect(outcome(make)).toBe('ok');
	});

	test('keep 64 things open and no more', () => {
		const { dir } = guest(new Map([...empty, ['/data/a', file('x')]]), grants);
		const opened = Array.from({ length: 63 }, () => dir().openAt({}, 'a', {}, { read: true }));
		const listing = dir().readDirectory();
		expect(outcome(() => dir().openAt({}, 'a', {}, { read: true }))).toBe('insufficient-memory');
		expect(outcome(() => dir().readDirectory())).toBe('insufficient-memory');
		listing[dispose]();
		opened[0]![dispose]();
		opened[0]![dispose]();
		expect(outcome(() => dir().openAt({}, 'a', {}, { read: true }))).toBe('ok');
		expect(outcome(() => dir().readDirectory())).toBe('ok');
		expect(outcome(() => dir().readDirectory())).toBe('insufficient-memory');
	});

	test('count names in bytes', () => {
		const { dir } = guest(empty, grants);
		expect(outcome(() => dir().createDirectoryAt('é'.repeat(127)))).toBe('ok');
		expect(outcome(() => dir().createDirectoryAt('é'.repeat(128)))).toBe('name-too-long');
		expect(outcome(() => dir().statAt({}, '😀'.repeat(64)))).toBe('name-too-long');
	});

	test('hold for a path that grows by opening and by renaming', () => {
		const { dir, changes } = guest(empty, grants);
		const name = 'x'.repeat(200);
		let here = dir();
		for (let depth = 0; depth < 20; depth++) {
			here.createDirectoryAt(name);
			here = here.openAt({}, name, { directory: true }, { read: true });
		}
		expect(outcome(() => here.createDirectoryAt(name))).toBe('name-too-long');
		const other = 't'.repeat(50);
		dir().createDirectoryAt(other);
		expect(outcome(() => dir().renameAt(name, dir(), `${other}/${'y'.repeat(255)}`))).toBe('name-too-long');
		expect(changes().length).toBe(21);
	});

	test('let 50 MB be written 4 KiB at a time', () => {
		const { dir, calls, changes } = guest(empty, grants);
		const stream = dir().openAt({}, 'big', { create: true }, rw).appendViaStream();
		const chunk = new Uint8Array(4096).fill(7);
		for (let written = 0; written < 50 * 2 ** 20; written += chunk.length) stream.write(chunk);
		const [change] = changes();
		expect(change).toMatchObject({ kind: 'write', path: '/data/big' });
		expect((change as { content: Uint8Array }).content.length).toBe(50 * 2 ** 20);
		// One for opening it, one for the first writing.
		expect(calls.length).toBe(2);
	});

	test('leave room for 10,000 files, listed in the order they were made', () => {
		const files = new Map<string, FileNode>(empty);
		for (let index = 0; index < 10_000; index++) files.set(`/data/f${index}`, file(`${index}`));
		const { dir, changes } = guest(files, grants);
		const listing = dir().readDirectory();
		dir().unlinkFileAt('f1');
		const names: string[] = [];
		for (let entry = listing.readDirectoryEntry(); entry; entry = listing.readDirectoryEntry())
			names.push(entry.name);
		expect(names.length).toBe(10_000);
		expect(names[9_999]).toBe('f9999');
		expect(text(dir().openAt({}, 'f9999', {}, { read: true }).read(10n, 0n)[0])).toBe('9999');
		expect(changes()).toEqual([{ kind: 'remove', path: '/data/f1' }]);
	});
});
