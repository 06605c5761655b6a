import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { HostCall } from '../core/activity';
import { defaultLimits, type CallSetup, type PortResponse } from '../core/call';
import type { Program } from '../component/program';
import type { Frame } from './frame';
import {
	control,
	type BatchItem,
	type PageCalls,
	type PageNews,
	type RunnerCalls,
	type RunReport,
} from './protocol';
import { BatchWriter } from './runner/batch-writer';
import { connect, createAssembler } from './rpc';
import { runCall } from './run-call';
import { encode } from './wire';

const program: Program = {
	source: 'code',
	modules: [['m.wasm', new Uint8Array([1])]],
	imports: [],
	mode: 'jspi',
};

const setup = (limits: Partial<CallSetup['limits']> = {}): CallSetup => ({
	function: { interface: null, name: 'f', params: [], result: { kind: 'u64' } },
	arguments: {},
	grants: {
		engine: 'documented',
		rules: 'documented',
		preopens: [],
		paths: [],
		hosts: [],
		variables: [],
		memory: null,
	},
	files: new Map([['/', { kind: 'directory', modified: 0 }]]),
	variables: [],
	surroundings: { arguments: [], clock: 'live', random: 'live', decoyRoot: true, stdin: new Uint8Array() },
	limits: { ...defaultLimits, ...limits },
});

const report: RunReport = {
	outcome: {
		status: 'returned',
		json: { utf8: new TextEncoder().encode('"n18446744073709551615"'), bigints: true },
		isErr: false,
	},
	instantiateMs: 1,
	runMs: 2,
	hostMs: 3,
	hostCalls: 4,
	peakMemoryBytes: 5,
	state: [],
	changes: [{ kind: 'remove', path: '/a' }],
};

const call: HostCall = {
	capability: 'environment',
	operation: 'get',
	target: 'KEY',
	outcome: 'deny',
	rule: null,
	reason: 'no-rule',
	at: 1,
};

function batchOf(...items: BatchItem[]) {
	const writer = new BatchWriter();
	for (const item of items) writer.add(item);
	return writer.take()!;
}

/** A frame whose other side is written by the test. */
function sandbox(run: (page: ReturnType<typeof connectPage>) => RunReport | Promise<RunReport>) {
	let lose!: (reason: Error) => void;
	const sent: unknown[] = [];
	const assemble = createAssembler({ text: Infinity, bytes: Infinity });
	const frame: Frame = {
		onmessage: () => {},
		send(message) {
			sent.push(message);
			if (removed() || (typeof message === 'string' && message.startsWith('#'))) return;
			const packet = assemble(message);
			if (packet) page.receive(packet);
		},
		ready: Promise.resolve(),
		lost: new Promise((resolve) => (lose = resolve)),
		beat: vi.fn(),
		answers: async () => true,
		remove: vi.fn(),
		retire: vi.fn(),
	};
	const removed = () => [frame.remove, frame.retire].some((gone) => vi.mocked(gone).mock.calls.length > 0);
	const page = connectPage(frame, () => run(page));
	return { frame, sent, lose, raw: (data: unknown) => frame.onmessage(data) };
}

const nobody = (): never => {
	throw new Error('it serves nobody');
};

const connectPage = (frame: Frame, run: () => RunReport | Promise<RunReport>) =>
	connect<PageCalls & PageNews, RunnerCalls>(
		{ postMessage: (message) => frame.onmessage(message) },
		{ files: () => null, run, serve: () => null, invoke: nobody, end: nobody },
	);

function start(
	{ frame }: { frame: Frame },
	{
		limits = {},
		signal,
		answer,
	}: { limits?: Partial<CallSetup['limits']>; signal?: AbortSignal; answer?: PortResponse } = {},
) {
	const recorded: HostCall[] = [];
	const output: Uint8Array[] = [];
	const request = vi.fn(
		async (): Promise<PortResponse> => answer ?? { ok: false, error: { tag: 'DNS-error' } },
	);
	const ended = runCall({
		frame,
		program,
		setup: setup(limits),
		ports: { record: (made) => recorded.push(made), output: (_stream, bytes) => output.push(bytes), request },
		signal,
		now: () => performance.now(),
		asked: performance.now(),
	});
	const report = ended.then((made) => made ?? Promise.reject(new Error('the sandbox was gone')));
	report.catch(() => {});
	return { ended, report, recorded, output, request };
}

const never = () => new Promise<RunReport>(() => {});

describe('a call', () => {
	beforeEach(() => {
		vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
	});
	afterEach(() => {
		vi.useRealTimers();
	});

	test('ends with what the sandbox reports, and removes the frame', async () => {
		const there = sandbox(() => report);
		await expect(start(there).ended).resolves.toMatchObject({
			outcome: { status: 'returned', json: 18446744073709551615n, isErr: false },
			times: { instantiateMs: 1, runMs: 2, hostMs: 3, hostCalls: 4, peakMemoryBytes: 5 },
			changes: [{ kind: 'remove', path: '/a' }],
		});
		expect(there.frame.retire).toHaveBeenCalled();
	});

	test('has the files that were changed in parts, in order, before those of its report', async () => {
		const there = sandbox((page) => {
			page.tell('changes', [{ kind: 'remove', path: '/1' }]);
			page.tell('changes', [{ kind: 'remove', path: '/2' }]);
			return report;
		});
		expect((await start(there).report).changes.map((change) => 'path' in change && change.path)).toEqual([
			...['/1', '/2', '/a'],
		]);
	});

	test('is broken off where it has more changes than it may make', async () => {
		const part = Array.from({ length: 512 }, () => ({ kind: 'remove', path: '/a' }) as const);
		const there = sandbox((page) => {
			for (let index = 0; index < 130; index += 1) page.tell('changes', part);
			return never();
		});
		expect((await start(there).report).outcome).toMatchObject({
			status: 'failed',
			message: expect.stringContaining('more changes than it may make'),
		});
	});

	test('settles whatever is nested in its result', async () => {
		const deep = {
			...report,
			outcome: {
				status: 'returned' as const,
				isErr: false,
				json: { utf8: new TextEncoder().encode('['.repeat(10_000) + ']'.repeat(10_000)), bigints: false },
			},
		};
		expect((await start(sandbox(() => deep)).report).outcome).toMatchObject({
			status: 'failed',
			message: expect.stringContaining('nested more than 128 levels deep'),
		});
	});

	test('records what happened before its end, in order, and nothing after', async () => {
		const there = sandbox((page) => {
			page.tell(
				'batch',
				batchOf({ kind: 'call', call }, { kind: 'output', stream: 'stdout', bytes: new Uint8Array([65]) }),
			);
			page.tell('batch', batchOf({ kind: 'call', call: { ...call, target: 'SECOND' } }));
			return report;
		});
		const { ended, recorded, output } = start(there);
		await ended;
		there.raw(encode({ type: 'news', name: 'batch', argument: batchOf({ kind: 'call', call }) }).text);
		expect(recorded.map(({ target }) => target)).toEqual(['KEY', 'SECOND']);
		expect(output).toEqual([new Uint8Array([65])]);
	});

	test('takes in each message and says so', async () => {
		const there = sandbox((page) => {
			page.tell('batch', batchOf({ kind: 'call', call }));
			return report;
		});
		await start(there).ended;
		expect(there.sent.filter((message) => message === control.taken).length).toBeGreaterThanOrEqual(2);
	});

	test.each([
		['a message of no known form', '-{"type":"ssurprise"}'],
		['no text at all', { type: 'news' }],
		['a call of what nothing answers to', encode({ type: 'call', id: 1, name: 'eval', argument: 1 }).text],
		['a batch that is none', encode({ type: 'news', name: 'batch', argument: [] }).text],
		['a request that is none', encode({ type: 'call', id: 1, name: 'request', argument: { url: 1 } }).text],
		['a read of a response that never was', encode({ type: 'call', id: 1, name: 'read', argument: 5 }).text],
	])('fails where the sandbox sends %s', async (_what, message) => {
		const there = sandbox(never);
		const { ended } = start(there);
		there.raw(message);
		await expect(ended).resolves.toMatchObject({
			outcome: { status: 'failed', message: expect.stringContaining('broke its protocol') },
			changes: [],
		});
		expect(there.frame.remove).toHaveBeenCalled();
	});

	test.each([
		['times that are none', { ...report, runMs: -1 }],
		['an outcome of no known kind', { ...report, outcome: { status: 'won' } as never }],
		[
			'a limit that does not exist',
			{ ...report, outcome: { status: 'limited', limit: 'all', message: '' } as never },
		],
		['a change of no known kind', { ...report, changes: [{ kind: 'format', path: '/' } as never] }],
	])('fails where the report holds %s', async (_what, forged) => {
		const { ended } = start(sandbox(() => forged));
		await expect(ended).resolves.toMatchObject({ outcome: { status: 'failed' }, changes: [] });
	});

	test('fails where the result is no JSON', async () => {
		const json = { utf8: new TextEncoder().encode('{'), bigints: false };
		const there = sandbox(() => ({ ...report, outcome: { status: 'returned', json, isErr: false } }));
		await expect(start(there).ended).resolves.toMatchObject({ outcome: { status: 'failed' } });
	});

	test('is limited at its deadline, and never runs longer than two minutes', async () => {
		const there = sandbox(never);
		const { ended } = start(there, { limits: { callMs: 10_000_000 } });
		await vi.advanceTimersByTimeAsync(120_000);
		await expect(ended).resolves.toMatchObject({ outcome: { status: 'limited', limit: 'callMs' } });
	});

	test('is stopped by its signal, also by one that came before', async () => {
		const stop = new AbortController();
		const first = start(sandbox(never), { signal: stop.signal });
		stop.abort();
		await expect(first.ended).resolves.toMatchObject({ outcome: { status: 'stopped' } });
		const second = start(sandbox(never), { signal: stop.signal });
		await expect(second.ended).resolves.toMatchObject({ outcome: { status: 'stopped' } });
	});

	test('fails with the reason when its frame is lost', async () => {
		const there = sandbox(never);
		const { ended } = start(there);
		there.lose(new Error('it crashed'));
		await expect(ended).resolves.toMatchObject({ outcome: { status: 'failed', message: 'it crashed' } });
	});

	test.each([
		['does not answer', false],
		['is lost before it answered', true],
	])('comes to nothing where its frame %s', async (_, isLost) => {
		const there = sandbox(never);
		let settle!: (isThere: boolean) => void;
		there.frame.answers = () => new Promise((resolve) => (settle = resolve));
		const { ended, recorded } = start(there);
		if (isLost) there.lose(new Error('it crashed'));
		settle(false);
		expect(await ended).toBeNull();
		expect(recorded).toEqual([]);
		expect(there.frame.remove).toHaveBeenCalled();
	});

	test('is limited where it writes or records more than it may', async () => {
		const writes = sandbox((page) => {
			page.tell('batch', batchOf({ kind: 'output', stream: 'stderr', bytes: new Uint8Array(11) }));
			return never();
		});
		await expect(start(writes, { limits: { outputBytes: 10 } }).ended).resolves.toMatchObject({
			outcome: { status: 'limited', limit: 'outputBytes' },
		});
	});

	test('reads a response chunk by chunk, and is limited by its bytes', async () => {
		const chunks = [new Uint8Array(6), new Uint8Array(6)];
		const cancel = vi.fn();
		const answer: PortResponse = {
			ok: true,
			status: 200,
			headers: [['a', 'b']],
			read: async () => chunks.shift() ?? null,
			cancel,
		};
		const there = sandbox(async (page) => {
			const head = await page.call('request', request);
			if (!head.ok) throw new Error('no response');
			await page.call('read', head.response);
			await page.call('read', head.response);
			return never();
		});
		const { ended, request: asked } = start(there, { answer, limits: { responseBytes: 10 } });
		await expect(ended).resolves.toMatchObject({ outcome: { status: 'limited', limit: 'responseBytes' } });
		expect(asked).toHaveBeenCalledWith(request);
		expect(cancel).toHaveBeenCalled();
	});

	test('is limited by the number of its requests', async () => {
		const there = sandbox(async (page) => {
			for (;;) await page.call('request', request);
		});
		const { ended, request: asked } = start(there, { limits: { requests: 3 } });
		await expect(ended).resolves.toMatchObject({ outcome: { status: 'limited', limit: 'requests' } });
		expect(asked).toHaveBeenCalledTimes(3);
	});

	test('tells the sandbox how a request failed', async () => {
		const heads: unknown[] = [];
		const there = sandbox(async (page) => {
			heads.push(await page.call('request', request));
			return report;
		});
		await start(there).ended;
		expect(heads).toEqual([{ ok: false, error: { tag: 'DNS-error' } }]);
	});
});

const request = {
	method: 'GET',
	url: 'https://example.com/',
	headers: [],
	body: null,
	timeouts: { connectMs: null, firstByteMs: null, betweenBytesMs: null },
};
