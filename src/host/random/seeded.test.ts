import { describe, expect, test } from 'vitest';
import { seededBytes } from './seeded';

const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

describe('seeded random bytes', () => {
	test('repeat for a seed and differ between seeds', () => {
		expect(hex(seededBytes('a')(64))).toBe(hex(seededBytes('a')(64)));
		const beginnings = ['', 'a', 'b', 'aa', 'ab', 'ba', 'é', '0', '1'].map((seed) =>
			hex(seededBytes(seed)(16)),
		);
		expect(new Set(beginnings).size).toBe(beginnings.length);
	});

	test('stay the same from one version of this page to the next', () => {
		expect(hex(seededBytes('tapedeck')(16))).toBe('5f7b1988599d46b5b4be29fb36187c05');
	});

	test('look evenly spread', () => {
		const counts = new Array<number>(256).fill(0);
		for (const byte of seededBytes('spread')(256 * 400)) counts[byte]!++;
		expect(Math.min(...counts)).toBeGreaterThan(300);
		expect(Math.max(...counts)).toBeLessThan(500);
	});

	test('have any length', () => {
		for (const length of [0, 1, 3, 4, 5, 65_537]) expect(seededBytes('x')(length)).toHaveLength(length);
	});
});
