import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readReleaseHost } from './host-pattern';
import { hasReadableHost } from './readable-host';

test.each(['b\u2003c', 'b\u205fc', 'b%20c', 'xn--b', 'xn--0', 'x.xn--.y', 'b%2fc', 'b%zz'])(
	'a host such as %j fails, also where a browser would repair it',
	(host) => {
		expect(hasReadableHost(`http://${host}/`)).toBe(false);
		expect(readReleaseHost(host).ok).toBe(false);
	},
);

test.each([
	'xn--mnchen-3ya.de',
	'xn--bcher-kva.test',
	'bücher.test',
	'b%62c',
	'user:pass@b.test:80',
	'[::2]:1',
])('a host such as %j passes', (host) => expect(hasReadableHost(`https://${host}/a b`)).toBe(true));

test('what is behind the host does not matter, nor the host of another scheme', () => {
	expect(hasReadableHost('http://b.test/a b?c d#e f')).toBe(true);
	expect(hasReadableHost('foo://a b')).toBe(true);
	// Wassette then takes the scheme for the host.
	expect(readReleaseHost('http://b c/')).toMatchObject({ ok: true, value: { scheme: null, host: 'http' } });
});

test('what is encoded as punycode is read again', () => {
	fc.assert(
		fc.property(
			fc.string({ unit: fc.constantFrom(...'aéßжωдñü中文'), minLength: 1, maxLength: 12 }),
			(label) => {
				const url = URL.parse(`http://${label}.test`);
				fc.pre(url !== null);
				expect(hasReadableHost(url.href)).toBe(true);
			},
		),
	);
});
