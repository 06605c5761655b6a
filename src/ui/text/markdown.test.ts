import { expect, test } from 'vitest';
import { readMarkdown } from './markdown';

test('a text is read into its blocks', () => {
	expect(
		readMarkdown(
			'# One grant\r\nWhat is **granted**,\nline by line.\n\n- one\n- two\n1. first\n2) second\n> said\n> so\n```yaml\na: 1\n\n# no heading\n```\nthe end',
		),
	).toEqual([
		{ kind: 'heading', text: 'One grant' },
		{ kind: 'paragraph', lines: ['What is **granted**,', 'line by line.'] },
		{ kind: 'list', ordered: false, items: ['one', 'two'] },
		{ kind: 'list', ordered: true, items: ['first', 'second'] },
		{ kind: 'quote', lines: ['said', 'so'] },
		{ kind: 'code', text: 'a: 1\n\n# no heading' },
		{ kind: 'paragraph', lines: ['the end'] },
	]);
});

test.each([
	['', []],
	['\n \n', []],
	['<b>bold</b> ![image](https://a.example/x.png)', undefined],
	['-no item', undefined],
	['#no heading', undefined],
])('%o holds nothing but text', (text, blocks) => {
	expect(readMarkdown(text)).toEqual(blocks ?? [{ kind: 'paragraph', lines: [text] }]);
});

test('a table stays as it is written', () => {
	expect(readMarkdown('| a | b |\n| - | - |\nafter')).toEqual([
		{ kind: 'code', text: '| a | b |\n| - | - |' },
		{ kind: 'paragraph', lines: ['after'] },
	]);
});

test('code without its end goes to the end', () => {
	expect(readMarkdown('```\na\n~~~')).toEqual([{ kind: 'code', text: 'a\n~~~' }]);
});

test('nothing of a text is lost, whatever it holds', () => {
	const words = ['#', '-', '>', '```', '1.', '', 'word', '**', '[a](b)', ' '];
	for (let seed = 0; seed < 300; seed += 1) {
		const lines = Array.from(
			{ length: 12 },
			(_, at) => words[(seed * 7 + at * (seed % 5) + at) % words.length]!,
		);
		const read = JSON.stringify(readMarkdown(lines.join('\n')));
		expect(read.split('word').length).toBe(lines.filter((line) => line === 'word').length + 1);
	}
});
