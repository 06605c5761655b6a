import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printJson } from '../core/json';
import type { Json } from '../core/wit/types';
import { keepWritten, writtenOf } from '../core/written-json';
import { crossInTurns, holdersOfLongStrings, longString } from './cross-in-turns';
import { crossingCopy, crossingText } from './crossing';
import { createLink } from './link';
import type { WireMessage } from './wire';
import { runs } from '../core/testing/runs';

const request = (id: number, params: object = {}): JSONRPCMessage =>
	({ jsonrpc: '2.0', id, method: 'tools/call', params }) as JSONRPCMessage;

async function openLink() {
	const wire: WireMessage[] = [];
	const clock = { now: 0 };
	const { client, server } = createLink({ now: () => clock.now, onMessage: (message) => wire.push(message) });
	const received: unknown[] = [];
	server.onmessage = (message) => void received.push(message);
	await server.start();
	await client.start();
	return { client, server, wire, clock, received };
}

describe('a link', () => {
	test('hands over a copy, so that neither end holds an object of the other', async () => {
		const { client, received } = await openLink();
		const list = [1];
		await client.send(request(1, { list }));
		list.push(2);
		await Promise.resolve();
		expect(received).toMatchObject([{ params: { list: [1] } }]);
	});

	test('loses no digit of an integer and shows it on the wire', async () => {
		const { client, wire, received } = await openLink();
		await client.send(request(1, { big: 18446744073709551615n }));
		await Promise.resolve();
		expect(received).toMatchObject([{ params: { big: 18446744073709551615n } }]);
		expect(wire[0]?.text).toContain('18446744073709551615');
	});

	test('keeps the order where a long message takes several tasks', async () => {
		const { client, received } = await openLink();
		const sent = [request(1, { text: 'x'.repeat(2 ** 21) }), request(2), request(3)].map((message) =>
			client.send(message),
		);
		await Promise.all(sent);
		await Promise.resolve();
		expect(received).toMatchObject([{ id: 1 }, { id: 2 }, { id: 3 }]);
	});

	test('gives of a long message the same text, copy and size as of a short one', async () => {
		const turns = { spent: () => true, next: () => Promise.resolve() };
		const long = fc
			.tuple(
				fc.string({ unit: 'binary', maxLength: 9 }),
				fc.constantFrom('a', '\0', '"', '\\', '\ud83d', '😀', 'é'),
			)
			.map(([start, unit]) => start + unit.repeat(longString));
		const value = fc.letrec((tie) => ({
			any: fc.oneof(
				{ depthSize: 'small' },
				long,
				fc.jsonValue(),
				fc.constantFrom(-0, 2n ** 64n, undefined),
				fc.array(tie('any'), { maxLength: 3 }),
				fc.dictionary(fc.oneof(fc.string(), fc.constant('__proto__')), tie('any'), { maxKeys: 3 }),
			),
		})).any;
		await fc.assert(
			fc.asyncProperty(fc.record({ result: value, more: long }), async (message) => {
				const text = crossingText(message);
				const got = await crossInTurns(message, holdersOfLongStrings(message), turns);
				expect(got.text === text).toBe(true);
				expect(got.size).toBe(new TextEncoder().encode(text).byteLength);
				expect(got.copy).toStrictEqual(crossingCopy(text));
			}),
			{ numRuns: runs(40) },
		);
	});

	test('carries the arguments of a call as they were written, beside what they mean', async () => {
		const { client, wire, received } = await openLink();
		const args = { value: 1, more: [100, -0, 1.5, 'a 1.0'] };
		keepWritten('{"value":1.0,"more":[1e2,-0.0,1.5,"a 1.0"]}', args);
		await client.send(request(1, { name: 'x', arguments: args }));
		await Promise.resolve();
		const text = '{"value":1.0,"more":[100.0,-0.0,1.5,"a 1.0"]}';
		const came = (received[0] as { params: { arguments: Json } }).params.arguments;
		expect(came).toEqual(args);
		expect(printJson(writtenOf(came)!)).toBe(text);
		expect(wire[0]?.text).toContain(text);
	});

	test('leaves out members that are undefined', async () => {
		const { client, wire } = await openLink();
		await client.send(request(1, { gone: undefined, there: [undefined] }));
		expect(wire[0]?.text).toBe('{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"there":[null]}}');
	});

	test('delivers in order, and what was sent before the other end started', async () => {
		const { client, server } = createLink({ now: () => 0 });
		const received: unknown[] = [];
		server.onmessage = (message) => void received.push((message as { id: number }).id);
		await client.start();
		await client.send(request(1));
		await client.send(request(2));
		await server.start();
		await client.send(request(3));
		await Promise.resolve();
		expect(received).toEqual([1, 2, 3]);
	});

	test('pairs each response with its request, by direction and id', async () => {
		const { client, server, wire, clock } = await openLink();
		await client.send(request(1));
		await server.send({ jsonrpc: '2.0', id: 1, method: 'ping' });
		clock.now = 30;
		await client.send({ jsonrpc: '2.0', id: 1, result: {} });
		clock.now = 70;
		await server.send({ jsonrpc: '2.0', id: 1, result: { isError: true } });
		expect(wire.slice(2)).toMatchObject([
			{ kind: 'response', method: 'ping', durationMs: 30, failed: false },
			{ kind: 'response', method: 'tools/call', durationMs: 70, failed: true },
		]);
	});

	test('counts the bytes of a message, not its characters', async () => {
		const { client, wire } = await openLink();
		await client.send(request(1, { word: 'é' }));
		expect(wire[0]?.size).toBe((wire[0]?.text.length ?? 0) + 1);
	});

	test('closes both ends and sends no more', async () => {
		const { client, server, received } = await openLink();
		let closed = 0;
		client.onclose = () => (closed += 1);
		server.onclose = () => (closed += 1);
		const sent = client.send(request(1));
		await client.close();
		await sent;
		expect(closed).toBe(2);
		expect(received).toEqual([]);
		await expect(server.send(request(2))).rejects.toThrow('closed');
	});
});
