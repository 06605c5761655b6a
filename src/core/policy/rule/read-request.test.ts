import { describe, expect, test } from 'vitest';
import { readAccessRequest } from '..';

describe('a request from outside', () => {
	test.each([
		[
			{ kind: 'network', method: 'POST', url: 'https://a.test/', x: 1 },
			{ kind: 'network', method: 'POST', url: 'https://a.test/' },
		],
		[
			{ kind: 'network', url: 'https://a.test/' },
			{ kind: 'network', method: 'GET', url: 'https://a.test/' },
		],
		[
			{ kind: 'storage', access: 'write', path: '/a' },
			{ kind: 'storage', access: 'write', path: '/a' },
		],
		[
			{ kind: 'storage', access: 'read', path: '/a', via: 'a' },
			{ kind: 'storage', access: 'read', path: '/a', via: 'a' },
		],
		[
			{ kind: 'environment', key: '' },
			{ kind: 'environment', key: '' },
		],
	])('%j is read', (value, request) =>
		expect(readAccessRequest(value)).toEqual({ ok: true, value: request }),
	);

	test.each([
		null,
		'read /a',
		{},
		{ kind: 'socket' },
		{ kind: 'network' },
		{ kind: 'network', url: new URL('https://a.test/') },
		{ kind: 'network', method: 1, url: 'https://a.test/' },
		{ kind: 'storage', path: '/a' },
		{ kind: 'storage', access: 'READ', path: '/a' },
		{ kind: 'storage', access: 'read' },
		{ kind: 'environment', key: 1 },
	])('%j is refused', (value) => expect(readAccessRequest(value)).toMatchObject({ ok: false }));
});
