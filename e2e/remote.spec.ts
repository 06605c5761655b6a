import type { ServerResponse } from 'node:http';
import { expect, test as base, type Page } from '@playwright/test';
import { startMcpServer, type McpHttpServer, type RemoteTool } from './fixtures/mcp-server';
import { startWitness } from './fixtures/witness';
import { openDeck, openMessage, run, setArguments, tool } from './page';

/* A server elsewhere: a real one, over Streamable HTTP, beside the one in the page. */

const never = (signal: AbortSignal) =>
	new Promise<string>((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))));

let stopped = 0;
const tools: Record<string, RemoteTool> = {
	greet: {
		inputSchema: {
			type: 'object',
			properties: { name: { type: 'string' }, times: { type: 'integer' } },
			required: ['name'],
		},
		answer: ({ name, times }) => `Hello, ${String(name)}`.repeat(Number(times ?? 1)),
	},
	'wait-for-ever': {
		answer: async (_, { signal, say }) => {
			await say('half way');
			return never(signal).finally(() => (stopped += 1));
		},
	},
	'list-directory': { answer: () => 'nothing here' },
};

const test = base.extend<{ server: McpHttpServer }>({
	// eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from the pattern
	server: async ({}, use) => {
		const server = await startMcpServer(tools);
		await use(server);
		await server.close();
	},
});

async function askFor(page: Page, address: string) {
	await page.keyboard.press('ControlOrMeta+k');
	await page.keyboard.type('connect to an mcp server');
	await page.keyboard.press('Enter');
	await page.getByLabel(/Address of an MCP server/).fill(address);
	await page.keyboard.press('Enter');
}

async function connect(page: Page, server: McpHttpServer) {
	await openDeck(page);
	await askFor(page, server.address);
	await expect(page.getByTestId('remote')).toHaveAttribute('data-status', 'connected');
}

function admit(response: ServerResponse) {
	response.setHeader('access-control-allow-origin', '*');
	response.setHeader('access-control-allow-headers', '*');
}

const note = (page: Page) => page.getByTestId('remote-note');

test.describe('a server elsewhere', () => {
	test('is listed beside the page with its tools, and called through the same form', async ({
		page,
		server,
	}) => {
		const problems: string[] = [];
		page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
		await connect(page, server);
		// Asked first of which era it is, a server of before answers with an error.
		expect(problems.splice(0)).toEqual([expect.stringContaining('404')]);
		await expect(page.getByTestId('remote')).toContainText('MCP 2025-11-25');
		await expect(page.getByTestId('remote')).toContainText(server.host);
		await expect(page.getByTestId('remote')).toContainText('elsewhere');
		await tool(page, 'greet').click();
		await page.getByTestId('call-form').getByRole('textbox').first().fill('Ada');
		await run(page);
		await expect(page.getByTestId('result')).toHaveAttribute('data-status', 'ok');
		await expect(page.getByTestId('result')).toContainText('Hello, Ada');
		expect(problems).toEqual([]);
	});

	test('hears nothing of the user, the site or the page, and is told when it is left', async ({
		page,
		server,
		context,
	}) => {
		await context.addCookies([{ name: 'session', value: 'secret', url: `http://${server.host}` }]);
		await connect(page, server);
		await page.getByRole('button', { name: `Disconnect from ${server.host}` }).click();
		await expect(page.getByTestId('remote')).toHaveCount(0);
		await expect(tool(page, 'greet')).toHaveCount(0);
		await expect.poll(() => server.heard).toContain('DELETE');
		for (const headers of server.headers) {
			expect(headers.origin).toBe('null');
			expect(headers.cookie).toBeUndefined();
			expect(headers.referer).toBeUndefined();
		}
	});

	test('has its messages on the wire, marked as its own, to filter and to replay', async ({
		page,
		server,
	}) => {
		await connect(page, server);
		await tool(page, 'greet').click();
		await setArguments(page, { name: 'Ada' });
		await run(page);
		await page.getByRole('tab', { name: 'Messages' }).click();
		await page.getByLabel('Connection').selectOption(server.host);
		const rows = page.getByTestId('wire-row');
		await expect(rows.first()).toContainText('server/discover');
		await expect(rows.nth(1)).toContainText('initialize');
		await expect(rows.first()).toContainText(server.host);
		await openMessage(page, rows.filter({ hasText: 'request' }).filter({ hasText: 'tools/call' }));
		await page.getByRole('button', { name: 'Replay' }).click();
		await expect(rows.filter({ hasText: 'tools/call' })).toHaveCount(4);
		await expect.poll(() => server.heard.filter((what) => what === 'POST tools/call')).toHaveLength(2);
	});

	test('tells how far it is, and is told to stop', async ({ page, server }) => {
		stopped = 0;
		await connect(page, server);
		await tool(page, 'wait-for-ever').click();
		await page.getByTestId('run').click();
		await expect(page.getByTestId('progress')).toContainText('half way');
		await page.getByTestId('stop').click();
		await expect(page.getByTestId('result')).toContainText('Stopped');
		await expect.poll(() => stopped).toBe(1);
		expect(server.heard).toContain('POST notifications/cancelled');
	});

	test('that dies in the middle of a call ends it in an error, and can be connected again', async ({
		page,
		server,
	}) => {
		await connect(page, server);
		await tool(page, 'wait-for-ever').click();
		await page.getByTestId('run').click();
		await expect(page.getByTestId('progress')).toContainText('half way');
		await server.close();
		await expect(page.getByTestId('result')).toHaveAttribute('data-status', 'error');
		await expect(page.getByTestId('result')).toContainText('broke off before it answered');
		await run(page);
		await expect(page.getByTestId('result')).toContainText('Nothing answers at');
		await expect(page.getByTestId('remote')).toHaveAttribute('data-status', 'lost');
		const again = await startMcpServer(tools, { port: Number(server.host.split(':')[1]) });
		try {
			await page.getByRole('button', { name: 'Connect again' }).click();
			await expect(page.getByTestId('remote')).toHaveAttribute('data-status', 'connected');
			await tool(page, 'greet').click();
			await setArguments(page, { name: 'again' });
			await run(page);
			await expect(page.getByTestId('result')).toContainText('Hello, again');
		} finally {
			await again.close();
		}
	});

	test('runs the same steps beside the page, and what differs is marked', async ({ page, server }) => {
		await openDeck(page);
		await run(page);
		await page.getByTestId('save-call').click();
		await askFor(page, server.address);
		await expect(page.getByTestId('remote')).toHaveAttribute('data-status', 'connected');
		await page.getByRole('tab', { name: /^Steps/ }).click();
		await page.getByTestId('run-steps').click();
		const step = page.getByTestId('step');
		await expect(step).toContainText('this page: passed');
		await expect(step).toContainText(`${server.host}: failed`);
		await expect(step).toContainText('servers differ');
		await expect(page.getByTestId('step-apart')).toContainText(`${server.host} has`);
	});
});

test.describe('a server that cannot be connected to', () => {
	test('because it does not admit web pages is told in those words', async ({ page }) => {
		const server = await startMcpServer(tools, { cors: false });
		try {
			await openDeck(page);
			await askFor(page, server.address);
			await expect(note(page)).toContainText('is there, but does not admit this page (CORS)');
			await expect(note(page)).toContainText('Access-Control-Allow-Origin: *');
			await page.keyboard.press('Escape');
			await expect(note(page)).toHaveCount(0);
		} finally {
			await server.close();
		}
	});

	test('because it is not there, or is no MCP server, is told in other words', async ({ page }) => {
		const witness = await startWitness((request, response) => {
			admit(response);
			response.writeHead(request.method === 'OPTIONS' ? 204 : 404).end();
		});
		await openDeck(page);
		await askFor(page, `${witness.origin}/nothing`);
		await expect(note(page)).toContainText('is not an MCP endpoint (404)');
		await witness.close();
		await page.getByRole('button', { name: 'Connect', exact: true }).click();
		await expect(note(page)).toContainText(`Nothing answers at ${witness.origin}`);
		await page.getByLabel(/Address of an MCP server/).fill('ws://a.example');
		await page.keyboard.press('Enter');
		await expect(note(page)).toContainText('not an http or https address');
	});
});

test('a line to a server reaches no other, by a redirect either', async ({ page }) => {
	const other = await startWitness();
	const server = await startWitness((request, response) => {
		admit(response);
		if (request.method === 'OPTIONS') response.writeHead(204).end();
		else response.writeHead(307, { location: `${other.origin}/hop` }).end();
	});
	try {
		await openDeck(page);
		await askFor(page, `${server.origin}/mcp`);
		await expect(note(page)).toHaveAttribute('data-status', 'failed');
		expect(server.heard.map(({ what }) => what)).toContain('POST /mcp');
		await fetch(`${other.origin}/end`);
		expect(other.names()).toEqual(['end']);
	} finally {
		await server.close();
		await other.close();
	}
});
