import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Route } from '../../src/core/world';
import { cannedHttp } from '../canned-http';
import { failureOf, instantiate } from '../run-in-node';

const bytes = new Uint8Array(readFileSync(new URL('fetch.wasm', import.meta.url)));
const { scenario } = JSON.parse(readFileSync(new URL('sample.json', import.meta.url), 'utf8'));

const withRoutes = async (routes: Route[]) => {
	const { imports, requests } = cannedHttp(routes);
	const { fetch } = await instantiate(bytes, { imports });
	return { fetch, requests };
};

const withBody = async (type: string, body: string) => {
	const { fetch } = await withRoutes([{ url: '*', headers: [['content-type', type]], body }]);
	return fetch('https://a.example/');
};

describe('fetch', () => {
	test('turns the page of its scenario into Markdown', async () => {
		const { fetch } = await withRoutes(scenario.world.routes);
		expect(fetch('https://tapes.example.com/')).toBe(
			[
				'# The tape archive',
				'',
				'Everything we have is in the [catalogue](/catalogue.json). Ask before you **rewind**.',
				'',
				'- Cassettes',
				'- Reels & spools',
			].join('\n'),
		);
	});

	test('turns JSON into headings and lists', async () => {
		expect(await withBody('application/json', '{"b":1,"a":{"c":["x",null]},"d":[{"e":true}]}')).toBe(
			'# b\n\n1\n\n# a\n\n\n## c\n\n- x\n- null\n\n# d\n\n\n## 1\n\n\n### e\n\ntrue',
		);
	});

	test('leaves scripts and styles out of a page, and keeps code as it is written', async () => {
		const page = '<script>no()</script><style>no{}</style><pre>a\n  b</pre><p>x  <code>y</code>\n z</p>';
		expect(await withBody('text/html', page)).toBe('```\na\n  b\n```\n\nx `y` z');
	});

	test('leaves anything else as it is', async () => {
		expect(await withBody('text/plain; charset=utf-8', '# <b>')).toBe('# <b>');
		expect(await withBody('application/json', 'not json')).toBe('not json');
	});

	test.each([
		['https://a.example', 'GET https://a.example/'],
		['HTTP://a.example:8080?q=1#f', 'GET http://a.example:8080/?q=1'],
		['https://a.example/a/b?c=/d', 'GET https://a.example/a/b?c=/d'],
	])('asks for %s as %s', async (url, request) => {
		const { fetch, requests } = await withRoutes([{ url: '*' }]);
		fetch(url);
		expect(requests).toEqual([request]);
	});

	test.each([
		['https://down.example/', 'Request failed with status code: 503'],
		['https://broken.example/', 'Request failed: ErrorCode::ConnectionRefused'],
		['https://denied.example/', 'Request was not sent: ErrorCode::HttpRequestDenied'],
		['ftp://a.example/', 'Not a scheme that can be fetched: ftp'],
		['/relative', 'Not an absolute URL: /relative'],
	])('fails for %s with its reason', async (url, reason) => {
		const { fetch } = await withRoutes([
			{ url: 'https://down.example/', status: 503 },
			{ url: 'https://broken.example/', failure: 'connection-refused' },
		]);
		expect(failureOf(() => fetch(url))).toBe(reason);
	});
});
