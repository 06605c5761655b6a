import { describe, expect, test } from 'vitest';
import { byteList, pictureType } from './byte-list';
import { hexLines } from './hex-lines';

describe('a list that may be bytes', () => {
	test('holds numbers from 0 to 255, and enough of them', () => {
		expect(byteList([0, 1, 2, 3, 4, 5, 6, 255])).toEqual(Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 255));
		expect(byteList([1, 2, 3])).toBeNull();
		expect(byteList([0, 1, 2, 3, 4, 5, 6, 256])).toBeNull();
		expect(byteList([0, 1, 2, 3, 4, 5, 6, 1.5])).toBeNull();
		expect(byteList('12345678')).toBeNull();
	});
});

describe('bytes', () => {
	test.each([
		['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
		['image/webp', [0x52, 0x49, 0x46, 0x46, 0, 0, 0, 0, 0x57, 0x45, 0x42, 0x50]],
		[null, [0x3c, 0x73, 0x76, 0x67]],
		[null, []],
	])('that begin like %s are taken for it', (type, bytes) => {
		expect(pictureType(Uint8Array.from(bytes))).toBe(type);
	});

	test('as hex stand in lines of 16 with offset and ASCII', () => {
		const bytes = Uint8Array.from({ length: 18 }, (_, index) => 0x40 + index);
		expect(hexLines(bytes, 0, 100)).toBe(
			'00000000  40 41 42 43 44 45 46 47  48 49 4a 4b 4c 4d 4e 4f  @ABCDEFGHIJKLMNO\n' +
				`00000010  50 51${' '.repeat(44)} PQ`,
		);
	});
});
