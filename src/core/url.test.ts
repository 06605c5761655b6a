import { describe, expect, test } from 'vitest';
import cases from './url.cases.json';
import { composeUrl, hostOfUnsendable, parseUrl } from './url';

interface ParseCase {
	readonly url: string;
	readonly result: string;
	readonly reason?: string;
	readonly scheme?: string;
	readonly host?: string;
	readonly port?: string;
}

describe('parseUrl', () => {
	test.each(cases.parse as ParseCase[])(
		'reads or refuses $url',
		({ url, result, reason, scheme, host, port }) => {
			const parsed = parseUrl(url);
			if (result === 'ok') expect(parsed).toMatchObject({ ok: true, value: { scheme, host, port } });
			else expect(parsed).toEqual({ ok: false, error: { reason } });
		},
	);

	test('keeps the host as it is written beside the one to fetch', () => {
		expect(parseUrl('http://127.1:80/')).toMatchObject({
			value: { host: '127.0.0.1', writtenHost: '127.1' },
		});
		expect(parseUrl('https://Example.COM.:8443/')).toMatchObject({
			value: { host: 'example.com', writtenHost: 'example.com.', href: 'https://example.com:8443/' },
		});
		expect(parseUrl('http://[::1]:3000/')).toMatchObject({ value: { writtenHost: '[::1]' } });
	});
});

describe('composeUrl', () => {
	test.each(cases.compose as { scheme: string; authority?: string; path?: string; url: string | null }[])(
		'puts together $scheme, $authority and $path',
		({ url, ...parts }) => {
			const composed = composeUrl(parts);
			expect(composed.ok ? composed.value.href : null).toBe(url);
		},
	);
});

describe('the host of a URL that cannot be sent', () => {
	test.each([
		['http://[v7.x]/', '[v7.x]'],
		['http://[FE80::1%25eth]:80/a', '[fe80::1%25eth]'],
		['http://user@[nope]/', '[nope]'],
		['http://a..test/', 'a..test'],
		['http://a.test:65536/', 'a.test'],
		['http://a.test:x/', 'a.test'],
		['http://a.test:80x/p', 'a.test'],
		['http://a.test:1:x/', null],
		['http://a.test:é/', null],
		['http://a.test/', null],
		['http://[::1]/', null],
		['ftp://[nope]/', null],
		['http://[a]b/', null],
		['http://a b/', null],
	])('of %s, which a release decides on, is %s', (url, host) => {
		expect(hostOfUnsendable(url)?.writtenHost ?? null).toBe(host);
	});
});
