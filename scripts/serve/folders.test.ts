import {
	chmodSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openFolders, type Folders } from './folders.mjs';

let base: string;
let lent: string;
beforeEach(() => {
	base = mkdtempSync(join(tmpdir(), 'tapedeck-folders-'));
	lent = join(base, 'lent');
	mkdirSync(join(lent, 'sub'), { recursive: true });
	writeFileSync(join(lent, 'a.txt'), 'one');
	writeFileSync(join(lent, 'sub', 'b.txt'), 'two');
	mkdirSync(join(base, 'outside'));
	writeFileSync(join(base, 'outside', 'secret.txt'), 'secret');
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const open = (readOnly = false): Folders => {
	const opened = openFolders([{ host: lent, guest: '/data', readOnly }]);
	if (!opened.ok) throw new Error(opened.error);
	return opened;
};
const base64 = (text: string) => Buffer.from(text).toString('base64');
const seen = (folders: Folders) =>
	folders
		.read()
		.map(({ path, base64, directory, symlink, same }) => [
			path,
			directory ? 'directory' : (symlink ?? (same ? 'same' : Buffer.from(base64!, 'base64').toString())),
		]);

describe('folders that are lent', () => {
	test('are read whole, and then what changed since', () => {
		const folders = open();
		const all = [
			['/data/a.txt', 'one'],
			['/data/sub', 'directory'],
			['/data/sub/b.txt', 'two'],
		];
		expect(seen(folders)).toEqual(all);
		writeFileSync(join(lent, 'a.txt'), 'another');
		expect(seen(folders)).toEqual([
			['/data/a.txt', 'another'],
			['/data/sub', 'directory'],
			['/data/sub/b.txt', 'same'],
		]);
	});

	test('show no link that leads out, and read nothing through one', () => {
		symlinkSync('../outside/secret.txt', join(lent, 'out'));
		symlinkSync('../outside', join(lent, 'out-folder'));
		symlinkSync(join(lent, 'a.txt'), join(lent, 'absolute'));
		symlinkSync('out', join(lent, 'out-in-two'));
		symlinkSync('nowhere', join(lent, 'dangling'));
		symlinkSync('sub/b.txt', join(lent, 'within'));
		const links = seen(open());
		expect(JSON.stringify(links)).not.toContain('secret');
		expect(links.map(([path]) => path)).toEqual([
			'/data/a.txt',
			'/data/sub',
			'/data/sub/b.txt',
			'/data/within',
		]);
	});

	test('that hold too much fail by name', () => {
		writeFileSync(join(lent, 'large'), Buffer.alloc(64 * 2 ** 20));
		expect(() => open().read()).toThrow('more than 64 MiB');
	});

	test('take what a call wrote, made and removed', () => {
		chmodSync(join(lent, 'a.txt'), 0o600);
		const problems = open().write([
			{ path: '/data/sub/b.txt', removed: true },
			{ path: '/data/sub', removed: true },
			{ path: '/data/a.txt', base64: base64('changed') },
			{ path: '/data/new', directory: true },
			{ path: '/data/new/c.txt', base64: base64('three') },
		]);
		expect(problems).toEqual([]);
		expect(readdirSync(lent).sort()).toEqual(['a.txt', 'new']);
		expect(readFileSync(join(lent, 'a.txt'), 'utf8')).toBe('changed');
		expect(statSync(join(lent, 'a.txt')).mode & 0o777).toBe(0o600);
		expect(readFileSync(join(lent, 'new', 'c.txt'), 'utf8')).toBe('three');
	});

	test.each([
		['above', '/data/../outside/secret.txt'],
		['elsewhere', '/other/x'],
		['the folder itself', '/data'],
		['through a link to a folder', '/data/out-folder/secret.txt'],
		['through a link to a file', '/data/out'],
		['an empty part', '/data//x'],
	])('are not left by what is written: %s', (_, path) => {
		symlinkSync('../outside/secret.txt', join(lent, 'out'));
		symlinkSync('../outside', join(lent, 'out-folder'));
		const folders = open();
		expect(folders.write([{ path, base64: base64('overwritten') }])).toHaveLength(1);
		folders.write([{ path, removed: true }]);
		expect(readFileSync(join(base, 'outside', 'secret.txt'), 'utf8')).toBe('secret');
		expect(readdirSync(base).sort()).toEqual(['lent', 'outside']);
	});

	test('are not written where they are lent for reading', () => {
		expect(open(true).write([{ path: '/data/a.txt', base64: base64('x') }])[0]).toContain(
			'for reading alone',
		);
		expect(readFileSync(join(lent, 'a.txt'), 'utf8')).toBe('one');
	});

	test('that are not there, or lie within each other, are refused by name', () => {
		const one = { host: lent, guest: '/data', readOnly: true };
		expect(openFolders([{ ...one, host: join(base, 'none') }])).toMatchObject({ ok: false });
		expect(openFolders([{ ...one, host: join(lent, 'a.txt') }])).toMatchObject({ ok: false });
		expect(openFolders([one, { ...one, guest: '/data/sub' }])).toMatchObject({ ok: false });
	});
});
