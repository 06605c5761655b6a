import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { failureOf, instantiate, type Exports } from '../run-in-node';

const bytes = new Uint8Array(readFileSync(new URL('crypto.wasm', import.meta.url)));
const getRandomBytes = (length: bigint) => Uint8Array.from({ length: Number(length) }, (_, i) => 255 - i);
let crypto: Exports;

beforeAll(async () => {
	crypto = await instantiate(bytes, { imports: { 'wasi:random/random': { getRandomBytes } } });
}, 60_000);

describe('crypto', () => {
	// Lengths around the end of a block, where the padding takes one more.
	test.each(['', 'abc', 'naïve 🎞', ...[55, 56, 63, 64, 65, 1000].map((length) => 'a'.repeat(length))])(
		'hashes as everybody does: %j',
		(text) => {
			expect(crypto.sha256(text)).toBe(createHash('sha256').update(text).digest('hex'));
		},
	);

	test('shows the random bytes of its host', () => {
		expect(crypto.random(3)).toBe('fffefd');
		expect(crypto.random(0)).toBe('');
		expect(crypto.random(1024)).toHaveLength(2048);
		expect(failureOf(() => crypto.random(1025))).toBe('At most 1024 bytes');
	});

	test('makes UUIDs of version 4', () => {
		expect(crypto.uuid()).toBe('fffefdfc-fbfa-49f8-b7f6-f5f4f3f2f1f0');
	});

	test('keeps its memory in order over many calls', () => {
		const text = 'é'.repeat(5000);
		const hash = crypto.sha256(text);
		for (let i = 0; i < 2000; i++) crypto.random(512);
		expect(crypto.sha256(text)).toBe(hash);
	});
});
