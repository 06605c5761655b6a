import { expect, test } from 'vitest';
import { witTokens } from './wit-tokens';

const text = [
	'/// Docs about a record.',
	'export list-type: func(%string: string) -> list<u8>; // list',
	'/* open',
].join('\n');

test('WIT is split into comments, keywords, types and the rest, and nothing is lost', () => {
	const tokens = witTokens(text);
	expect(tokens.map((token) => token.text).join('')).toBe(text);
	expect(tokens.filter(({ kind }) => kind !== 'plain').map((token) => `${token.kind} ${token.text}`)).toEqual(
		[
			'comment /// Docs about a record.',
			'keyword export',
			'keyword func',
			'type string',
			'type list',
			'type u8',
			'comment // list',
			'comment /* open',
		],
	);
});

test('a text that would make too many pieces stays whole', () => {
	expect(witTokens('func '.repeat(50_000))).toHaveLength(1);
});
