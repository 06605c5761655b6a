import { describe, expect, test } from 'vitest';
import { bytesOfText, bytesText, readBytes, streamBytes, unreadText, type BytesFormat } from './bytes-text';

describe('text of bytes', () => {
	test.each<[BytesFormat, string, readonly number[]]>([
		['text', 'hé', [104, 195, 169]],
		['text', '', []],
		['hex', '00 ff', [0, 255]],
		['hex', '00FF\n0a', [0, 255, 10]],
		['hex', '0x1f 0x20', [31, 32]],
		['base64', 'AP8=', [0, 255]],
		['base64', 'AP8', [0, 255]],
		['base64', '_-8=', [255, 239]],
		['numbers', '1, 2 255', [1, 2, 255]],
	])('as %s %j reads as its bytes', (format, text, bytes) => {
		expect(readBytes(text, format)).toEqual(bytes);
	});

	test.each<[BytesFormat, string]>([
		['hex', '0'],
		['hex', 'zz'],
		['base64', 'A'],
		['base64', 'a*b='],
		['numbers', '256'],
		['numbers', '-1'],
	])('as %s %j is kept as it was typed', (format, text) => {
		expect(unreadText(readBytes(text, format))).toEqual({ text, format });
	});

	test.each<BytesFormat>(['hex', 'base64', 'numbers'])('as %s gives any bytes back', (format) => {
		const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
		expect(readBytes(bytesText(bytes, format) ?? '', format)).toEqual(Array.from(bytes));
	});

	test('is no text where they are not UTF-8', () => {
		expect(bytesText(Uint8Array.of(255), 'text')).toBeNull();
	});

	test('keeps a byte order mark', () => {
		const bytes = Uint8Array.of(0xef, 0xbb, 0xbf, 0x61);
		expect(readBytes(bytesText(bytes, 'text') ?? '', 'text')).toEqual(Array.from(bytes));
	});

	test.each([[[256]], [[1.5]], [['1']], [[-1]], ['text'], [undefined]])('%j is no list of bytes', (value) => {
		expect(bytesOfText(value)).toBeNull();
	});
});

test.each([
	['text', 'é', [0xc3, 0xa9]],
	['base64', { base64: '_w' }, [255]],
	['hex', { hex: 'ff 0A' }, [255, 10]],
	['numbers', [1, 2], [1, 2]],
])('a stream of bytes that is given as %s is shown as bytes', (_, given, bytes) => {
	expect(streamBytes(given)).toEqual(bytes);
});
