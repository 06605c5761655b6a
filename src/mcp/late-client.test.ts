import { describe, expect, test, vi } from 'vitest';
import type { ConsoleClient } from './client';
import { createLateClient } from './late-client';

const tool = { name: 'greet', inputSchema: {} };

function fakeClient(name = 'tapedeck') {
	let tell: (problem: string | null) => void = () => {};
	const close = vi.fn(async () => {});
	const client: ConsoleClient = {
		server: {
			name,
			version: '1',
			instructions: null,
			capabilities: {},
			era: 'legacy',
			protocol: '',
		},
		tools: [tool],
		onTools: (listener) => ((tell = listener), () => {}),
		onLog: (listener) => (listener({ level: 'info', data: 'said' }), () => {}),
		onClose: () => () => {},
		refresh: async () => [tool],
		callTool: async () => ({ status: 'timeout', message: 'fake', rpcId: 7 }),
		close,
	};
	return { client, close, change: () => tell(null) };
}

describe('a client before it is connected', () => {
	test('has no tools, and tells when it has some', async () => {
		const { client, change } = fakeClient();
		let resolve!: (client: ConsoleClient) => void;
		const connecting = new Promise<ConsoleClient>((settle) => (resolve = settle));
		const late = createLateClient(connecting);
		const told = vi.fn();
		late.onTools(told);
		expect(late.tools).toEqual([]);
		expect(late.server.name).toBe('');
		resolve(client);
		await late.refresh();
		expect(told.mock.calls).toEqual([[null]]);
		expect(late.tools).toEqual([tool]);
		expect(late.server.name).toBe('tapedeck');
		change();
		expect(told).toHaveBeenCalledTimes(2);
	});

	test('lets calls and listeners wait for the connection', async () => {
		let resolve!: (client: ConsoleClient) => void;
		const connecting = new Promise<ConsoleClient>((settle) => (resolve = settle));
		const late = createLateClient(connecting);
		const logged = vi.fn();
		const unwanted = vi.fn();
		late.onLog(logged);
		late.onLog(unwanted)();
		const call = late.callTool('greet', {});
		resolve(fakeClient().client);
		expect(await call).toMatchObject({ status: 'timeout', rpcId: 7 });
		expect(logged).toHaveBeenCalledOnce();
		expect(unwanted).not.toHaveBeenCalled();
	});

	test('goes on with another, and lets what was begun with the first end', async () => {
		let end!: () => void;
		const first = fakeClient('first');
		const running = new Promise<void>((resolve) => (end = resolve));
		first.client.callTool = async () => (await running, { status: 'cancelled', rpcId: 1 });
		const late = createLateClient(Promise.resolve(first.client));
		const told = vi.fn();
		late.onTools(told);
		const call = late.callTool('greet', {});
		await late.refresh();
		const second = fakeClient('second');
		late.replaceBy(second.client);
		expect([late.server.name, told.mock.calls.length, first.close.mock.calls.length]).toEqual([
			'second',
			2,
			0,
		]);
		first.change();
		expect(told).toHaveBeenCalledTimes(2);
		second.change();
		expect(told).toHaveBeenCalledTimes(3);
		end();
		expect(await call).toMatchObject({ status: 'cancelled' });
		await expect.poll(() => first.close.mock.calls.length).toBe(1);
	});

	test('fails calls with what the connection failed with', async () => {
		const late = createLateClient(Promise.reject(new Error('no network')));
		const told = vi.fn();
		late.onTools(told);
		expect(await late.callTool('greet', {})).toMatchObject({
			status: 'failed',
			message: 'The console could not be started: no network',
		});
		expect(told).toHaveBeenCalledWith('The console could not be started: no network');
	});
});
