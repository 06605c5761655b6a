import { expect, test } from 'vitest';
import type { IncomingResponse, OutgoingRequest } from '../core/call';
import { SeenResponses } from './seen-responses';

const request: OutgoingRequest = {
	method: 'GET',
	url: 'https://a.example/b?c=d',
	headers: [['authorization', 'secret']],
	body: null,
	timeouts: { connectMs: null, firstByteMs: null, betweenBytesMs: null },
};

function responseOf(...chunks: Uint8Array[]): Extract<IncomingResponse, { ok: true }> {
	return {
		ok: true,
		status: 203,
		headers: [['content-type', 'text/plain']],
		read: async () => chunks.shift() ?? null,
		cancel: () => {},
	};
}

const readAll = async (response: { read: () => Promise<Uint8Array | null> }) => {
	while ((await response.read()) !== null);
};

test('a live response that was read to its end can be kept as a route', async () => {
	const recordings = new SeenResponses();
	await readAll(recordings.watch(4, request, responseOf(Buffer.from('hel'), Buffer.from('lo'))));
	expect(recordings.of(4)).toEqual({
		ok: true,
		route: {
			method: 'GET',
			url: String.raw`https://a.example/b\?c=d`,
			status: 203,
			headers: [['content-type', 'text/plain']],
			body: 'hello',
		},
	});
	expect(recordings.of(5)).toBeNull();
});

test('its bytes are its own, and are kept as base64 where they are no text', async () => {
	const recordings = new SeenResponses();
	const chunk = Uint8Array.of(255, 1);
	const response = recordings.watch(1, request, responseOf(chunk));
	await response.read();
	chunk.fill(0);
	await readAll(response);
	expect(recordings.of(1)).toMatchObject({ route: { body: { base64: '/wE=' } } });
});

test.each([
	['given up', async (response: ReturnType<SeenResponses['watch']>) => response.cancel()],
	['read in part', async (response: ReturnType<SeenResponses['watch']>) => void (await response.read())],
])('a response that was %s is not whole', async (_how, use) => {
	const recordings = new SeenResponses();
	await use(recordings.watch(1, request, responseOf(Buffer.from('a'), Buffer.from('b'))));
	expect(recordings.of(1)).toMatchObject({ ok: false, why: expect.stringContaining('not read to the end') });
});

test('a large body is not kept, and of many the oldest are dropped', async () => {
	const recordings = new SeenResponses();
	await readAll(recordings.watch(0, request, responseOf(new Uint8Array(2 ** 20), new Uint8Array(1))));
	expect(recordings.of(0)).toMatchObject({ ok: false, why: expect.stringContaining('1 MiB') });
	for (let id = 1; id <= 9; id++) {
		await readAll(recordings.watch(id, request, responseOf(new Uint8Array(2 ** 20))));
	}
	expect([1, 2, 9].map((id) => recordings.of(id)?.ok ?? null)).toEqual([null, true, true]);
});
