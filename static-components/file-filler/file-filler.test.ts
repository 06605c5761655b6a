import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { failureOf, instantiate } from '../run-in-node';

const bytes = new Uint8Array(readFileSync(new URL('file-filler.wasm', import.meta.url)));

test('file-filler fills files and folders, and says where it cannot', async () => {
	const data = mkdtempSync(join(tmpdir(), 'file-filler-'));
	const filler = await instantiate(bytes, { folders: { '/data': data } });
	expect(filler.fillFile(150_000n)).toBe(150_000n);
	expect(statSync(join(data, 'filler.bin')).size).toBe(150_000);
	expect(filler.fillFolder(3)).toBe(3);
	expect(readdirSync(data)).toHaveLength(4);
	rmSync(data, { recursive: true });
	expect(failureOf(() => filler.fillFile(1n))).toBe(
		'Cannot open /data/filler.bin: No such file or directory',
	);
});

test('file-filler cannot begin without a folder', async () => {
	const filler = await instantiate(bytes);
	expect(failureOf(() => filler.fillFolder(1))).toMatch(/^Cannot make \/data\/filler-000000.txt: /);
});
