import { describe, expect, test } from 'vitest';
import { beginningOfText, visible, visibleText } from './visible';

describe('text made visible', () => {
	test.each([
		['leaves plain text alone', 'Grüße, 世界 👍\n\tend', 'Grüße, 世界 👍\n\tend'],
		['names direction overrides', 'evil\u202egpj.exe', 'evil[RLO]gpj.exe'],
		['names zero-width characters', 'pass\u200bword', 'pass[ZWSP]word'],
		['names escapes', '\u001b[31mred', '[ESC][31mred'],
		['names a carriage return that would overwrite its line', 'safe\rEVIL', 'safe[CR]EVIL'],
		['leaves line ends of Windows alone', 'a\r\nb', 'a\r\nb'],
		['numbers what has no short name', '\u2061\u0001', '[U+2061][U+0001]'],
		['names lone surrogates', 'a\ud800b', 'a[U+D800]b'],
		['names characters of tags', 'a\u{e0041}b', 'a[U+E0041]b'],
		['names fillers without a shape', 'a\u3164b\u2800', 'a[U+3164]b[U+2800]'],
		['leaves joined emoji whole', '👩🏽\u200d💻', '👩🏽\u200d💻'],
		['names joiners elsewhere', 'a\u200db', 'a[ZWJ]b'],
		['names a byte order mark', '\ufefftext', '[BOM]text'],
	])('%s', (_, text, expected) => {
		expect(visibleText(text)).toBe(expected);
	});

	test('loses nothing', () => {
		const text = 'a\u202eb\u0000c\r\nd';
		expect(
			visible(text)
				.map((segment) => segment.text)
				.join(''),
		).toBe(text);
	});

	test('has no segments for no text', () => {
		expect(visible('')).toEqual([]);
	});
});

describe('beginningOfText', () => {
	test.each([
		['abcdef', 4, 9, 'abcd'],
		['abc', 4, 9, 'abc'],
		['a😀b', 2, 9, 'a'],
		['a\0b\0c\0d', 9, 2, 'a\0b\0c'],
		['\0\0\0', 2, 9, '\0\0'],
		['a\0', 9, 1, 'a\0'],
	])('of %j, %i characters with %i hidden ones, is %j', (text, characters, hidden, wanted) => {
		expect(beginningOfText(text, characters, hidden)).toBe(wanted);
	});
});
