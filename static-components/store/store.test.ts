import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { failureOf, instantiate } from '../run-in-node';

const bytes = new Uint8Array(readFileSync(new URL('store.wasm', import.meta.url)));

test('store keeps a text under a name, and takes no other path for one', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'store-'));
	const { store } = await instantiate(bytes, { folders: { '/notes': folder } });
	expect(store('a.txt', 'one')).toBe('/notes/a.txt');
	expect(store('a.txt', 'two')).toBe('/notes/a.txt');
	expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('two');
	for (const name of ['', '../a', '.a', '/a']) expect(failureOf(() => store(name, ''))).toContain('no name');
});
