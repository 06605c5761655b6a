import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { instantiate } from '../run-in-node';

const bytes = new Uint8Array(readFileSync(new URL('cpu-hog.wasm', import.meta.url)));

test('cpu-hog adds up the Collatz steps of all numbers up to a limit', async () => {
	const { burn } = await instantiate(bytes);
	// 1: 0, 2: 1, 3: 7, 4: 2, 5: 5.
	expect([1n, 2n, 3n, 4n, 5n].map(burn)).toEqual([0n, 1n, 8n, 10n, 15n]);
});
