import { afterEach, describe, expect, test, vi } from 'vitest';
import { sha256Hex } from './digest';

afterEach(() => vi.unstubAllGlobals());

describe('a digest', () => {
	const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

	test('is the SHA-256 in hex', async () => {
		expect(await sha256Hex(new TextEncoder().encode('abc'))).toBe(abc);
	});

	test('is the same where the page is no secure context', async () => {
		vi.stubGlobal('crypto', {});
		expect(await sha256Hex(new TextEncoder().encode('abc'))).toBe(abc);
	});
});
