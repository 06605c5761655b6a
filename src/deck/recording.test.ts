import { describe, expect, test } from 'vitest';
import type { CallOutcome, IncomingResponse, OutgoingRequest } from '../core/call';
import { compile } from '../core/policy';
import { viewOf } from '../core/world-view';
import { emptyWorld } from '../core/world';
import { Recorder, savedCallsOf } from './recording';

const returned: CallOutcome = { status: 'returned', json: null, isErr: false };
const call = (callId: number) => ({ callId, tool: 'read', arguments: { n: callId } });
const grants = compile(null, '0.8.1', viewOf(emptyWorld));
const request: OutgoingRequest = {
	...{ method: 'GET', url: 'https://a.example/', headers: [], body: null },
	timeouts: { connectMs: null, firstByteMs: null, betweenBytesMs: null },
};

/** Lets the recorder see one response whose body comes in these chunks, read to its end. */
async function meet(recorder: Recorder, chunks: readonly (Uint8Array | Error)[]): Promise<void> {
	const rest = [...chunks];
	const answer: IncomingResponse = {
		...{ ok: true, status: 200, headers: [] },
		read: async () => {
			const chunk = rest.shift();
			if (chunk instanceof Error) throw chunk;
			return chunk ?? null;
		},
		cancel: () => {},
	};
	if (!grants.ok) throw new Error('The policy does not compile.');
	const response = await recorder.retaining(async () => answer)(request, grants.value);
	if (!response.ok) throw new Error('The recorder changed the answer.');
	try {
		while (await response.read());
	} catch {
		// The recorder passes on what broke.
	}
}

describe('a recording', () => {
	test('keeps calls with how they ended, and the files before the first', () => {
		const recorder = new Recorder();
		recorder.begin(call(1), emptyWorld.files, 5)(returned);
		recorder.begin(call(2), new Map(), 6)({ ...returned, isErr: true });
		recorder.begin(call(3), new Map(), 7)({ status: 'trapped', message: 'x' });
		recorder.begin(call(4), new Map(), 8)('refused');
		const { calls, files, startedAt } = recorder.recording;
		expect(calls.map(({ outcome }) => outcome)).toEqual(['result', 'err', 'error', 'error']);
		expect(files).toBe(emptyWorld.files);
		expect(startedAt).toBe(5);
	});

	test('leaves out a call that was stopped, and one that began before a change', () => {
		const recorder = new Recorder();
		recorder.begin(call(1), emptyWorld.files, 5)({ status: 'stopped' });
		const end = recorder.begin(call(2), emptyWorld.files, 5);
		recorder.restart();
		end(returned);
		expect(recorder.recording).toMatchObject({ calls: [], files: null, startedAt: null });
	});

	test('keeps what the live network answered, chunks joined, over changes of the policy', async () => {
		const recorder = new Recorder();
		await meet(recorder, [Uint8Array.of(1), Uint8Array.of(2, 3)]);
		recorder.restart();
		expect(recorder.recording.met).toEqual([
			{ method: 'GET', url: 'https://a.example/', status: 200, headers: [], body: Uint8Array.of(1, 2, 3) },
		]);
		recorder.clear();
		expect(recorder.recording.met).toEqual([]);
	});

	test('says of a transfer that broke that it broke', async () => {
		const recorder = new Recorder();
		await meet(recorder, [Uint8Array.of(1), new Error('gone')]);
		expect(recorder.recording.met).toMatchObject([{ failure: 'connection-terminated' }]);
	});

	test('does not keep a body that no scenario could carry, nor more of them than one could', async () => {
		const recorder = new Recorder();
		const half = new Uint8Array(2 ** 19);
		await meet(recorder, [half, half, Uint8Array.of(1)]);
		for (let index = 0; index < 7; index++) await meet(recorder, [half]);
		const kept = recorder.recording.met.map(({ body }) => body?.length ?? null);
		expect(kept).toEqual([null, ...Array.from({ length: 6 }, () => 2 ** 19), null]);
	});

	test('becomes saved calls that are expected to go as they went', () => {
		const calls = [{ ...call(1), outcome: 'result' as const }];
		expect(savedCallsOf(calls, [])).toEqual([
			{ tool: 'read', arguments: { n: 1 }, expect: { outcome: 'result', activity: [] } },
		]);
	});
});
