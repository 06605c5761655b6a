import { expect, test } from 'vitest';
import { refuseShape, resultShape } from './json-shape';

const refusal = (text: string) => refuseShape(new TextEncoder().encode(text));

test.each([
	['', null],
	['"[[[,,,\\"[,"', null],
	[JSON.stringify({ a: [1, 2, { b: 'x' }] }), null],
	[JSON.stringify('[,'.repeat(500_000)), null],
	[`[${'0,'.repeat(3_000_000)}-1]`, null],
	['['.repeat(resultShape.depth) + ']'.repeat(resultShape.depth), null],
])('%j may be read', async (text, none) => expect(await refusal(text)).toBe(none));

test('values are counted before any is made', async () => {
	expect(await refusal(`[${'"",'.repeat(3_000_000)}""]`)).toBe('holds more than 250,000 values');
	expect(await refusal('['.repeat(10_000))).toBe('is nested more than 128 levels deep');
	expect(await refusal('{"a":'.repeat(10_000))).toBe('is nested more than 128 levels deep');
	expect(await refusal(`[${'1,'.repeat(4_000_001)}1]`)).toBe('holds more than 4,000,000 numbers');
});
