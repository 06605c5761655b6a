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
])('rich text of %o', (text, segments) => {
	expect(richText(text)).toEqual(segments);
});
