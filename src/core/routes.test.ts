import { describe, expect, test } from 'vitest';
import { checkPattern, matchRoute } from './routes';

const routes = [
	{ method: 'post', url: 'https://api.example.com/items' },
	{ url: 'https://api.example.com/items/:id' },
	{ url: 'https://*.example.com/*' },
	{ url: '::not a pattern::' },
	{ url: 'https://search.test/find?q=*' },
];

describe('the route of a request', () => {
	test.each([
		['POST', 'https://api.example.com/items', 0],
		['GET', 'https://api.example.com/items', 2],
		['GET', 'https://api.example.com/items/7', 1],
		['GET', 'https://example.com/', null],
		['GET', 'http://api.example.com/items/7', null],
		['GET', 'https://search.test/find?q=a%20b', 4],
		['GET', 'https://search.test/find', null],
	])('for %s %s is number %s', (method, url, index) => {
		expect(matchRoute(routes, method, url)).toBe(index === null ? null : routes[index]);
	});
});

describe('checking a pattern', () => {
	test('accepts one with a host', () => expect(checkPattern('https://a.test/*')).toBeNull());
	test('explains one that does not parse', () => expect(checkPattern('::')).toContain('no scheme'));
});
