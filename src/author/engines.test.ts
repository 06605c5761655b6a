import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { authorEngines, newestEngine } from './engines';
import { newestEngineId } from './engine-id';

const root = join(import.meta.dirname, '../../author');
const digest = (...contents: readonly (string | Uint8Array)[]) => {
	const hash = createHash('sha256');
	for (const content of contents) hash.update(content);
	return hash.digest('hex');
};
const read = (path: string) => readFileSync(join(root, path));

interface Recorded {
	readonly 'builder.wasm': { readonly source: string };
	readonly prelude: string;
}
const recorded = (folder: string) => JSON.parse(String(read(`${folder}/engine.json`))) as Recorded;

describe('an engine', () => {
	test('that a link may name stays: what it is made of never changes', () => {
		const all = authorEngines.map(({ id, builder, sync, async }) => [
			id,
			builder.sha256,
			sync.sha256,
			async.sha256,
		]);
		expect(all).toEqual(
			authorEngines.map(({ id }, index) => [
				id,
				...['builder', 'sync', 'async'].map((file) => digest(read(`engine-${index + 1}/${file}.wasm`))),
			]),
		);
		for (const [index, { builder }] of authorEngines.entries())
			expect(statSync(join(root, `engine-${index + 1}/builder.wasm`)).size).toBe(builder.size);
	});

	test('has the prelude that it was published with', () => {
		for (const index of authorEngines.keys()) {
			const folder = `engine-${index + 1}`;
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
		expect(recorded(`engine-${authorEngines.length}`)['builder.wasm'].source).toBe(source);
	});

	test('is the newest where none is named', () => {
		expect(newestEngine.id).toBe(newestEngineId);
	});
});
