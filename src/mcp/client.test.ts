import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { describe, expect, test } from 'vitest';
import { createConsoleClient } from './client';
import { fakeTool, FakeDeck, returned } from './testing/fake-deck';
import type { Era } from './protocol-client';
import { openSession as openSessionOf } from './testing/session';

/** A tool that answers when the test says so. */
function heldTool() {
	const deck = new FakeDeck();
	const held = new Map<string, (word: string) => void>();
	const arrived: (() => void)[] = [];
	const signals: AbortSignal[] = [];
	deck.add('slow', [fakeTool('slow')], async ({ args, signal }) => {
		signals.push(signal);
		const word = await new Promise<string>((resolve) => {
			held.set(String(args['text']), resolve);
			signal.addEventListener('abort', () => resolve('stopped'));
			arrived.splice(0).forEach((tell) => tell());
		});
		return signal.aborted ? { status: 'stopped' } : returned(word);
	});
	const arrival = () => new Promise<void>((resolve) => arrived.push(resolve));
	return { deck, held, signals, arrival };
}

describe.each(['legacy', 'modern'] as const)('the console client, %s', (era: Era) => {
	const openSession = (deck?: FakeDeck, options: Parameters<typeof openSessionOf>[1] = {}) =>
		openSessionOf(deck, { ...options, era });

	test('keeps calls that run at once apart, whichever ends first', async () => {
		const { deck, held, arrival } = heldTool();
		const { client } = await openSession(deck);
		let arrived = arrival();
		const first = client.callTool('slow', { text: 'first' });
		await arrived;
		arrived = arrival();
		const second = client.callTool('slow', { text: 'second' });
		await arrived;
		held.get('second')!('two');
		held.get('first')!('one');
		const [one, two] = await Promise.all([first, second]);
		expect(one).toMatchObject({ result: { content: [{ text: 'one' }] } });
		expect(two).toMatchObject({ result: { content: [{ text: 'two' }] } });
		expect(one.rpcId).not.toBe(two.rpcId);
	});

	test('stops the guest over the wire when a call is stopped, and only that one', async () => {
		const { deck, held, signals, arrival } = heldTool();
		const { client, wire } = await openSession(deck);
		let arrived = arrival();
		const abort = new AbortController();
		const stopped = client.callTool('slow', { text: 'first' }, { signal: abort.signal });
		await arrived;
		arrived = arrival();
		const kept = client.callTool('slow', { text: 'second' });
		await arrived;
		const guestStopped = new Promise((resolve) => signals[0]!.addEventListener('abort', resolve));
		abort.abort();
		const settled = await stopped;
		await guestStopped;
		expect(settled.status).toBe('cancelled');
		expect(JSON.parse(wire.find(({ method }) => method === 'notifications/cancelled')!.text)).toMatchObject({
			params: { requestId: settled.rpcId },
		});
		expect(signals[1]!.aborted).toBe(false);
		held.get('second')!('two');
		expect(await kept).toMatchObject({ result: { content: [{ text: 'two' }] } });
	});

	test('sends nothing for a call that was stopped before it began', async () => {
		const { client, wire } = await openSession();
		const before = wire.length;
		expect(await client.callTool('x', {}, { signal: AbortSignal.abort() })).toEqual({
			status: 'cancelled',
			rpcId: null,
		});
		expect(wire).toHaveLength(before);
	});

	test('sends nothing when the signal of an ended call is aborted', async () => {
		const deck = new FakeDeck();
		deck.add('echo', [fakeTool('echo')]);
		const { client, wire } = await openSession(deck);
		const abort = new AbortController();
		await client.callTool('echo', { text: 'x' }, { signal: abort.signal });
		const before = wire.length;
		abort.abort();
		await client.refresh();
		expect(wire.slice(before).map(({ method }) => method)).not.toContain('notifications/cancelled');
	});

	test('gives up after its time and stops the guest', async () => {
		const { deck, signals } = heldTool();
		const { client } = await openSession(deck);
		const settled = await client.callTool('slow', { text: 'x' }, { timeoutMs: 1 });
		expect(settled).toMatchObject({ status: 'timeout', message: 'No answer within 0.001 s.' });
		await Promise.resolve();
		expect(signals[0]!.aborted).toBe(true);
	});

	test('names the JSON-RPC request that carried the call', async () => {
		const deck = new FakeDeck();
		deck.add('echo', [fakeTool('echo')]);
		const reports: unknown[] = [];
		const { client, wire } = await openSession(deck, {
			onReport: (id, report) => reports.push([id, report]),
		});
		const sent: unknown[] = [];
		const { rpcId } = await client.callTool('echo', { text: 'x' }, { onSent: (id) => sent.push(id) });
		expect(wire.filter((message) => message.method === 'tools/call').map((message) => message.rpcId)).toEqual(
			[rpcId, rpcId],
		);
		expect(sent).toEqual([rpcId]);
		expect(reports).toEqual([[rpcId, expect.objectContaining({ callId: 1 })]]);
	});

	test('tells how a call gets on', async () => {
		const deck = new FakeDeck();
		deck.add('echo', [fakeTool('echo')], async ({ request }) => {
			request('https://a.example/', 'allow');
			request('https://b.example/', 'deny');
			await new Promise<void>((resolve) => queueMicrotask(resolve));
			return returned('x');
		});
		const { client } = await openSession(deck);
		const progress: unknown[] = [];
		await client.callTool('echo', { text: 'x' }, { onProgress: ({ message }) => progress.push(message) });
		expect(progress).toEqual(['Running', '2 host calls, 1 denied']);
	});

	test("passes the guest's output on, joined and in order", async () => {
		const deck = new FakeDeck();
		deck.add('echo', [fakeTool('echo')], ({ output }) => {
			output('stdout', 'a');
			output('stdout', 'b\n');
			output('stderr', 'c');
			return returned('x');
		});
		const { client } = await openSession(deck);
		const logs: unknown[] = [];
		client.onLog((message) => logs.push(message));
		await client.callTool('echo', { text: 'x' });
		expect(logs).toEqual([
			{ level: 'info', logger: 'echo', data: 'ab\n' },
			{ level: 'warning', logger: 'echo', data: 'c' },
		]);
	});

	test('shows a result that breaks its schema, with the reason', async () => {
		const deck = new FakeDeck();
		deck.add('echo', [fakeTool('echo')], () => returned({ not: 'a string' }));
		const { client } = await openSession(deck);
		expect(await client.callTool('echo', { text: 'x' })).toMatchObject({
			status: 'result',
			result: { structuredContent: { result: { not: 'a string' } } },
			check: { status: 'invalid', problems: expect.arrayContaining([expect.stringMatching(/^\/result: /)]) },
		});
	});

	test('lists the tools of the oldest release', async () => {
		const deck = new FakeDeck();
		deck.engine = '0.2.0';
		deck.add('echo', [fakeTool('echo')]);
		const { client } = await openSession(deck);
		// The oldest release lists no output schema at all.
		expect(client.tools[0]!.outputSchema).toBeUndefined();
	});

	test('settles calls when the connection closes', async () => {
		const { deck, arrival } = heldTool();
		const { client } = await openSession(deck);
		const arrived = arrival();
		const call = client.callTool('slow', { text: 'x' });
		await arrived;
		const closed = new Promise<void>((resolve) => client.onClose(resolve));
		await client.close();
		await closed;
		expect(await call).toMatchObject({ status: 'failed' });
		expect(await client.callTool('slow', { text: 'x' })).toMatchObject({ status: 'failed' });
	});

	test('rejects when there is no server at the other end', async () => {
		const [near, far] = InMemoryTransport.createLinkedPair();
		await far.start();
		far.onmessage = () => void far.close();
		await expect(createConsoleClient(near, { version: '1' })).rejects.toThrow('Connection closed');
	});
});
