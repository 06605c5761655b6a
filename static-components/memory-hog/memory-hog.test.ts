import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { instantiate } from '../run-in-node';

const bytes = new Uint8Array(readFileSync(new URL('memory-hog.wasm', import.meta.url)));

test('memory-hog takes as many pages as it is told', async () => {
	const hog = await instantiate(bytes);
	expect(hog.grabPages(10)).toBe(10);
	expect(hog.grabPages(0)).toBe(0);
	expect(hog.grabOrTrap(5)).toBeUndefined();
});
