import { createMcpHandler, Server } from '@modelcontextprotocol/server';
import { describe, expect, test } from 'vitest';
import { connectRemote } from './remote';
import type { WireMessage } from './wire';

/** A server of the official library that speaks 2026-07-28, and what came before where it is asked to. */
function startServer(legacy: 'stateless' | 'reject') {
	const tools = ['hello'];
	const handler = createMcpHandler(
		() => {
			const server = new Server(
				{ name: 'elsewhere', version: '9' },
				{ capabilities: { tools: { listChanged: true } } },
			);
			server.setRequestHandler('tools/list', () => ({
				tools: tools.map((name) => ({ name, inputSchema: { type: 'object' as const } })),
			}));
			server.setRequestHandler('tools/call', ({ params }) => {
				if (params.name !== 'hello') throw new Error('There is no such tool.');
				return { content: [{ type: 'text', text: 'hi' }] };
			});
			return server;
		},
		{ legacy },
	);
	return {
		handler,
		add: (name: string) => {
			tools.push(name);
			handler.notify.toolsChanged();
		},
	};
}

async function connectTo(server: ReturnType<typeof startServer>) {
	const wire: WireMessage[] = [];
	const remote = await connectRemote('http://127.0.0.1:9001/mcp', {
		version: '1',
		now: () => 0,
		origin: 'http://localhost:5173',
		fetch: (url, init) => server.handler.fetch(new Request(url, init)),
		onMessage: (message) => wire.push(message),
	});
	if (!remote.ok) throw new Error(remote.error);
	return { client: remote.value, methods: () => wire.map(({ method }) => method) };
}

describe('a server elsewhere', () => {
	test('that speaks 2026-07-28 alone is listed, called and followed', async () => {
		const server = startServer('reject');
		const { client, methods } = await connectTo(server);
		expect(client.server).toMatchObject({ name: 'elsewhere', era: 'modern', protocol: '2026-07-28' });
		expect(client.tools.map(({ name }) => name)).toEqual(['hello']);
		expect(await client.callTool('hello', {})).toMatchObject({
			status: 'result',
			result: { content: [{ type: 'text', text: 'hi' }] },
		});
		expect(methods()).not.toContain('initialize');
		const listed = new Promise((resolve) => client.onTools(resolve));
		server.add('later');
		await listed;
		expect(client.tools.map(({ name }) => name)).toEqual(['hello', 'later']);
		expect(await client.callTool('missing', {})).toMatchObject({ status: 'failed' });
		await client.close();
		await server.handler.close();
	});

	test('that admits no header of the newer protocol is greeted as it was always', async () => {
		const asked: string[] = [];
		const remote = await connectRemote('http://127.0.0.1:9001/mcp', {
			version: '1',
			now: () => 0,
			origin: 'http://localhost:5173',
			fetch: async (_, init) => {
				if (new Headers(init?.headers).has('mcp-method')) throw new TypeError('Failed to fetch');
				const { id, method } = JSON.parse(String(init?.body)) as { id?: number; method: string };
				asked.push(method);
				const result = {
					initialize: {
						...{ protocolVersion: '2025-06-18', capabilities: {} },
						serverInfo: { name: 'before', version: '1' },
					},
				}[method];
				if (id === undefined) return new Response(null, { status: 202 });
				return Response.json({ jsonrpc: '2.0', id, result });
			},
		});
		if (!remote.ok) throw new Error(remote.error);
		expect(remote.value.server).toMatchObject({ name: 'before', era: 'legacy', protocol: '2025-06-18' });
		expect(asked).toEqual(['initialize', 'notifications/initialized']);
		await remote.value.close();
	});

	test('that speaks both is spoken to in the newer way', async () => {
		const server = startServer('stateless');
		const { client } = await connectTo(server);
		expect(client.server.era).toBe('modern');
		await client.close();
		await server.handler.close();
	});
});
