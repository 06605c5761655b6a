import { isRecord } from './is-record';
import { most, statuses } from './limits';
import { checkPattern, matchRoute } from './routes';
import type { Outgoing } from './outlet';
import { seal } from './outlet/outgoing';
import { err, ok, type Result } from './result';
import type { Route } from './world';

/** What a HAR file came to. */
export interface HarImport {
	readonly routes: readonly Route[];
	/** One sentence for each kind of entry that was left out. */
	readonly skipped: readonly string[];
}

/** Longer texts are refused before they are parsed, in characters. */
const maxText = most.harText;
const maxRoutes = most.harRoutes;
/** Characters of one body, and of all of them. */
const maxBody = most.harBody;
const maxBodies = most.harBodies;

/** What describes how a body travelled rather than what it is; and cookies, which are secrets of whoever recorded the file. */
const leftOut = new Set([
	...['content-encoding', 'content-length', 'transfer-encoding', 'connection', 'keep-alive', 'set-cookie'],
	...['set-cookie2', 'alt-svc', 'strict-transport-security', 'proxy-authenticate'],
]);

type Fields = { readonly [key: string]: unknown };

const fieldsOf = (value: unknown): Fields => (isRecord(value) ? value : {});

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/**
 * Routes that answer as the recorded exchanges of a HAR file did, in its order; of several exchanges of the same method and URL the last
 * counts. Never throws. The error says why the text is no HAR file.
 */
export function routesFromHar(text: string): Result<HarImport, string> {
	if (text.length > maxText) return err('This file is too large: HAR files of up to 32 MiB can be read.');
	let document: unknown;
	try {
		document = JSON.parse(text.replace(/^\ufeff/, ''));
	} catch {
		return err('This is not a HAR file: it is not JSON.');
	}
	const { entries } = fieldsOf(fieldsOf(document).log);
	if (!Array.isArray(entries)) return err('This is not a HAR file: it has no list of entries in its log.');

	const routes = new Map<string, Route>();
	const skipped = new Map<string, number>();
	const skip = (why: string) => void skipped.set(why, (skipped.get(why) ?? 0) + 1);
	let bodies = 0;
	for (const entry of entries) {
		const read = routeOf(fieldsOf(entry));
		if (!read.ok) {
			skip(read.error);
			continue;
		}
		const { route } = read.value;
		const key = `${route.method ?? ''} ${route.url}`;
		const length = lengthOf(route) - lengthOf(routes.get(key));
		if (!routes.has(key) && routes.size >= maxRoutes) skip(`beyond the first ${maxRoutes}`);
		else if (bodies + length > maxBodies) skip('too much together with the others');
		else {
			bodies += length;
			routes.set(key, route);
		}
	}
	return ok({
		routes: [...routes.values()],
		skipped: [...skipped].map(([why, count]) => `${count} left out: ${why}.`),
	});
}

function routeOf(entry: Fields): Result<{ route: Route }, string> {
	const request = fieldsOf(entry.request);
	const response = fieldsOf(entry.response);
	const own = fieldsOf(entry._tapedeck);
	const method = typeof request.method === 'string' ? request.method.toUpperCase() : '';
	if (!/^[!#$%&'*+.^_`|~0-9A-Z-]+$/.test(method) || method.length > most.method) return err('no method');
	if (typeof request.url !== 'string' || request.url.length > most.routeUrl) return err('no URL');
	const url =
		typeof own.pattern === 'string' &&
		own.pattern.length <= most.routeUrl &&
		checkPattern(own.pattern) === null
			? own.pattern
			: patternOf(request.url);
	if (url === null) return err('not an address of the web');
	const base = { ...(own.anyMethod === true ? {} : { method }), url };
	const delay = own.delayMs;
	const delayMs =
		typeof delay === 'number' && Number.isInteger(delay) && delay > 0 && delay <= most.delayMs
			? { delayMs: delay }
			: {};
	if (typeof own.failure === 'string' && /^[A-Za-z-]{1,64}$/.test(own.failure))
		return ok({ route: { ...base, ...delayMs, failure: own.failure } });

	const { status } = response;
	if (
		typeof status !== 'number' ||
		!Number.isInteger(status) ||
		status < statuses.least ||
		status > statuses.most
	)
		return err('no response was recorded');
	const headers = headersOf(response.headers);
	const body = bodyOf(fieldsOf(response.content));
	if (!body.ok) return body;
	return ok({
		route: {
			...base,
			status,
			...(headers.length > 0 ? { headers } : {}),
			...(body.value === undefined ? {} : { body: body.value }),
			...delayMs,
		},
	});
}

function headersOf(value: unknown): NonNullable<Route['headers']> {
	const headers: [string, string][] = [];
	for (const each of listOf(value)) {
		const { name, value } = fieldsOf(each);
		if (typeof name !== 'string' || typeof value !== 'string') continue;
		// Names that start with a colon belong to HTTP/2 itself.
		if (
			!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) ||
			name.length > most.headerName ||
			leftOut.has(name.toLowerCase())
		)
			continue;
		// Some recorders join values of the same name by line breaks.
		for (const line of value.split('\n')) {
			if (headers.length >= most.headers) return headers;
			headers.push([name.toLowerCase(), line.trim().slice(0, most.headerValue)]);
		}
	}
	return headers;
}

function bodyOf({ text, encoding }: Fields): Result<Route['body'], string> {
	if (typeof text !== 'string' || text === '') return ok(undefined);
	if (text.length > maxBody) return err('a body of more than 2 MiB');
	if (encoding === undefined || encoding === '') return ok(text);
	const base64 = text.replace(/\s/g, '');
	if (encoding !== 'base64' || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64))
		return err('a body that cannot be read');
	return ok({ base64 });
}

/** A pattern that matches this URL and no other; null where there is none. */
export function patternOf(url: string): string | null {
	let parsed: URL;
	try {
		parsed = new URL(url);
	} catch {
		return null;
	}
	if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') return null;
	const literal = (text: string) => text.replace(/[*+?(){}:\\]/g, '\\$&');
	const pattern = `${parsed.protocol}//${parsed.host}${literal(parsed.pathname + parsed.search)}`;
	return checkPattern(pattern) === null && matchRoute([{ url: pattern }], 'GET', parsed.href)
		? pattern
		: null;
}

const lengthOf = (route: Route | undefined): number => {
	const body = route?.body;
	return body === undefined ? 0 : typeof body === 'string' ? body.length : body.base64.length;
};

/** Routes as a HAR file, which other tools read as exchanges; what HAR has no words for stands beside them under `_tapedeck`. */
export function harOf(
	routes: Outgoing<readonly Route[]>,
	{ version, startedDateTime }: { readonly version: string; readonly startedDateTime: string },
): Outgoing<string> {
	const entries = routes.map((route) => {
		const { method, url, status = 200, headers = [], body, delayMs, failure } = route;
		const time = delayMs ?? 0;
		return {
			startedDateTime,
			time,
			request: {
				method: method ?? 'GET',
				url: url.replace(/\\(.)/g, '$1'),
				httpVersion: 'HTTP/1.1',
				...{ cookies: [], headers: [], queryString: [], headersSize: -1, bodySize: 0 },
			},
			response: {
				status: failure === undefined ? status : 0,
				statusText: '',
				httpVersion: 'HTTP/1.1',
				cookies: [],
				headers: headers.map(([name, value]) => ({ name, value })),
				content: {
					size: lengthOf(route),
					mimeType: headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '',
					...(typeof body === 'string' ? { text: body } : {}),
					...(typeof body === 'object' ? { text: body.base64, encoding: 'base64' } : {}),
				},
				...{ redirectURL: '', headersSize: -1, bodySize: -1 },
			},
			cache: {},
			timings: { send: 0, wait: time, receive: 0 },
			_tapedeck: { pattern: url, anyMethod: method === undefined, delayMs, failure },
		};
	});
	const log = { version: '1.2', creator: { name: 'Tapedeck', version }, entries };
	return seal(`${JSON.stringify({ log }, null, '\t')}\n`);
}
