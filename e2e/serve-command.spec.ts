import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { chromium, expect, test } from '@playwright/test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { textOf } from './fixtures/agent';
import { descendants, isThere } from './fixtures/processes';

const command = join(import.meta.dirname, '../scripts/tapedeck.mjs');

test.skip(process.platform !== 'linux', 'it looks at processes as Linux tells of them');

const environment = (executablePath: string | undefined) => ({
	...(process.env as Record<string, string>),
	TAPEDECK_CHROMIUM: executablePath ?? chromium.executablePath(),
});

/** The official client, over stdio to the command. */
async function startServe(executablePath: string | undefined, words: readonly string[]) {
	const transport = new StdioClientTransport({
		command: process.execPath,
		args: [command, 'serve', ...words],
		stderr: 'pipe',
		env: environment(executablePath),
	});
	let errors = '';
	transport.stderr?.on('data', (chunk) => (errors += String(chunk)));
	const client = new Client({ name: 'e2e', version: '1' });
	await client.connect(transport);
	return {
		client,
		pid: transport.pid!,
		errors: () => errors,
		call: async (name: string, args: Record<string, unknown>) =>
			(await client.callTool({ name, arguments: args })) as CallToolResult,
	};
}

test('an agent lists and calls over stdio, is told what to ask for, and leaves no browser behind', async ({
	launchOptions,
}, { outputDir }) => {
	mkdirSync(join(outputDir, 'lent', 'out'), { recursive: true });
	writeFileSync(join(outputDir, 'lent', 'a.txt'), 'from the host');
	const policy = join(outputDir, 'policy.yaml');
	writeFileSync(
		policy,
		'version: "1.0"\npermissions:\n  storage:\n    allow:\n      - {uri: "fs:///data", access: [read]}\n      - {uri: "fs:///data/out", access: [read, write]}\n',
	);
	const { client, call, pid, errors } = await startServe(launchOptions.executablePath, [
		...['sample:files', '--env', 'TOKEN=s3cret-value', '--policy', `files=${policy}`],
		...['--dir', `${join(outputDir, 'lent')}=/data`],
	]);
	const { tools } = await client.listTools();
	expect(tools.map(({ name }) => name)).toContain('list-directory');
	expect(textOf(await call('read-file', { path: '/data/a.txt' }))).toContain('from the host');
	writeFileSync(join(outputDir, 'lent', 'b.txt'), 'later');
	expect(textOf(await call('read-file', { path: '/data/b.txt' }))).toContain('later');
	// Written back where the policy lets it, and nowhere else.
	await call('write-file', { path: '/data/out/made.txt', content: 'by a component' });
	expect(readFileSync(join(outputDir, 'lent', 'out', 'made.txt'), 'utf8')).toBe('by a component');
	expect(textOf(await call('write-file', { path: '/data/a.txt', content: 'overwritten' }))).toContain(
		'Denied to write',
	);
	expect(readFileSync(join(outputDir, 'lent', 'a.txt'), 'utf8')).toBe('from the host');

	const denied = textOf(await call('read-file', { path: '/home/user/.bashrc' }));
	expect(denied).toContain('Denied to read /home/user/.bashrc: no rule of the policy grants it.');
	const details = { uri: 'fs:///home/user', access: ['read'] };
	const grant = await call('grant-storage-permission', { component_id: 'files', details });
	expect(grant.isError).toBe(true);
	expect(textOf(grant)).toContain('--headed');
	expect(textOf(await call('read-file', { path: '/home/user/.bashrc' }))).toContain('Denied');

	const before = descendants(pid);
	expect(before.length).toBeGreaterThan(0);
	expect(errors() + before.filter((line) => !line.startsWith(`${pid} `)).join('\n')).not.toContain(
		's3cret-value',
	);
	await client.close();
	await expect.poll(() => before.filter(isThere)).toEqual([]);
});

test('what serves goes with its browser, and its browser with it', async ({ launchOptions }) => {
	const { client, pid } = await startServe(launchOptions.executablePath, ['sample:time']);
	const before = descendants(pid);
	expect(before.some((line) => line.includes('--type=renderer'))).toBe(true);
	process.kill(pid, 'SIGKILL');
	await expect.poll(() => before.filter(isThere)).toEqual([]);
	await client.close();

	const other = await startServe(launchOptions.executablePath, ['sample:time']);
	const closed = new Promise<void>((resolve) => (other.client.onclose = resolve));
	// Some systems start it by a script, which is not it.
	const browsers = descendants(other.pid).filter((line) => !/--type=|\d \/bin\/sh/.test(line));
	for (const line of browsers) process.kill(Number(line.split(' ')[0]), 'SIGKILL');
	await closed;
	expect(other.errors()).toMatch(/The (browser is gone|page was closed)\./);
});

test('agents are served over HTTP with a token that stands in one file, until a signal', async ({
	launchOptions,
}, { outputDir }) => {
	mkdirSync(outputDir, { recursive: true });
	const tokenFile = join(outputDir, 'token');
	const child = spawn(
		process.execPath,
		[command, 'serve', 'sample:time', '--http', '--token-file', tokenFile],
		{ env: environment(launchOptions.executablePath) },
	);
	let errors = '';
	child.stderr.on('data', (chunk) => (errors += String(chunk)));
	await expect.poll(() => errors).toContain('Listening at');
	const token = readFileSync(tokenFile, 'utf8').trim();
	expect(statSync(tokenFile).mode & 0o777).toBe(0o600);
	expect(errors).not.toContain(token);
	const client = new Client({ name: 'e2e', version: '1' });
	await client.connect(
		new StreamableHTTPClientTransport(new URL(/http:\S+/.exec(errors)![0]), {
			requestInit: { headers: { authorization: `Bearer ${token}` } },
		}),
	);
	const { tools } = await client.listTools();
	const result = (await client.callTool({ name: tools[0]!.name, arguments: {} })) as CallToolResult;
	expect(result.isError).not.toBe(true);
	const before = descendants(child.pid!);
	const ended = new Promise((resolve) => child.once('exit', resolve));
	child.kill('SIGTERM');
	expect(await ended).toBe(143);
	await expect.poll(() => before.filter(isThere)).toEqual([]);
	await client.close();
});
