import { seal } from './outlet/outgoing';
import { describe, expect, test } from 'vitest';
import { harOf, patternOf, routesFromHar } from './har';
import { matchRoute } from './routes';
import type { Route } from './world';

/** An entry as browsers' developer tools write them. */
const entry = (over: {
	method?: string;
	url?: string;
	status?: number;
	headers?: readonly (readonly [string, string])[];
	content?: object;
}) => ({
	_initiator: { type: 'script' },
	_resourceType: 'fetch',
	cache: {},
	connection: '443',
	request: {
		method: over.method ?? 'GET',
		url: over.url ?? 'https://api.example.com/v1/forecast?city=Oslo&days=3',
		httpVersion: 'http/2.0',
		headers: [{ name: ':authority', value: 'api.example.com' }],
		queryString: [{ name: 'city', value: 'Oslo' }],
		cookies: [],
		headersSize: -1,
		bodySize: 0,
	},
	response: {
		status: over.status ?? 200,
		statusText: '',
		httpVersion: 'http/2.0',
		headers: (
			over.headers ?? [
				[':status', '200'],
				['Content-Type', 'application/json'],
				['content-encoding', 'br'],
				['set-cookie', 'session=secret'],
			]
		).map(([name, value]) => ({ name, value })),
		cookies: [],
		content: over.content ?? { size: 12, mimeType: 'application/json', text: '{"degrees":7}' },
		redirectURL: '',
		headersSize: -1,
		bodySize: -1,
		_transferSize: 312,
	},
	serverIPAddress: '192.0.2.1',
	startedDateTime: '2026-01-02T03:04:05.678Z',
	time: 41.7,
	timings: { blocked: 1, dns: -1, ssl: -1, connect: -1, send: 0.1, wait: 40, receive: 0.6 },
});

const har = (...entries: unknown[]) =>
	JSON.stringify({ log: { version: '1.2', creator: { name: 'WebInspector', version: '537.36' }, entries } });

const routes = (...entries: unknown[]) => {
	const read = routesFromHar(har(...entries));
	if (!read.ok) throw new Error(read.error);
	return read.value;
};

describe('a HAR file', () => {
	test('becomes routes that answer the same requests', () => {
		const { routes: found, skipped } = routes(entry({}));
		expect(skipped).toEqual([]);
		expect(found).toEqual([
			{
				method: 'GET',
				url: String.raw`https://api.example.com/v1/forecast\?city=Oslo&days=3`,
				status: 200,
				headers: [['content-type', 'application/json']],
				body: '{"degrees":7}',
			},
		]);
		expect(matchRoute(found, 'GET', 'https://api.example.com/v1/forecast?city=Oslo&days=3')).toBe(found[0]);
		expect(matchRoute(found, 'GET', 'https://api.example.com/v1/forecast?city=Rome&days=3')).toBeNull();
		expect(matchRoute(found, 'POST', 'https://api.example.com/v1/forecast?city=Oslo&days=3')).toBeNull();
	});

	test('keeps bytes as bytes, and a response without a body without one', () => {
		const { routes: found } = routes(
			entry({ url: 'https://a.example/i.png', content: { text: 'iVBORw0K\nGgo=', encoding: 'base64' } }),
			entry({ url: 'https://a.example/none', status: 204, content: { size: 0, mimeType: 'x-unknown' } }),
		);
		expect(found.map(({ body }) => body)).toEqual([{ base64: 'iVBORw0KGgo=' }, undefined]);
	});

	test('with the same exchange twice gives one route, the later', () => {
		const { routes: found } = routes(entry({}), entry({ status: 503 }));
		expect(found.map(({ status }) => status)).toEqual([503]);
	});

	test('leaves out what no route can stand for, and says so', () => {
		const { routes: found, skipped } = routes(
			entry({ status: 0 }),
			entry({ url: 'wss://a.example/socket' }),
			entry({ url: 'data:text/plain,x' }),
			entry({ url: 'https://a.example/big', content: { text: 'x'.repeat(2 ** 21 + 1) } }),
			entry({ url: 'https://a.example/odd', content: { text: 'x', encoding: 'rot13' } }),
			null,
			7,
		);
		expect(found).toEqual([]);
		expect(skipped.join(' ')).toMatch(
			/1 left out: no response[^]*2 left out: not an address[^]*more than 2 MiB/,
		);
	});

	test('is held to caps on routes and on bodies together', () => {
		const many = Array.from({ length: 600 }, (_, index) => entry({ url: `https://a.example/${index}` }));
		expect(routes(...many).routes).toHaveLength(500);
		const large = Array.from({ length: 9 }, (_, index) =>
			entry({ url: `https://a.example/${index}`, content: { text: 'x'.repeat(2 ** 20) } }),
		);
		expect(routes(...large).routes).toHaveLength(8);
		expect(routesFromHar(' '.repeat(2 ** 25 + 1)).ok).toBe(false);
	});

	test.each(['', 'no json', '[]', 'null', '{"log":{}}', '{"log":{"entries":{}}}'])(
		'is told from what is none: %s',
		(text) => expect(routesFromHar(text)).toMatchObject({ ok: false, error: /not a HAR file/ }),
	);

	test('cannot reach a prototype', () => {
		routesFromHar('{"log":{"__proto__":{"entries":[]},"entries":[{"__proto__":{"polluted":1}}]}}');
		expect('polluted' in {}).toBe(false);
	});
});

test('routes come back from the HAR file that they were written to', () => {
	const written: Route[] = [
		{ url: 'https://api.example.com/v1/*', status: 418, headers: [['x-a', '1']], body: 'tea', delayMs: 30 },
		{ method: 'POST', url: 'https://api.example.com/:id', status: 200, body: { base64: 'AAEC' } },
		{ method: 'GET', url: 'https://down.example/', failure: 'connection-refused' },
	];
	const text = harOf(seal(written), { version: '1', startedDateTime: '2026-01-01T00:00:00.000Z' });
	expect(routesFromHar(text)).toEqual({ ok: true, value: { routes: written, skipped: [] } });
});

test.each(['http://127.0.0.1:8080/a', 'https://a.example/x(y)*z:w?q=1&r[]=2+3', 'https://a.example/'])(
	'a pattern of %s matches it, and not another',
	(url) => {
		const pattern = patternOf(url);
		expect(pattern).not.toBeNull();
		expect(matchRoute([{ url: pattern! }], 'GET', url)).not.toBeNull();
		expect(matchRoute([{ url: pattern! }], 'GET', `${url}x`)).toBeNull();
	},
);
