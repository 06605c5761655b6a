import { expect, test } from 'vitest';
import { documentOf, documents, unwrapped, withoutPaths } from './documents';

test('lines that only keep a source narrow are joined, and those of code and tables stay', () => {
	expect(
		unwrapped(
			'One\nline.\n\n- an item\n  of two lines\n- another\n\n```sh\na\nb\n```\nAfter.\n\n| a |\n| b |\nText',
		),
	).toBe('One line.\n\n- an item of two lines\n- another\n\n```sh\na\nb\n```\nAfter.\n\n| a |\n| b |\nText');
});

test('links to files of the project are words, and those elsewhere stay', () => {
	expect(withoutPaths('See [`a.json`](../public/a.json) and [b](https://b.test/c), or [d](#d).')).toBe(
		'See `a.json` and [b](https://b.test/c), or d.',
	);
});

test('every document that Help names is there', async () => {
	for (const { name } of documents) {
		const text = await documentOf(name);
		expect(text.length).toBeGreaterThan(200);
		expect(text).not.toMatch(/\]\((?!https?:)/);
	}
});
