import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { authorEngines, newestEngine } from './engines';
import { newestEngineId } from './engine-id';
import { preludeFor } from './prelude';

const top = join(import.meta.dirname, '../..');
const root = join(top, 'author');
const digest = (...contents: readonly (string | Uint8Array)[]) => {
	const hash = createHash('sha256');
	for (const content of contents) hash.update(content);
	return hash.digest('hex');
};
const read = (path: string) => readFileSync(join(root, path));

interface Recorded {
	readonly 'builder.wasm': { readonly source: string };
	readonly prelude: string;
	readonly pieces?: string;
	readonly eraser?: string;
}
const recorded = (folder: string) => JSON.parse(String(read(`${folder}/engine.json`))) as Recorded;

/** What was published, by digest: the record of its files, and which pieces of the prelude a script gets. */
const published = {
	'qjs-1': '18d6e09e74abbf6b2086df4407f137ce32fa9a8118c81a55c5b6ec3d845df1ec',
	'qjs-2': '1aaba00599105a796897bf51d045889c2123b45469f2d2d27b795ee38f3ba3d8',
};

describe('an engine', () => {
	test('that a link may name stays: what it is made of never changes', () => {
		const all = authorEngines.map(({ id, folder }) => [
			id,
			digest(read(`${folder}/engine.json`), read(`${folder}/pieces.json`)),
		]);
		expect(Object.fromEntries(all)).toEqual(published);
	});

	test('has the files that its record names', () => {
		for (const { builder, sync, async } of authorEngines)
			for (const { url, sha256, size } of [builder, sync, async]) {
				const path = join(top, url);
				expect([digest(readFileSync(path)), statSync(path).size]).toEqual([sha256, size]);
			}
	});

	test('has the prelude that it was published with', () => {
		for (const { folder } of authorEngines) {
			const files = readdirSync(join(root, folder, 'prelude')).sort();
			expect(digest(...files.flatMap((file) => [file, read(`${folder}/prelude/${file}`)]))).toBe(
				recorded(folder).prelude,
			);
		}
	});

	test('has a builder that was made of the sources beside it', () => {
		const files = readdirSync(join(root, 'builder'), { recursive: true, encoding: 'utf8' })
			.filter((file) => /(?:\.rs|Cargo\.(?:toml|lock))$/.test(file) && !file.startsWith('target'))
			.sort();
		const source = digest(...files.flatMap((file) => [file, read(`builder/${file}`)]));
		expect(recorded(newestEngine.folder)['builder.wasm'].source).toBe(source);
	});

	test('has its types taken out by the version that it was published with: another may give other bytes', () => {
		const { devDependencies } = JSON.parse(readFileSync(join(top, 'package.json'), 'utf8')) as {
			readonly devDependencies: { readonly [name: string]: string };
		};
		expect(recorded(newestEngine.folder).eraser).toBe(`sucrase ${devDependencies['sucrase']}`);
	});

	test('is the newest where none is named', () => {
		expect(newestEngine.id).toBe(newestEngineId);
	});
});

describe('a script', () => {
	const random = (script: string) => preludeFor(script, newestEngine).after === '__started();';

	test.each([
		['Math.random()', true],
		['const { random } = Math;', true],
		['const M = Math; M.random();', true],
		["Math['random']()", true],
		['crypto.randomUUID()', true],
		['Math.floor(1.5) + Math .max(1, 2)', false],
		['const mathematics = 1;', false],
	])('gets random numbers that begin anew where it may ask for them: %s', (script, given) => {
		expect(random(script)).toBe(given);
	});

	test('gets what its words ask for and imports what that needs', () => {
		expect(preludeFor('export const f = () => 1;', newestEngine).imports).toEqual(['wasi:cli/stderr@0.2.12']);
		expect(preludeFor('fetch(url)', newestEngine).imports).toContain('wasi:http/outgoing-handler@0.2.12');
		expect(preludeFor('fetch(url)', newestEngine).before('sync')).toMatch(/^const isAsync = false;/);
	});
});
