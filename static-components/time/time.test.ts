import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { instantiate } from '../run-in-node';

const bytes = new Uint8Array(readFileSync(new URL('time.wasm', import.meta.url)));

const at = async (seconds: bigint, nanoseconds: number) => {
	const clock = { now: () => ({ seconds, nanoseconds }) };
	const { time } = await instantiate(bytes, { imports: { 'wasi:clocks/wall-clock': clock } });
	return time.getCurrentTime();
};

test.each([
	[0n, 0, '1970-01-01T00:00:00.000Z'],
	[951_782_400n, 7_000_000, '2000-02-29T00:00:00.007Z'],
	[1_773_500_966n, 535_999_999, '2026-03-14T15:09:26.535Z'],
	[4_102_444_799n, 999_000_000, '2099-12-31T23:59:59.999Z'],
])('time tells %i s and %i ns after the epoch as %s', async (seconds, nanoseconds, text) => {
	expect(await at(seconds, nanoseconds)).toBe(text);
});
