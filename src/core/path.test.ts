import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ancestorsOf, isWithin, isWorldPath, joinPath, utf8Length } from './path';
import { runs } from './testing/runs';

describe('a path of a world', () => {
	test('is as long as its UTF-8 bytes', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 8 }), (text) => {
				expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length);
			}),
		);
		expect(utf8Length('\ud800')).toBe(3);
		expect(utf8Length('😀')).toBe(4);
	});

	test.each([
		['/data', '/data', true],
		['/data/a', '/data', true],
		['/database', '/data', false],
		['/data', '/data/a', false],
		['/anything', '/', true],
	])('%s is within %s: %s', (path, directory, expected) => {
		expect(isWithin(path, directory)).toBe(expected);
	});

	test.each(['', 'data', '/data/', '//data', '/a/../b', '/a/./b', '/a\0', `/${'x'.repeat(256)}`, 5, null])(
		'is not %s',
		(path) => {
			expect(isWorldPath(path)).toBe(false);
		},
	);

	test.each(['/', '/a', '/__proto__/constructor', '/a\\b', '/ ', '/%2e%2e'])('may be %s', (path) => {
		expect(isWorldPath(path)).toBe(true);
	});

	test('names the directories above it, from the root down', () => {
		expect(ancestorsOf('/a/b/c')).toEqual(['/', '/a', '/a/b']);
		expect(ancestorsOf('/a')).toEqual(['/']);
		expect(ancestorsOf('/')).toEqual([]);
	});

	test('joins by text and stays below the root', () => {
		expect(joinPath('/data', '../../x/./y//z')).toBe('/x/y/z');
		expect(joinPath('/', '')).toBe('/');
		const path = fc.array(fc.constantFrom('/', '.', '..', 'a', 'b.c', '...')).map((parts) => parts.join(''));
		fc.assert(
			fc.property(path, path, (directory, below) => {
				const names: string[] = [];
				for (const name of `/${directory}/${below}`.split('/'))
					if (name === '..') names.pop();
					else if (name !== '' && name !== '.') names.push(name);
				expect(joinPath(`/${directory}`, below)).toBe(`/${names.join('/')}`);
			}),
			{ numRuns: runs(2000) },
		);
	});
});
