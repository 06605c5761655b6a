import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { failureOf, instantiate, type Exports } from '../run-in-node';

const bytes = new Uint8Array(readFileSync(new URL('files.wasm', import.meta.url)));
let data: string;
let files: Exports;

beforeEach(async () => {
	data = mkdtempSync(join(tmpdir(), 'files-'));
	writeFileSync(join(data, 'notes.txt'), 'naïve café\n');
	mkdirSync(join(data, 'reports/old'), { recursive: true });
	writeFileSync(join(data, 'reports/Q1.csv'), 'a,b\n');
	symlinkSync('notes.txt', join(data, 'latest'));
	files = await instantiate(bytes, { folders: { '/data': data }, variables: { HOME: '/data/reports' } });
});

afterEach(() => rmSync(data, { recursive: true }));

describe('files', () => {
	test('lists a folder in alphabetical order, each entry with its kind', () => {
		expect(files.listDirectory('/data')).toEqual(['[LINK] latest', '[FILE] notes.txt', '[DIR] reports']);
	});

	test('reads text, and what follows a link', () => {
		expect(files.readFile('/data/notes.txt')).toBe('naïve café\n');
		expect(files.readFile('/data/latest')).toBe('naïve café\n');
	});

	test('finds names whatever their case, in every folder below', () => {
		expect(files.searchFile('/data', 'q1')).toBe('/data/reports/Q1.csv');
		expect(files.searchFile('/data', 'nothing like it')).toBe('No matches found');
	});

	test('writes, makes folders, moves and deletes', () => {
		files.createDirectory('/data/a/b');
		expect(files.writeFile('/data/a/b/c.txt', 'é')).toBe('Wrote 2 bytes to /data/a/b/c.txt');
		files.movePath('/data/a/b/c.txt', '/data/a/d.txt');
		expect(readFileSync(join(data, 'a/d.txt'), 'utf8')).toBe('é');
		files.deleteFile('/data/a/d.txt');
		expect(existsSync(join(data, 'a/d.txt'))).toBe(false);
	});

	test('describes a file', () => {
		expect(files.getFileInfo('/data/reports/Q1.csv')).toMatch(
			/^kind: file\nsize: 4 bytes\nmodified: \d+ s since 1970\naccessed: \d+ s since 1970$/,
		);
	});

	test('draws a tree down to the depth that was asked for', () => {
		expect(files.getDirectoryTree('/data', 1)).toBe('/data\n├── latest\n├── notes.txt\n└── reports/\n');
		expect(files.getDirectoryTree('/data', 9)).toContain('    ├── Q1.csv\n    └── old/\n');
	});

	test('tells a missing file from one it was not given', () => {
		expect(files.fileExists('/data/notes.txt')).toBe(true);
		expect(files.fileExists('/data/none')).toBe(false);
		expect(failureOf(() => files.fileExists('/etc/passwd'))).toBe(
			'Failed to look: Capabilities insufficient (os error 76)',
		);
	});

	test('expands the home folder', () => {
		expect(files.listDirectory('~')).toEqual(['[FILE] Q1.csv', '[DIR] old']);
	});

	test('says what is outside the folders it was given', () => {
		expect(failureOf(() => files.readFile('/etc/passwd'))).toBe(
			'Failed to read file: Capabilities insufficient (os error 76)',
		);
	});
});
