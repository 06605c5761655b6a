import { describe, expect, test } from 'vitest';
import { lineDiff } from './line-diff';

const shown = (before: string, after: string, around?: number) =>
	lineDiff(before, after, around).map(
		({ kind, line, text }) => `${{ same: ' ', added: '+', removed: '-' }[kind]}${line} ${text}`,
	);

describe('the difference of two texts', () => {
	test('is nothing where they are the same', () => expect(shown('a\nb\n', 'a\nb\n')).toEqual([]));

	test('is what was added, with the lines around it', () =>
		expect(shown('a\nb\nc\nd\ne\n', 'a\nb\nc\nx\nd\ne\n', 1)).toEqual([' 3 c', '+4 x', ' 5 d']));

	test('keeps lines in the middle that did not change', () =>
		expect(shown('head\nsame\nold\n', 'new head\nsame\nnew\n')).toEqual([
			'-1 head',
			'+1 new head',
			' 2 same',
			'-3 old',
			'+3 new',
		]));

	test('leaves out what is far from any change', () =>
		expect(shown('a\n1\n2\n3\n4\nb\n', 'A\n1\n2\n3\n4\nB\n', 1)).toEqual([
			'-1 a',
			'+1 A',
			' 2 1',
			' 5 4',
			'-6 b',
			'+6 B',
		]));

	test('is all of a text that was not there', () => expect(shown('', 'a\nb\n')).toEqual(['+1 a', '+2 b']));

	test('counts the middle of two long texts as changed', () => {
		const long = (word: string) => Array.from({ length: 1500 }, (_, index) => `${word}${index}`).join('\n');
		expect(lineDiff(`top\n${long('a')}\nend\n`, `top\n${long('b')}\nend\n`)).toHaveLength(1 + 3000 + 1);
	});

	test('gives both texts back', () => {
		const [before, after] = ['a\nb\nc\nb\nd\n', 'b\nc\nx\nd\na\n'];
		const lines = lineDiff(before, after, 100);
		const text = (other: string) =>
			lines
				.filter(({ kind }) => kind !== other)
				.map(({ text: line }) => `${line}\n`)
				.join('');
		expect([text('added'), text('removed')]).toEqual([before, after]);
	});
});
