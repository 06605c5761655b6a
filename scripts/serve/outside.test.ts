import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createOutside, isPublic } from './outside.mjs';

let witness: Server;
let heard: string[];
let port: number;
beforeEach(async () => {
	heard = [];
	witness = createServer((request, response) => {
		heard.push(`${request.method} ${request.url} ${request.headers['x-own'] ?? ''}`);
		if (request.url === '/away') return void response.writeHead(302, { location: '/elsewhere' }).end();
		request.pipe(response.writeHead(200, { 'x-answer': 'yes' }));
	});
	await new Promise<void>((resolve) => witness.listen(0, '127.0.0.1', resolve));
	({ port } = witness.address() as AddressInfo);
});
afterEach(() => {
	witness.close();
	witness.closeAllConnections();
});

const ask = (host: string, allowPrivate: readonly string[] = [], path = '/x', body: string | null = null) => {
	const outside = createOutside(allowPrivate);
	const headers = [
		['X-Own', 'mine'],
		['Host', 'another.test'],
	] as const;
	return {
		outside,
		answer: outside.fetch({
			method: body === null ? 'GET' : 'POST',
			url: `http://${host}:${port}${path}`,
			headers,
			body,
		}),
	};
};

describe('requests that the command makes', () => {
	test.each(['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '0x7f000001', '2130706433'])(
		'reach nothing of this computer as %s, unless it was named',
		async (host) => {
			expect(await ask(host).answer).toMatchObject({
				ok: false,
				error: { tag: 'destination-IP-prohibited' },
			});
			expect(heard).toEqual([]);
		},
	);

	test('reach what was named, and hand its answer on in pieces', async () => {
		const { outside, answer } = ask('localhost', ['localhost'], '/x', Buffer.from('sent').toString('base64'));
		const fetched = await answer;
		if (!fetched.ok) throw new Error(fetched.error.detail);
		expect(fetched.status).toBe(200);
		expect(fetched.headers).toContainEqual(['x-answer', 'yes']);
		expect(Buffer.from((await outside.read(fetched.body))!, 'base64').toString()).toBe('sent');
		expect(await outside.read(fetched.body)).toBeNull();
		expect(heard).toEqual(['POST /x mine']);
	});

	test('follow no redirect', async () => {
		expect(await ask('127.0.0.1', ['127.0.0.1'], '/away').answer).toMatchObject({ ok: true, status: 302 });
		expect(heard).toEqual(['GET /away mine']);
	});

	test('say that nothing answers', async () => {
		witness.close();
		expect(await ask('127.0.0.1', ['127.0.0.1']).answer).toMatchObject({
			ok: false,
			error: { tag: 'connection-refused' },
		});
	});
});

test.each([
	...[
		['8.8.8.8', true],
		['93.184.216.34', true],
		['2606:4700::1111', true],
		['10.1.2.3', false],
	],
	...[
		['172.31.0.1', false],
		['172.32.0.1', true],
		['192.168.1.1', false],
		['169.254.169.254', false],
	],
	...[
		['100.64.0.1', false],
		['0.0.0.0', false],
		['255.255.255.255', false],
		['::1', false],
		['::', false],
	],
	...[
		['fe80::1', false],
		['fd00::1', false],
		['::ffff:10.0.0.1', false],
		['64:ff9b::a00:1', false],
		['2002:a00:1::', false],
	],
] as [string, boolean][])('%s is a public address: %s', (address, expected) => {
	expect(isPublic(address)).toBe(expected);
});
