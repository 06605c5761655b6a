import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
// The standard's own matcher, in JavaScript: what ours has to agree with.
import { URLPattern } from 'urlpattern-polyfill/urlpattern';
import { parsePattern } from '.';
import { runs } from '../testing/runs';

const matches = (pattern: string, url: string): boolean => {
	const parsed = parsePattern(pattern);
	if (!parsed.ok) throw new Error(`${pattern}: ${parsed.error}`);
	return parsed.value.matches(new URL(url));
};

const problem = (pattern: string): string | null => {
	const parsed = parsePattern(pattern);
	return parsed.ok ? null : parsed.error;
};

describe('a URL pattern', () => {
	test.each([
		['https://a.test/x', 'https://a.test/x?q#h', true],
		['https://a.test/x?q=1', 'https://a.test/x', false],
		['https://a.test', 'https://a.test/anything', true],
		['https://a.test?x', 'https://a.test/y?x', false],
		['https://a.test:443/', 'https://a.test/', true],
		['https://a.test:*/', 'https://a.test:8443/', true],
		['http{s}?://a.test/', 'http://a.test/', true],
		['*://A.test/ü b', 'http://a.test/%C3%BC%20b', true],
		['https://*.a.test/*', 'https://a.test/', false],
		['https://:sub.a.test/', 'https://x.y.a.test/', false],
		['https://a.test/:id?', 'https://a.test', false],
		['https://a.test/v1/:id?', 'https://a.test/v1', true],
		['https://a.test/:a/x/:b+', 'https://a.test/1/x/2/3', true],
		['https://a.test/:a*', 'https://a.test//', false],
		['https://a.test/:name.json', 'https://a.test/x.y.json', true],
		['https://a.test/\\:id', 'https://a.test/:id', true],
		['https://a.test/{ab}+', 'https://a.test/ababab', true],
		['https://a.test/{ab}+', 'https://a.test/ababa', false],
		['https://[::1]:8080/*', 'http://[::1]:8080/', false],
		['http://[0::1]:8080/*', 'http://[::1]:8080/', true],
		['https://10.0.0.*/', 'https://10.0.0.7/', true],
	])('%s for %s: %s', (pattern, url, matched) => expect(matches(pattern, url)).toBe(matched));

	test.each([
		['https://a.test/:p((?:a+)+b)', 'regular expression'],
		['https://a.test/(.*)', 'regular expression'],
		['/path', 'no scheme'],
		['https:///x', 'no host'],
		['https://u:p@a.test/', 'user'],
		[`https://a.test/${'*a'.repeat(17)}`, 'more than 16'],
		[`https://a.test/${'a'.repeat(9000)}`, 'longer than 8,192'],
		['https://a.test/{x', 'has no }'],
		['https://a.test/}', 'belongs to nothing'],
		['https://a.test/:a/:a', 'twice'],
		['https://a b/', 'cannot stand'],
		['https://a.test:port1/\\', 'backslash'],
	])('is not %s', (pattern, words) => expect(problem(pattern)).toContain(words));

	test('never throws', () => {
		const text = fc.string({ unit: fc.constantFrom(...'https://a.b*:?{}[]()+\\@#% ü', '://') });
		fc.assert(
			fc.property(text, (text) => {
				parsePattern(text);
				parsePattern(`https://a.test/${text}`);
				parsePattern(`https://${text}.test`);
			}),
			{ numRuns: runs(2000) },
		);
	});
});

describe('matching', () => {
	const letters = ['a', 'ab', 'b', '/', '.', '-', 'A', 'ü', ' ', '\\*'];
	const pieces = [
		...letters,
		'*',
		':x',
		'{a}?',
		'{ab}*',
		'{/b}+',
		'{/:y}?',
		'{-*.}?',
		':z+',
		'/:w*',
		'/:v?',
		'/*?',
	];
	const someOf = (from: readonly string[], most: number) =>
		fc.array(fc.constantFrom(...from), { maxLength: most }).map((list) => list.join(''));
	const protocol = fc.constantFrom('https', 'http{s}?', '*');
	const hostname = fc.constantFrom('a.b', '*', '*.b', ':h.b', 'a{.c}?.b', 'A.B');
	const rest = fc.constantFrom('', '?q=*', '?:q', '?', '#h', '?a#*');
	const pattern = fc
		.tuple(protocol, hostname, fc.constantFrom('', ':443', ':8080', ':*'), someOf(pieces, 5), rest)
		.map(([scheme, host, port, path, end]) => `${scheme}://${host}${port}/${path}${end}`);
	const url = fc
		.tuple(
			fc.constantFrom('https', 'http'),
			fc.constantFrom('a.b', 'b', 'a.c.b', 'x.b'),
			fc.constantFrom('', ':8080'),
			someOf([...'aab//.-*', 'A', 'ü', ' '], 10),
			fc.constantFrom('', '?q=1', '?', '#h', '?a#x'),
		)
		.map(([scheme, host, port, path, end]) => `${scheme}://${host}${port}/${path}${end}`);

	test('agrees with URLPattern', () => {
		let matched = 0;
		fc.assert(
			fc.property(pattern, url, (pattern, url) => {
				const parsed = parsePattern(pattern);
				// A name twice is refused by both; a path that begins with two slashes is known to ours alone.
				const isLost = /:\/\/[^/]*\/[./{}]*\//.test(pattern) || new URL(url).pathname.startsWith('//');
				fc.pre(parsed.ok && !isLost);
				const expected = new URLPattern(pattern).test(url);
				expect(matches(pattern, url)).toBe(expected);
				matched += Number(expected);
			}),
			{ numRuns: runs(5000) },
		);
		// Few match: of a tenth of the cases it can be none.
		if (runs(5000) === 5000) expect(matched).toBeGreaterThan(5);
	});

	test.each([
		['https://x.example/*a*a*a*a*a*a*a*a*a!', 'a'.repeat(8000)],
		[`https://x.example/:x-a${'*a'.repeat(15)}!`, `${'a-'.repeat(4000)}`],
		['https://x.example/{a}+{a}+{a}+{a}*{a}*{a}+!', 'a'.repeat(8000)],
		[`https://x.example/*${'a'.repeat(4000)}b`, 'a'.repeat(8000)],
		['https://x.example/{/a}*/:a+/:b+/:c+!', '/a'.repeat(4000)],
	])('of %s takes a few passes', (pattern, path) => {
		expect(matches(pattern, `https://x.example/${path}`)).toBe(false);
	});
});
