import { request } from 'node:http';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ElicitRequestSchema, type CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fakeTool, FakeDeck, returned } from '../../src/mcp/testing/fake-deck';
import { listen } from './http.mjs';
import { fakePage } from './testing/fake-page';

let deck: FakeDeck;
let page: ReturnType<typeof fakePage>;
let server: Awaited<ReturnType<typeof listen>>;
beforeEach(async () => {
	deck = new FakeDeck();
	deck.add('echo', [fakeTool('echo')], ({ output }) => {
		output('stdout', 'printed');
		return returned('fine');
	});
	page = fakePage(deck, (connection, text) => server.send(connection, text));
	server = await listen({ port: 0, page });
});
afterEach(() => server.close());

const connected = async (capabilities = {}) => {
	const client = new Client({ name: 'test', version: '1' }, { capabilities });
	const transport = new StreamableHTTPClientTransport(new URL(server.address), {
		requestInit: { headers: { authorization: `Bearer ${server.token}` } },
	});
	await client.connect(transport);
	return { client, transport };
};

/** The status of a request with headers as they are given. */
const ask = (headers: Record<string, string>, path = '/mcp') =>
	new Promise<number | undefined>((resolve, reject) => {
		const sent = request(new URL(path, server.address), { method: 'POST', headers }, (response) => {
			response.resume();
			resolve(response.statusCode);
		});
		sent.on('error', reject);
		sent.end(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }));
	});

describe('agents over HTTP', () => {
	test('list and call, are asked through their program, and leave', async () => {
		const { client, transport } = await connected({ elicitation: {} });
		const asked: string[] = [];
		client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
			asked.push(params.message);
			return { action: 'accept', content: {} };
		});
		expect((await client.listTools()).tools.map(({ name }) => name)).toContain('echo');
		const progress: (string | undefined)[] = [];
		const result = (await client.callTool({ name: 'echo', arguments: { text: 'x' } }, undefined, {
			onprogress: ({ message }) => void progress.push(message),
		})) as CallToolResult;
		expect(result.content).toEqual([{ type: 'text', text: 'fine' }]);
		expect(progress).toEqual(['Running']);
		await client.callTool({
			name: 'grant-network-permission',
			arguments: { component_id: 'echo', details: { host: 'a.test' } },
		});
		expect(asked).toEqual(['Let the component echo send requests to a.test. Allow it?']);
		expect(deck.components[0]!.policy).toContain('a.test');
		await transport.terminateSession();
		await expect.poll(() => page.agents.size).toBe(0);
		await client.close();
	});

	test('are answered apart from each other', async () => {
		const one = await connected();
		const other = await connected();
		const [first, second] = await Promise.all(
			[one, other].map(({ client }) => client.callTool({ name: 'echo', arguments: { text: 'x' } })),
		);
		expect(first).toEqual(second);
		await Promise.all([one.client.close(), other.client.close()]);
	});

	test('send integers as they are written', async () => {
		const { client, transport } = await connected();
		const text =
			'{"jsonrpc":"2.0","id":77,"method":"tools/call","params":{"name":"echo","arguments":{"text":12345678901234567890}}}';
		const answer = await fetch(server.address, {
			method: 'POST',
			headers: {
				...{ authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
				...{ accept: 'application/json, text/event-stream', 'mcp-session-id': transport.sessionId! },
			},
			body: text,
		});
		await answer.text();
		expect(page.heard).toContain(text);
		await client.close();
	});

	test('are not served without the token, under a strange name, or from a page of elsewhere', async () => {
		const token = { authorization: `Bearer ${server.token}` };
		const { host } = new URL(server.address);
		// The control: all is well but for the session, which was not begun.
		expect(await ask(token)).toBe(400);
		expect(await ask({ ...token, origin: `http://${host}` })).toBe(400);
		expect(await ask({})).toBe(401);
		expect(await ask({ authorization: `Bearer ${server.token}x` })).toBe(401);
		expect(await ask({ authorization: 'Bearer ' })).toBe(401);
		expect(await ask({ ...token, host: 'rebound.example' })).toBe(403);
		expect(await ask({ ...token, origin: 'https://evil.example' })).toBe(403);
		expect(await ask({ ...token, origin: 'null' })).toBe(403);
		expect(await ask(token, '/')).toBe(404);
		expect(await ask({ ...token, 'mcp-session-id': 'unknown' })).toBe(404);
		expect(page.heard).toEqual([]);
	});
});
