import { expect, test } from 'vitest';
import { richText } from './rich-text';

test.each([
	['', []],
	['plain', [{ kind: 'plain', text: 'plain' }]],
	[
		'Press **Run** on `/data`.',
		[
			{ kind: 'plain', text: 'Press ' },
			{ kind: 'strong', text: 'Run' },
			{ kind: 'plain', text: ' on ' },
			{ kind: 'code', text: '/data' },
			{ kind: 'plain', text: '.' },
		],
	],
	['a ` alone, and ** too', [{ kind: 'plain', text: 'a ` alone, and ** too' }]],
	['`**`', [{ kind: 'code', text: '**' }]],
	[
		'*so* and _so_, snake_case_name',
		[
			{ kind: 'emphasis', text: 'so' },
			{ kind: 'plain', text: ' and ' },
			{ kind: 'emphasis', text: 'so' },
			{ kind: 'plain', text: ', snake_case_name' },
		],
	],
	['2 * 3 * 4', [{ kind: 'plain', text: '2 * 3 * 4' }]],
	[
		'[here](https://a.example/x)',
		[{ kind: 'link', text: 'here', href: 'https://a.example/x', host: 'a.example' }],
	],
	['[line 8](#policy:8)', [{ kind: 'place', text: 'line 8', place: { pane: 'policy', line: 8 } }]],
	['[there](#activity)', [{ kind: 'place', text: 'there', place: { pane: 'activity' } }]],
	['[no](javascript:alert)', [{ kind: 'plain', text: '[no](javascript:alert)' }]],
	['[no](https://user@a.example/)', [{ kind: 'plain', text: '[no](https://user@a.example/)' }]],
	['[no](#start)', [{ kind: 'plain', text: '[no](#start)' }]],
])('rich text of %o', (text, segments) => {
	expect(richText(text)).toEqual(segments);
});

test('a text of nothing but marks is read in one go', () => {
	for (const mark of ['[', '`', '*', '**', '_', '[a](', ' _a', '[a]']) {
		const text = mark.repeat(100_000 / mark.length);
		expect(
			richText(text)
				.map((segment) => segment.text)
				.join('').length,
		).toBeGreaterThan(text.length / 2);
	}
});
