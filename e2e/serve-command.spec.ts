import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { chromium, expect, test } from '@playwright/test';
import { Client as EitherClient } from '@modelcontextprotocol/client';
import { StdioClientTransport as EitherStdio } from '@modelcontextprotocol/client/stdio';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { textOf } from './fixtures/agent';
import { descendants, isThere } from './fixtures/processes';
import { startScreen } from './fixtures/screen';
import { startWitness } from './fixtures/witness';

const command = join(import.meta.dirname, '../scripts/tapedeck.mjs');

const fetchFile = join(import.meta.dirname, '../static-components/fetch/fetch.wasm');

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

test('an agent of 2026-07-28 alone is served over stdio, asked through its program, and sent to nothing on this computer that was not named', async ({
	launchOptions,
}, { outputDir }) => {
	mkdirSync(outputDir, { recursive: true });
	const witness = await startWitness();
	const policy = join(outputDir, 'policy.yaml');
	writeFileSync(
		policy,
		`version: "1.0"\npermissions:\n  network:\n    allow:\n      - {host: "127.0.0.1:${witness.port}"}\n`,
	);
	const client = new EitherClient(
		{ name: 'e2e', version: '1' },
		{
			versionNegotiation: { mode: { pin: '2026-07-28' } },
			capabilities: { elicitation: { form: {} } },
		},
	);
	let answer: 'accept' | 'decline' = 'decline';
	const asked: string[] = [];
	client.setRequestHandler('elicitation/create', ({ params }) => {
		asked.push(params.message);
		return answer === 'accept' ? { action: answer, content: {} } : { action: answer };
	});
	const transport = new EitherStdio({
		command: process.execPath,
		args: [
			...[command, 'serve', fetchFile, '--engine', 'documented', '--policy', `fetch=${policy}`],
			...['--allow-private', 'localhost'],
		],
		stderr: 'ignore',
		env: environment(launchOptions.executablePath),
	});
	await client.connect(transport);
	const before = descendants(transport.pid!);
	const call = (name: string, args: Record<string, unknown>) => client.callTool({ name, arguments: args });
	const { tools } = await client.listTools();
	const fetching = tools[0]!.name;

	// Granted, and on this computer: refused by the command all the same. The control is the name that the command line has.
	const refused = textOf((await call(fetching, { url: `${witness.origin}/private` })) as CallToolResult);
	expect(refused).not.toContain('heard');
	expect(witness.heard).toEqual([]);
	const details = { host: `localhost:${witness.port}` };
	const grant = () => call('grant-network-permission', { component_id: 'fetch', details });
	expect((await grant()).isError).toBe(true);
	answer = 'accept';
	expect((await grant()).isError).not.toBe(true);
	expect(asked).toHaveLength(2);
	await call(fetching, { url: `http://localhost:${witness.port}/named` });
	expect(witness.names()).toEqual(['named']);

	await client.close();
	await expect.poll(() => before.filter(isThere)).toEqual([]);
	await witness.close();
});

test('a person at a window grants, and refuses, what an agent asks for', async ({ launchOptions }, {
	outputDir,
}) => {
	mkdirSync(outputDir, { recursive: true });
	const screen = await startScreen(join(outputDir, 'browser'), environment(launchOptions.executablePath));
	test.skip(screen === null, 'there is no screen to be had');
	const transport = new StdioClientTransport({
		command: process.execPath,
		args: [command, 'serve', 'sample:files', '--headed'],
		stderr: 'ignore',
		env: screen!.environment,
	});
	const client = new Client({ name: 'e2e', version: '1' });
	await client.connect(transport);
	const before = descendants(transport.pid!);
	const window = await screen!.window();
	const call = async (name: string, args: Record<string, unknown>) =>
		(await client.callTool({ name, arguments: args })) as CallToolResult;
	const read = async () => textOf(await call('read-file', { path: '/home/user/.bashrc' }));
	expect(await read()).toContain('Denied');
	const details = { uri: 'fs:///home/user', access: ['read'] };
	const ask = () => call('grant-storage-permission', { component_id: 'files', details });
	const question = window.getByRole('dialog', { name: 'An agent asks for something' });
	const refused = ask();
	await question.getByRole('button', { name: 'Refuse' }).click();
	expect(textOf(await refused)).toContain('refused');
	expect(await read()).toContain('Denied');
	const granted = ask();
	await question.getByRole('button', { name: 'Allow' }).click();
	expect((await granted).isError).not.toBe(true);
	expect(await read()).toContain('EDITOR=vi');
	await client.close();
	await expect.poll(() => before.filter(isThere)).toEqual([]);
	await screen!.close();
});
