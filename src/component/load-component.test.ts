import { describe, expect, test } from 'vitest';
import { binaryOfWat, componentOfWit, nodeTools } from './fixtures';
import { createLoader, type LoaderParts, type TranspilerWorker } from './load-component';
import type { TranspileReply, TranspileRequest } from './protocol';
import { transpile, type TranspiledComponent } from './transpile';

const component = await componentOfWit('package a:b; world root-world { export f: func(); }');

/** A worker that answers with `answer`, and remembers how it was treated. */
function fakeWorker(answer: (request: TranspileRequest, reply: (message: TranspileReply) => void) => void) {
	const worker = {
		onmessage: null as TranspilerWorker['onmessage'],
		onerror: null as TranspilerWorker['onerror'],
		terminated: false,
		postMessage(request: TranspileRequest) {
			answer(request, (data) => worker.onmessage?.call(worker as never, { data } as MessageEvent));
		},
		terminate() {
			worker.terminated = true;
		},
	};
	return worker;
}

const loaderOf = (worker: unknown, more: Partial<LoaderParts> = {}) =>
	createLoader({ spawn: () => worker as TranspilerWorker, mode: 'jspi', ...more });

describe('a loader', () => {
	test('gives what the worker found, with the digest of the bytes', async () => {
		const worker = fakeWorker(({ bytes, mode, size }, reply) => {
			void transpile(bytes, {
				mode,
				tools: nodeTools,
				size,
				onStep: (step) => reply({ type: 'step', step }),
			}).then((result) => reply({ type: 'done', result }));
		});
		const steps: string[] = [];
		const loaded = await loaderOf(worker).load(component, { onStep: (step) => steps.push(step) });
		if (!loaded.ok) throw new Error(loaded.error);
		expect(loaded.value.tools.map(({ name }) => name)).toEqual(['f']);
		expect(loaded.value.sha256).toMatch(/^[0-9a-f]{64}$/);
		expect(loaded.value.size).toBe(component.length);
		expect(steps).toEqual(['checking', 'checking', 'reading types', 'transpiling']);
		expect(worker.terminated).toBe(true);
	});

	test('starts no worker for bytes that are no component', async () => {
		const loader = createLoader({ spawn: () => expect.unreachable(), mode: 'jspi' });
		expect(await loader.load(new Uint8Array())).toMatchObject({ ok: false });
	});

	test('gives an error where the worker breaks', async () => {
		const worker = fakeWorker(() => worker.onerror?.call(worker as never, { message: 'boom' } as never));
		expect(await loaderOf(worker).load(component)).toEqual({
			ok: false,
			error: 'The transpiler stopped working: boom.',
		});
		expect(worker.terminated).toBe(true);
	});

	test('stops a worker that takes too long, counted from when its tools are there', async () => {
		const started: number[] = [];
		const deadline = (milliseconds: number, expire: () => void) => {
			started.push(milliseconds);
			queueMicrotask(expire);
			return () => undefined;
		};
		const worker = fakeWorker((_, reply) => {
			reply({ type: 'step', step: 'fetching the transpiler' });
			expect(started).toEqual([]);
			reply({ type: 'step', step: 'reading types' });
			reply({ type: 'step', step: 'transpiling' });
		});
		const loaded = await loaderOf(worker, { deadline }).load(component);
		expect(!loaded.ok && loaded.error).toContain('5 minutes');
		expect(started).toEqual([300_000]);
		expect(worker.terminated).toBe(true);
	});

	test('hands over a component without its debug information, and tells places as they are in the file', async () => {
		const wat = `(component (core module $m (@custom ".debug_info" (before first) "${'x'.repeat(300)}") (func (export "f") (result i32)))
			(core instance $i (instantiate $m)) (func (export "run") (canon lift (core func $i "f"))))`;
		const file = await binaryOfWat(wat);
		let handedOver = 0;
		const worker = fakeWorker(({ bytes, mode, size }, reply) => {
			handedOver = bytes.length;
			expect(size).toBe(file.length);
			void transpile(bytes, { mode, tools: nodeTools, size }).then((result) =>
				reply({ type: 'done', result }),
			);
		});
		const loaded = await loaderOf(worker).load(file);
		expect(handedOver).toBeLessThan(file.length - 300);
		const whole = await transpile(file, { mode: 'jspi', tools: nodeTools });
		// The offset that the transpiler itself tells of the whole file.
		const { componentWit } = await nodeTools();
		const told = await componentWit(file).catch((error: { payload: string }) => error.payload);
		const [offset] = /offset 0x[0-9a-f]+/.exec(String(told)) ?? ['none'];
		expect(!loaded.ok && loaded.error).toContain(offset);
		expect(!whole.ok && whole.error).toContain(offset);
	});

	test('stops when it is told to', async () => {
		const stop = new AbortController();
		const worker = fakeWorker(() => stop.abort());
		expect(await loaderOf(worker).load(component, { signal: stop.signal })).toEqual({
			ok: false,
			error: 'Loading was stopped.',
		});
		expect(worker.terminated).toBe(true);
	});

	test('uses a warm worker once', async () => {
		let spawned = 0;
		const failing = () =>
			fakeWorker((_, reply) => reply({ type: 'done', result: { ok: false, error: 'no' } }));
		const loader = createLoader({
			spawn: () => {
				spawned += 1;
				return failing();
			},
			mode: 'sync',
		});
		void loader.warm();
		void loader.warm();
		expect(spawned).toBe(1);
		await loader.load(component);
		expect(spawned).toBe(1);
		await loader.load(component);
		expect(spawned).toBe(2);
	});

	test('is warm once the worker has what it needs, or a load has taken it', async () => {
		const told: string[] = [];
		const worker = fakeWorker(() => expect.unreachable());
		const loader = loaderOf(worker);
		const warm = loader.warm().then(() => told.push('warm'));
		await Promise.resolve();
		expect(told).toEqual([]);
		worker.onmessage?.call(worker as never, { data: { type: 'ready' } } as MessageEvent);
		await warm;
		const taken = loaderOf(
			fakeWorker((_, reply) => reply({ type: 'done', result: { ok: false, error: 'no' } })),
		);
		const settled = taken.warm();
		await taken.load(component);
		await settled;
	});

	test.each([
		[
			'stopped working',
			(worker: ReturnType<typeof fakeWorker>) => worker.onerror?.call(worker as never, {} as never),
		],
		[
			'could not fetch what it needs',
			(worker: ReturnType<typeof fakeWorker>) =>
				worker.onmessage?.call(worker as never, { data: { type: 'unusable' } } as MessageEvent),
		],
	])('does not use a warm worker that %s', async (_, fail) => {
		const made = await transpile(component, { mode: 'jspi', tools: nodeTools });
		const bad = fakeWorker(() => expect.unreachable());
		const good = fakeWorker((_, reply) => reply({ type: 'done', result: made }));
		const workers = [bad, good] as unknown as TranspilerWorker[];
		const loader = createLoader({ spawn: () => workers.shift()!, mode: 'jspi' });
		const warm = loader.warm();
		fail(bad);
		await warm;
		expect(bad.terminated).toBe(true);
		expect((await loader.load(component)).ok).toBe(true);
	});

	test('starts no worker for a component that it made a program of before', async () => {
		const made = await transpile(component, { mode: 'jspi', tools: nodeTools });
		const kept = new Map<string, TranspiledComponent>();
		const cache = {
			get: async (sha256: string) => kept.get(sha256) ?? null,
			put: async (sha256: string, value: TranspiledComponent) => void kept.set(sha256, value),
		};
		const worker = fakeWorker((_, reply) => reply({ type: 'done', result: made }));
		const first = await loaderOf(worker, { cache }).load(component);
		expect(worker.terminated).toBe(true);
		const loader = createLoader({ spawn: () => expect.unreachable(), mode: 'jspi', cache });
		expect(await loader.load(component)).toEqual(first);
	});

	test('starts no worker for a component that the site has a program of, and keeps no second copy', async () => {
		const made = await transpile(component, { mode: 'jspi', tools: nodeTools });
		if (!made.ok) throw new Error(made.error);
		const steps: unknown[] = [];
		const loader = createLoader({
			spawn: () => expect.unreachable(),
			mode: 'jspi',
			prebuilt: {
				get: async (_, bytes, options) => {
					expect(bytes).toEqual(component);
					options?.onBytes?.(2_000);
					return made.value;
				},
			},
			cache: { get: () => expect.unreachable(), put: () => expect.unreachable() },
		});
		const loaded = await loader.load(component, { onStep: (...step) => steps.push(step) });
		expect(loaded).toMatchObject({ ok: true, value: made.value });
		expect(loaded.ok && loaded.value.sha256).toMatch(/^[0-9a-f]{64}$/);
		expect(steps).toEqual([['checking'], ['fetching the program', '2 KiB']]);
	});

	test('transpiles what the site has no program of', async () => {
		const made = await transpile(component, { mode: 'jspi', tools: nodeTools });
		const worker = fakeWorker((_, reply) => reply({ type: 'done', result: made }));
		const loaded = await loaderOf(worker, { prebuilt: { get: async () => null } }).load(component);
		expect(loaded.ok).toBe(true);
		expect(worker.terminated).toBe(true);
	});

	test('keeps nothing of a component that could not be read', async () => {
		const worker = fakeWorker((_, reply) => reply({ type: 'done', result: { ok: false, error: 'no' } }));
		const cache = { get: async () => null, put: () => expect.unreachable() };
		expect(await loaderOf(worker, { cache }).load(component)).toEqual({ ok: false, error: 'no' });
	});
});
