import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { expect, test } from 'vitest';
import { createMcpServer } from './server';
import { fakeTool, FakeDeck, returned, type Behaviour } from './testing/fake-deck';

/* The suite's own client speaks to the page's server through the thinnest of bridges: the SDK's HTTP transport, one server a session. */

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

const tools: Record<string, Behaviour> = {
	test_simple_text: () => returned('This is a simple text response for testing.'),
	test_error_handling: () => ({ status: 'trapped', message: 'This tool intentionally returns an error' }),
	test_tool_with_logging: async ({ output }) => {
		for (const line of ['started', 'processing', 'completed']) {
			output('stdout', `${line}\n`);
			await turn();
		}
		return returned('done');
	},
	test_tool_with_progress: async ({ request }) => {
		for (const path of ['a', 'b', 'c']) {
			request(`https://a.example/${path}`, 'allow');
			await turn();
		}
		return returned('done');
	},
};

async function bridge() {
	const sessions = new Map<string, StreamableHTTPServerTransport>();
	const deck = new FakeDeck();
	// A release declares tools alone.
	deck.engine = 'documented';
	for (const [name, behaviour] of Object.entries(tools)) deck.add(name, [fakeTool(name)], behaviour);

	const open = async () => {
		const transport = new StreamableHTTPServerTransport({
			sessionIdGenerator: randomUUID,
			onsessioninitialized: (id) => void sessions.set(id, transport),
		});
		const server = createMcpServer(deck, {
			version: '1.2.3',
			loadFrom: async () => ({ ok: false, error: 'nothing to load' }),
			registry: [],
			wallNow: () => 0,
			later: (run) => {
				queueMicrotask(run);
				return () => {};
			},
		});
		await server.connect(transport);
		return transport;
	};
	const answer = async (request: IncomingMessage, response: ServerResponse) =>
		(sessions.get(String(request.headers['mcp-session-id'])) ?? (await open())).handleRequest(
			request,
			response,
		);
	const server = createServer((request, response) => void answer(request, response));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`,
		close: () => {
			server.close();
			server.closeAllConnections();
		},
	};
}

const suite = dirname(
	createRequire(import.meta.url).resolve('@modelcontextprotocol/conformance/package.json'),
);

const runSuite = (address: string) =>
	new Promise<{ code: number | null; output: string }>((resolve, reject) => {
		const baseline = join(import.meta.dirname, 'testing/conformance-baseline.yml');
		const child = spawn(
			process.execPath,
			[
				join(suite, 'dist/index.js'),
				'server',
				'--url',
				address,
				'--suite',
				'active',
				'--expected-failures',
				baseline,
			],
			{ stdio: ['ignore', 'pipe', 'pipe'] },
		);
		let output = '';
		child.stdout.on('data', (chunk) => (output += chunk));
		child.stderr.on('data', (chunk) => (output += chunk));
		child.on('error', reject);
		child.on('close', (code) => resolve({ code, output }));
	});

test('the server passes the scenarios of the MCP conformance suite that apply to it', async () => {
	const { address, close } = await bridge();
	try {
		const { code, output } = await runSuite(address);
		expect(output).toMatch(/✓ ping: [1-9]/);
		expect(output).toMatch(/✓ tools-call-simple-text: [1-9]/);
		expect(code, output).toBe(0);
	} finally {
		close();
	}
}, 60_000);
