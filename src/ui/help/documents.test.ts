import { expect, test } from 'vitest';
import { documentOf, documents, unwrapped } from './documents';

test('lines that only keep a source narrow are joined, and those of code and tables stay', () => {
	expect(
		unwrapped(
			'One\nline.\n\n- an item\n  of two lines\n- another\n\n```sh\na\nb\n```\nAfter.\n\n| a |\n| b |\nText',
		),
	).toBe('One line.\n\n- an item of two lines\n- another\n\n```sh\na\nb\n```\nAfter.\n\n| a |\n| b |\nText');
});

test('every document that Help names is there', async () => {
	for (const { name } of documents) expect((await documentOf(name)).length).toBeGreaterThan(200);
});
