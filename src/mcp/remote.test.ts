import { describe, expect, test } from 'vitest';
import { connectRemote, type RemoteOptions } from './remote';
import type { WireMessage } from './wire';

const options = (fetch: RemoteOptions['fetch'], origin = 'http://localhost:5173'): RemoteOptions => ({
	version: '1',
	now: () => 0,
	origin,
	fetch,
});

const json = (body: unknown, status = 200) =>
	new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });

/** A server of one tool, which answers each request by itself. */
async function oneTool(_url: string | URL, init?: RequestInit): Promise<Response> {
	if (init?.method !== 'POST') return new Response(null, { status: 405 });
	const { id, method } = JSON.parse(String(init.body));
	const result = {
		initialize: {
			protocolVersion: '2025-06-18',
			capabilities: { tools: {} },
			serverInfo: { name: 'elsewhere', version: '9' },
		},
		'tools/list': { tools: [{ name: 'hello', inputSchema: { type: 'object' } }] },
		'tools/call': { content: [{ type: 'text', text: 'hi' }] },
	}[method as string];
	return id === undefined ? new Response(null, { status: 202 }) : json({ jsonrpc: '2.0', id, result });
}

describe('a server elsewhere', () => {
	test('is listed and called like the one in the page, its messages on the wire', async () => {
		const wire: WireMessage[] = [];
		const remote = await connectRemote('http://127.0.0.1:9001/mcp', {
			...options(oneTool),
			onMessage: (message) => wire.push(message),
		});
		if (!remote.ok) throw new Error(remote.error);
		expect(remote.value.server).toMatchObject({ name: 'elsewhere', era: 'legacy', protocol: '2025-06-18' });
		expect(remote.value.tools.map(({ name }) => name)).toEqual(['hello']);
		expect(await remote.value.callTool('hello', {})).toMatchObject({ result: { content: [{ text: 'hi' }] } });
		expect(wire.map(({ kind, method }) => `${kind} ${method}`)).toEqual([
			// Which era it is of is asked first; what knows no such question answers with an error, or as this one, with nothing.
			'request server/discover',
			'request initialize',
			'response initialize',
			'notification notifications/initialized',
			'request tools/list',
			'response tools/list',
			'request tools/call',
			'response tools/call',
		]);
		await remote.value.close();
	});

	test.each<[string, string, RemoteOptions, string]>([
		['is no address', 'nonsense', options(oneTool), 'not an http or https address'],
		['is of another scheme', 'ws://a.example/', options(oneTool), 'not an http or https address'],
		['carries a password', 'https://me:pw@a.example/', options(oneTool), 'Leave them out'],
		[
			'is plain http to a page that is not',
			'http://a.example/mcp',
			options(oneTool, 'https://deck.example'),
			'https only',
		],
		[
			'does not admit the page',
			'https://a.example/mcp',
			options(() => Promise.reject(new TypeError('Failed to fetch'))),
			'Access-Control-Allow-Origin: http://localhost:5173',
		],
		['refuses the host name', 'http://a.example/mcp', options(async () => json({}, 403)), '--allowed-host'],
		['is no endpoint', 'http://a.example/', options(async () => json({}, 404)), 'not an MCP endpoint'],
	])('that %s is refused with words that help', async (_, address, given, words) => {
		expect(await connectRemote(address, given)).toEqual({ ok: false, error: expect.stringContaining(words) });
	});

	test('that is there but does not admit the page is told from one that is not there', async () => {
		const failing = (cause: string) => async () => {
			throw Object.assign(new TypeError('no'), { failure: { tag: 'internal-error', cause } });
		};
		const words = async (cause: string) => {
			const remote = await connectRemote('https://a.example/mcp', {
				...options(failing(cause)),
				requestOrigin: 'null',
			});
			return remote.ok ? '' : remote.error;
		};
		expect(await words('cors')).toMatch(/is there, but does not admit this page \(CORS\).*Allow-Origin: \*/);
		expect(await words('unreachable')).toContain('Nothing answers at https://a.example.');
	});

	test('that breaks off in the middle of an answer ends the call in an error, and not in silence', async () => {
		const stream = (text: string) =>
			new Response(
				new ReadableStream({
					start: (controller) => controller.enqueue(new TextEncoder().encode(text)),
					pull: (controller) => controller.error(new TypeError('network error')),
				}),
				{ headers: { 'content-type': 'text/event-stream' } },
			);
		const remote = await connectRemote(
			'http://127.0.0.1:9001/mcp',
			options(async (url, init) =>
				String(init?.body).includes('tools/call') ? stream(': keep-alive\n\n') : oneTool(url, init),
			),
		);
		if (!remote.ok) throw new Error(remote.error);
		expect(await remote.value.callTool('hello', {})).toMatchObject({
			status: 'failed',
			message: expect.stringContaining('127.0.0.1:9001 broke off before it answered'),
		});
		await remote.value.close();
	});

	test('that went away says so once, to the call and to whoever watches', async () => {
		let gone = false;
		const lost: string[] = [];
		const remote = await connectRemote('http://127.0.0.1:9001/mcp', {
			...options((url, init) =>
				gone ? Promise.reject(new TypeError('Failed to fetch')) : oneTool(url, init),
			),
			onLost: (message) => lost.push(message),
		});
		if (!remote.ok) throw new Error(remote.error);
		gone = true;
		const settled = await remote.value.callTool('hello', {});
		expect(settled).toMatchObject({ status: 'failed', message: expect.stringContaining('got no answer') });
		expect(lost).toEqual([expect.stringContaining('got no answer')]);
		await remote.value.close();
	});

	test('on this computer is reached over http from an https page', async () => {
		const remote = await connectRemote('http://127.0.0.1:9001/mcp', options(oneTool, 'https://deck.example'));
		expect(remote.ok).toBe(true);
		if (remote.ok) await remote.value.close();
	});
});
