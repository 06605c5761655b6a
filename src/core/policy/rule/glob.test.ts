import { expect, test } from 'vitest';
import { matchesGlob } from './glob';

test.each([
	// The two ends of a pattern may not share a letter.
	['a*a', 'a', false],
	['a*a', 'aa', true],
	['a*a', 'aba', true],
	['ab*ba', 'aba', false],
	['*', '', true],
	['*a', 'ba', true],
	['*a', 'ab', false],
	['a*', 'ba', false],
	['a', 'ab', false],
])('%s against %j is %s', (pattern, segment, matches) => {
	expect(matchesGlob([pattern], [segment])).toBe(matches);
});

test.each([
	['/a/**', '/a', true],
	['/a/**/b', '/a/b', true],
	['/a/**/b', '/a/x/y/b', true],
	['/a/**/b', '/a/x/b/c', false],
	['/**/b/**/c', '/b/x/b/c', true],
	['/a/*', '/a/b/c', false],
	['/a', '/a/b', false],
])('%s against the path %s is %s', (pattern, path, matches) => {
	expect(matchesGlob(pattern.slice(1).split('/'), path.slice(1).split('/'))).toBe(matches);
});

test('deep covers what is below, and no sibling', () => {
	expect(matchesGlob(['a', 'b'], ['a', 'b', 'c'], true)).toBe(true);
	expect(matchesGlob(['a', 'b'], ['a', 'bc'], true)).toBe(false);
	expect(matchesGlob(['a', 'b'], ['a'], true)).toBe(false);
});
