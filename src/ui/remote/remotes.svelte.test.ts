import { flushSync } from 'svelte';
import { describe, expect, test } from 'vitest';
import { err, ok } from '../../core/result';
import type { ConsoleClient } from '../../mcp/client';
import type { ListedTool } from '../../mcp/tool-listing';
import { Remotes } from './remotes.svelte';

class FakeClient {
	tools: readonly ListedTool[] = [{ name: 'hello', inputSchema: { type: 'object' } }];
	readonly server = {
		name: 'elsewhere',
		version: '1',
		instructions: null,
		capabilities: {},
		era: 'legacy',
		protocol: '2025-11-25',
	};
	closed = false;
	listener: (problem: string | null) => void = () => {};
	onTools(listener: (problem: string | null) => void) {
		this.listener = listener;
		return () => {};
	}
	async close() {
		this.closed = true;
	}
}

const asClient = (client: FakeClient) => client as unknown as ConsoleClient;
const address = 'http://127.0.0.1:9001/mcp';

describe('servers elsewhere', () => {
	test('are listed under their host, with their tools as they are now', async () => {
		const client = new FakeClient();
		const remotes = new Remotes(async () => ok(asClient(client)));
		const server = await remotes.connect(address);
		expect(server).toMatchObject({ name: '127.0.0.1:9001', title: 'elsewhere', problem: null });
		let names: readonly string[] = [];
		const stop = $effect.root(() => {
			$effect(() => {
				names = remotes.toolsOf(server!).map(({ name }) => name);
			});
		});
		flushSync();
		expect(names).toEqual(['hello']);
		client.tools = [];
		client.listener(null);
		flushSync();
		expect(names).toEqual([]);
		stop();
	});

	test('say why they are not connected, until that is put aside', async () => {
		const remotes = new Remotes(async () => err('Nothing answers.'));
		expect(await remotes.connect(address)).toBeNull();
		expect(remotes.attempt).toEqual({ status: 'failed', message: 'Nothing answers.' });
		remotes.giveUp();
		expect(remotes.attempt).toEqual({ status: 'idle' });
	});

	test('that are lost stay listed, with the reason', async () => {
		let lose: (message: string) => void = () => {};
		const remotes = new Remotes(async (_, hooks) => {
			lose = hooks.onLost;
			return ok(asClient(new FakeClient()));
		});
		await remotes.connect(address);
		lose('Gone.');
		expect(remotes.servers).toMatchObject([{ problem: 'Gone.' }]);
	});

	test('are told when they are left, also by being connected anew', async () => {
		const clients: FakeClient[] = [];
		const remotes = new Remotes(async () => {
			const client = new FakeClient();
			clients.push(client);
			return ok(asClient(client));
		});
		await remotes.connect(address);
		await remotes.connect(address);
		expect(remotes.servers).toHaveLength(1);
		expect(clients.map(({ closed }) => closed)).toEqual([true, false]);
		remotes.disconnect(remotes.servers[0]!.id);
		expect(clients.map(({ closed }) => closed)).toEqual([true, true]);
	});

	test('that answer after they were given up are left at once', async () => {
		const client = new FakeClient();
		let answer: () => void = () => {};
		const remotes = new Remotes(
			() => new Promise((resolve) => (answer = () => resolve(ok(asClient(client))))),
		);
		const connecting = remotes.connect(address);
		remotes.giveUp();
		answer();
		expect(await connecting).toBeNull();
		expect(client.closed).toBe(true);
		expect(remotes.servers).toEqual([]);
	});
});
