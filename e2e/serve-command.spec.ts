import { join } from 'node:path';
import { chromium, expect, test } from '@playwright/test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { descendants, isThere } from './fixtures/processes';

const command = join(import.meta.dirname, '../scripts/tapedeck.mjs');

test.skip(process.platform !== 'linux', 'it looks at processes as Linux tells of them');

/** The official client, over stdio to the command. */
async function startServe(executablePath: string | undefined, words: readonly string[]) {
	const transport = new StdioClientTransport({
		command: process.execPath,
		args: [command, 'serve', ...words],
		stderr: 'pipe',
		env: {
			...(process.env as Record<string, string>),
			TAPEDECK_CHROMIUM: executablePath ?? chromium.executablePath(),
		},
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

const textOf = ({ content }: CallToolResult) =>
	content.map((item) => (item.type === 'text' ? item.text : '')).join('\n');

test('an agent lists and calls over stdio, is told what to ask for, and leaves no browser behind', async ({
	launchOptions,
}) => {
	const { client, call, pid, errors } = await startServe(launchOptions.executablePath, [
		...['sample:files', '--env', 'TOKEN=s3cret-value'],
	]);
	const { tools } = await client.listTools();
	expect(tools.map(({ name }) => name)).toContain('list-directory');
	expect(textOf(await call('list-directory', { path: '/data' }))).toContain('notes.txt');

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

for (const signal of ['SIGTERM', 'SIGKILL'] as const)
	test(`${signal} takes the browser of what serves with it`, async ({ launchOptions }) => {
		const { client, pid } = await startServe(launchOptions.executablePath, ['sample:time']);
		const before = descendants(pid);
		expect(before.some((line) => line.includes('--type=renderer'))).toBe(true);
		process.kill(pid, signal);
		await expect.poll(() => before.filter(isThere)).toEqual([]);
		await client.close();
	});
