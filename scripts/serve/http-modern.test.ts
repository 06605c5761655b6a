import { request } from 'node:http';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fakeTool, FakeDeck, returned } from '../../src/mcp/testing/fake-deck';
import { OpenQuestions } from '../../src/mcp/agent/open-questions';
import { listen } from './http.mjs';
import { fakePage } from './testing/fake-page';

let deck: FakeDeck;
let page: ReturnType<typeof fakePage>;
let server: Awaited<ReturnType<typeof listen>>;
let now = 0;
/** Signals of calls that wait until they are taken back. */
let waiting: AbortSignal[];
const start = async (era: 'legacy' | 'modern' | null = null) => {
	page = fakePage(deck, (connection, text) => server.send(connection, text), {
		questions: new OpenQuestions(() => now),
	});
	server = await listen({ port: 0, page, era });
};
beforeEach(async () => {
	now = 0;
	waiting = [];
	deck = new FakeDeck();
	deck.add('echo', [fakeTool('echo')], ({ output }) => {
		output('stdout', 'printed');
		return returned('fine');
	});
	deck.add('wait', [fakeTool('wait')], async ({ signal }) => {
		waiting.push(signal);
		await new Promise((resolve) => signal.addEventListener('abort', resolve));
		return { status: 'stopped' };
	});
	await start();
});
afterEach(() => server.close());

async function connected(
	mode: 'auto' | { pin: string } = { pin: '2026-07-28' },
	answer?: 'accept' | 'decline',
) {
	const client = new Client(
		{ name: 'test', version: '1' },
		{ versionNegotiation: { mode }, capabilities: answer ? { elicitation: { form: {} } } : {} },
	);
	const asked: string[] = [];
	if (answer)
		client.setRequestHandler('elicitation/create', ({ params }) => {
			asked.push(params.message);
			return { action: answer, ...(answer === 'accept' && { content: {} }) };
		});
	await client.connect(
		new StreamableHTTPClientTransport(new URL(server.address), {
			requestInit: { headers: { authorization: `Bearer ${server.token}` } },
		}),
	);
	return { client, asked };
}

const meta = {
	'io.modelcontextprotocol/protocolVersion': '2026-07-28',
	'io.modelcontextprotocol/clientCapabilities': { elicitation: {} },
};
const grant = {
	name: 'grant-network-permission',
	arguments: { component_id: 'echo', details: { host: 'a.test' } },
};

/** One request as a program without a library might send it. */
const post = (body: unknown, headers: Record<string, string> = {}) =>
	fetch(server.address, {
		method: 'POST',
		headers: {
			...{ authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
			...{ accept: 'application/json, text/event-stream', 'mcp-protocol-version': '2026-07-28' },
			...headers,
		},
		body: typeof body === 'string' ? body : JSON.stringify(body),
	});
const call = (params: object, headers: Record<string, string> = {}) =>
	post(
		{ jsonrpc: '2.0', id: 7, method: 'tools/call', params: { ...params, _meta: meta } },
		{ 'mcp-method': 'tools/call', 'mcp-name': (params as { name: string }).name, ...headers },
	);

describe('agents over HTTP that speak 2026-07-28 alone', () => {
	test('list, call, are told what is printed and what changes, and leave nothing', async () => {
		const { client } = await connected();
		expect(client.getNegotiatedProtocolVersion()).toBe('2026-07-28');
		expect((await client.listTools()).tools.map(({ name }) => name)).toContain('echo');
		const told: unknown[] = [];
		client.setNotificationHandler('notifications/message', ({ params }) => void told.push(params.data));
		const progress: (string | undefined)[] = [];
		const result = await client.callTool(
			{ name: 'echo', arguments: { text: 'x' }, _meta: { 'io.modelcontextprotocol/logLevel': 'info' } },
			{ onprogress: ({ message }) => void progress.push(message) },
		);
		expect(result.content).toEqual([{ type: 'text', text: 'fine' }]);
		expect([progress, told]).toEqual([['Running'], ['printed']]);
		// Who did not ask to be told is not.
		await client.callTool({ name: 'echo', arguments: { text: 'x' } });
		expect(told).toHaveLength(1);

		const changed = new Promise<void>((resolve) =>
			client.setNotificationHandler('notifications/tools/list_changed', () => resolve()),
		);
		await client.listen({ toolsListChanged: true });
		deck.add('more', [fakeTool('more')]);
		await changed;
		await client.close();
		await expect.poll(() => page.agents.size).toBe(0);
	});

	test.each(['accept', 'decline'] as const)(
		'ask a person through their program, who says %s',
		async (answer) => {
			const { client, asked } = await connected('auto', answer);
			const result = await client.callTool(grant);
			expect(asked).toEqual(['Let the component echo send requests to a.test. Allow it?']);
			expect(result.isError === true).toBe(answer === 'decline');
			expect((deck.components[0]!.policy ?? '').includes('a.test')).toBe(answer === 'accept');
			await client.close();
		},
	);

	test('take a call back by leaving', async () => {
		const { client } = await connected();
		const abort = new AbortController();
		const taken = client.callTool({ name: 'wait', arguments: { text: 'x' } }, { signal: abort.signal });
		await expect.poll(() => waiting.length).toBe(1);
		abort.abort();
		await expect(taken).rejects.toThrow();
		await expect.poll(() => waiting[0]!.aborted).toBe(true);
		await client.close();
	});
});

describe('a request of 2026-07-28', () => {
	test('gets the very text that the page wrote, and sends its own', async () => {
		const params = { name: 'echo', arguments: { text: 'x' }, _meta: meta };
		const body = JSON.stringify({ jsonrpc: '2.0', id: 7, method: 'tools/call', params }).replace(
			'"x"',
			'12345678901234567890',
		);
		const answer = await post(body, { 'mcp-method': 'tools/call', 'mcp-name': 'echo' });
		await answer.text();
		expect(page.heard).toEqual([body]);
	});

	test('cannot answer for a person what was not asked, was asked about another request, was answered before, or long ago', async () => {
		const yes = { consent: { action: 'accept', content: {} } };
		const ask = async () => {
			const asked = (await (await call(grant)).json()) as {
				result: { resultType: string; requestState: string };
			};
			expect(asked.result.resultType).toBe('input_required');
			return asked.result.requestState;
		};
		const granted = () => (deck.components[0]!.policy ?? '').includes('test');
		const again = async (params: object) =>
			((await (await call(params)).json()) as { result: { resultType: string } }).result.resultType;

		expect(await again({ ...grant, inputResponses: yes })).toBe('input_required');
		expect(await again({ ...grant, inputResponses: yes, requestState: 'made-up' })).toBe('input_required');
		const other = { ...grant, arguments: { component_id: 'echo', details: { host: 'b.test' } } };
		expect(await again({ ...other, inputResponses: yes, requestState: await ask() })).toBe('input_required');
		const late = await ask();
		now = 600_001;
		expect(await again({ ...grant, inputResponses: yes, requestState: late })).toBe('input_required');
		expect(await again({ ...grant, requestState: await ask() })).toBe('input_required');
		expect(await again({ ...grant, inputResponses: { consent: 'yes' }, requestState: await ask() })).toBe(
			'input_required',
		);
		expect(granted()).toBe(false);
		// The control: asked, answered once, and in time.
		const state = await ask();
		expect(await again({ ...grant, inputResponses: yes, requestState: state })).toBe('complete');
		expect(granted()).toBe(true);
		deck.setPolicy('echo', 'version: "1.0"\npermissions: {}\n');
		expect(await again({ ...grant, inputResponses: yes, requestState: state })).toBe('input_required');
		expect(granted()).toBe(false);
	});

	test.each([
		['names another method', { 'mcp-method': 'tools/list' }, 400, -32020],
		['names another tool', { 'mcp-name': 'other' }, 400, -32020],
		['names another version', { 'mcp-protocol-version': '2025-11-25' }, 400, -32020],
	])('is refused where a header %s', async (_, headers, status, code) => {
		const answer = await call({ name: 'echo', arguments: {} }, headers);
		expect(answer.status).toBe(status);
		expect(await answer.json()).toMatchObject({ id: 7, error: { code } });
		expect(page.heard).toEqual([]);
	});

	test('is refused by name where it cannot be read, or of a version that nobody speaks', async () => {
		expect((await post('{')).status).toBe(400);
		const listing = { 'mcp-method': 'tools/list' };
		const wrong = (_meta: object) =>
			post({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: { _meta } }, listing);
		const strange = { ...meta, 'io.modelcontextprotocol/protocolVersion': '2031-01-01' };
		const answer = await post(
			{ jsonrpc: '2.0', id: 1, method: 'tools/list', params: { _meta: strange } },
			{ ...listing, 'mcp-protocol-version': '2031-01-01' },
		);
		expect([answer.status, await answer.json()]).toMatchObject([400, { error: { code: -32022 } }]);
		const halved = await wrong({ 'io.modelcontextprotocol/protocolVersion': '2026-07-28' });
		expect([halved.status, await halved.json()]).toMatchObject([400, { error: { code: -32602 } }]);
		const unknown = await post(
			{ jsonrpc: '2.0', id: 1, method: 'no/such', params: { _meta: meta } },
			{ 'mcp-method': 'no/such' },
		);
		expect([unknown.status, await unknown.json()]).toMatchObject([404, { error: { code: -32601 } }]);
		await expect.poll(() => page.agents.size).toBe(0);
	});

	test('is not served without the token', async () => {
		const answer = await call({ name: 'echo', arguments: {} }, { authorization: 'Bearer x' });
		expect(answer.status).toBe(401);
		expect(page.heard).toEqual([]);
	});

	test('that is given up before it is answered ends its connection', async () => {
		const left = new Promise<void>((resolve) => {
			const sent = request(server.address, {
				method: 'POST',
				headers: {
					...{ authorization: `Bearer ${server.token}`, 'mcp-method': 'tools/call', 'mcp-name': 'wait' },
					...{ 'content-type': 'application/json', 'mcp-protocol-version': '2026-07-28' },
				},
			});
			sent.on('error', () => resolve());
			const params = { name: 'wait', arguments: { text: 'x' }, _meta: meta };
			sent.end(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }));
			void expect
				.poll(() => waiting.length)
				.toBe(1)
				.then(() => sent.destroy());
		});
		await left;
		await expect.poll(() => [waiting[0]!.aborted, page.agents.size]).toEqual([true, 0]);
	});
});

describe('a server that is held to one era', () => {
	test('sends those of the other away in words that they know', async () => {
		await server.close();
		await start('modern');
		const greeting = {
			protocolVersion: '2025-11-25',
			capabilities: {},
			clientInfo: { name: 'a', version: '1' },
		};
		const answer = await post(
			{ jsonrpc: '2.0', id: 1, method: 'initialize', params: greeting },
			{
				'mcp-protocol-version': '2025-11-25',
			},
		);
		expect([answer.status, await answer.json()]).toMatchObject([
			400,
			{ id: 1, error: { code: -32022, data: { supported: ['2026-07-28'] } } },
		]);
		await server.close();
		await start('legacy');
		const { client } = await connected('auto');
		expect(client.getNegotiatedProtocolVersion()).toBe('2025-11-25');
		await client.close();
	});
});
