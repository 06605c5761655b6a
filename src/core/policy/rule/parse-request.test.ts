import { describe, expect, test } from 'vitest';
import { parseQuestion, requestWords } from '..';

describe('parseRequest', () => {
	test.each([
		['GET https://host:8443/x', { kind: 'network', method: 'GET', url: 'https://host:8443/x' }],
		[' post  http://a.test/?q=a b ', { kind: 'network', method: 'POST', url: 'http://a.test/?q=a b' }],
		['https://a.test/', { kind: 'network', method: 'GET', url: 'https://a.test/' }],
		['read /data/a.txt', { kind: 'storage', access: 'read', path: '/data/a.txt' }],
		['Write data/with space', { kind: 'storage', access: 'write', path: '/data/with space' }],
		['read fs:///data/../x', { kind: 'storage', access: 'read', path: '/x' }],
		['env API_KEY', { kind: 'environment', key: 'API_KEY' }],
	])('reads %s', (line, request) => {
		expect(parseQuestion(line)).toEqual({ ok: true, value: request });
		const words = requestWords(request as never);
		expect(parseQuestion(words)).toEqual({ ok: true, value: request });
	});

	test.each([
		['', 'Type a request'],
		['read', 'Name a path: read /data/a.txt'],
		['env', 'Name one variable'],
		['env A B', 'Name one variable'],
		['env A=1', 'Name one variable'],
		['GET', '“GET” is no request'],
		['GET a.test', 'This is no URL'],
		['GET ftp://a.test/', 'Only http and https'],
		['GET https://u@a.test/', 'user name'],
		['GET https:a.test', 'needs a host'],
		['GET https://a..test/', 'empty label'],
		['GET https://a\\b/', 'backslash'],
		['GET https://a\u0007/', 'control character'],
		['/data/a.txt', 'is no request'],
	])('says what to type instead of %j', (line, message) => {
		const parsed = parseQuestion(line);
		expect(!parsed.ok && parsed.error).toContain(message);
	});
});
