import { describe, expect, test } from 'vitest';
import type { PortResponse, PortRequest } from '../core/call';
import { LiveResponses } from './live-responses';

const request: PortRequest = {
	method: 'GET',
	url: 'https://a.example/b?c=d',
	headers: [['authorization', 'secret']],
	body: null,
	timeouts: { connectMs: null, firstByteMs: null, betweenBytesMs: null },
};

type Head = Extract<PortResponse, { ok: true }>;

function responseOf(...chunks: Uint8Array[]): Head {
	return {
		ok: true,
		status: 203,
		headers: [['content-type', 'text/plain']],
		read: async () => chunks.shift() ?? null,
		cancel: () => {},
	};
}

function watched(responses: LiveResponses, id: number, ...chunks: Uint8Array[]): Head {
	const response = responses.watch(id, request, responseOf(...chunks));
	if (!response.ok) throw new Error('The answer was changed.');
	return response;
}

const readAll = async (response: { read: () => Promise<Uint8Array | null> }) => {
	while ((await response.read()) !== null);
};

test('a live response that was read to its end can be kept as a route', async () => {
	const responses = new LiveResponses();
	await readAll(watched(responses, 4, Buffer.from('hel'), Buffer.from('lo')));
	expect(responses.of(4)).toEqual({
		ok: true,
		route: {
			method: 'GET',
			url: String.raw`https://a.example/b\?c=d`,
			status: 203,
			headers: [['content-type', 'text/plain']],
			body: 'hello',
		},
	});
	expect(responses.of(5)).toBeNull();
});

test('its bytes are its own, and are kept as base64 where they are no text', async () => {
	const responses = new LiveResponses();
	const chunk = Uint8Array.of(255, 1);
	const response = watched(responses, 1, chunk);
	await response.read();
	chunk.fill(0);
	await readAll(response);
	expect(responses.of(1)).toMatchObject({ route: { body: { base64: '/wE=' } } });
});

test.each([
	['given up', async (response: Head) => response.cancel()],
	['read in part', async (response: Head) => void (await response.read())],
])('a response that was %s is not whole', async (_how, use) => {
	const responses = new LiveResponses();
	await use(watched(responses, 1, Buffer.from('a'), Buffer.from('b')));
	expect(responses.of(1)).toMatchObject({ ok: false, why: expect.stringContaining('not read to the end') });
});

test('a large body is not kept, and of many the oldest are dropped', async () => {
	const responses = new LiveResponses();
	await readAll(watched(responses, 0, new Uint8Array(2 ** 20), new Uint8Array(1)));
	expect(responses.of(0)).toMatchObject({ ok: false, why: expect.stringContaining('1 MiB') });
	for (let id = 1; id <= 9; id++) {
		await readAll(watched(responses, id, new Uint8Array(2 ** 20)));
	}
	expect([1, 2, 9].map((id) => responses.of(id)?.ok ?? null)).toEqual([null, true, true]);
});

describe('what a frozen world is made from', () => {
	const meet = (responses: LiveResponses, id: number, ...chunks: Uint8Array[]) =>
		readAll(watched(responses, id, ...chunks));

	test('is every response with its chunks joined, until the session is replaced', async () => {
		const responses = new LiveResponses();
		await meet(responses, 1, Uint8Array.of(1), Uint8Array.of(2, 3));
		responses.watch(2, request, { ok: false, error: { tag: 'destination-not-found' } });
		const { method, url } = request;
		expect(responses.met).toEqual([
			{
				...{ method, url, status: 203, headers: [['content-type', 'text/plain']] },
				body: Uint8Array.of(1, 2, 3),
			},
			{ method, url, status: 0, headers: [], body: null, failure: 'destination-not-found' },
		]);
		responses.clear();
		expect(responses.met).toEqual([]);
		expect(responses.of(1)).toBeNull();
	});

	test('says of a transfer that broke that it broke', async () => {
		const responses = new LiveResponses();
		const broken = responses.watch(1, request, {
			...responseOf(),
			read: () => Promise.reject(new Error('gone')),
		}) as Head;
		await expect(broken.read()).rejects.toThrow('gone');
		expect(responses.met).toMatchObject([{ failure: 'connection-terminated' }]);
	});

	test('has no body that no scenario could carry, nor more of them than one could', async () => {
		const responses = new LiveResponses();
		const half = new Uint8Array(2 ** 19);
		await meet(responses, 0, half, half, Uint8Array.of(1));
		for (let id = 1; id <= 7; id++) await meet(responses, id, half);
		const kept = responses.met.map(({ body }) => body?.length ?? null);
		expect(kept).toEqual([null, ...Array.from({ length: 6 }, () => 2 ** 19), null]);
		expect(responses.of(7)).toMatchObject({ ok: true });
	});

	test('stays when the oldest can no longer be shown', async () => {
		const responses = new LiveResponses();
		for (let id = 1; id <= 12; id++) await meet(responses, id, new Uint8Array(2 ** 20).fill(id));
		expect([1, 4, 5, 12].map((id) => responses.of(id)?.ok ?? null)).toEqual([null, null, true, true]);
		expect(responses.met.map(({ body }) => body?.[0] ?? null)).toEqual([1, 2, 3, ...Array(9).fill(null)]);
	});

	test('is the first responses of a session, however many come', async () => {
		const responses = new LiveResponses();
		for (let id = 0; id < 300; id++) await meet(responses, id, Uint8Array.of(1));
		expect(responses.met).toHaveLength(256);
		expect(responses.of(299)).toMatchObject({ ok: true });
	});
});
