import { describe, expect, test } from 'vitest';
import type { CallSetup, PortResponse } from '../../core/call';
import type { HostImports } from '../../host/types';
import { allowHost, FakeWorld, response, setupWith, text } from '../../host/testing/world';
import { dispose } from '../../host/io/dispose';
import type { Pollable } from '../../host/io/poll';
import type { OutgoingRequest } from '../../host/http/outgoing';
import type { FutureIncomingResponse } from '../../host/http/future-response';
import type { RunReport } from '../protocol';
import { CoreModules } from './memories';
import type { Job } from '../protocol';
import { runJob } from './run-job';

/* Guests in JavaScript that call the host as generated code does. In the mode `sync` nothing can suspend them. */

/** What a guest can do, in few words. */
class Guest {
	constructor(private readonly imports: HostImports) {}

	#of<T>(key: string): T {
		return this.imports[key] as T;
	}

	/** Sends a request. */
	send(path: string): FutureIncomingResponse {
		const { Fields, OutgoingRequest: Request } = this.#of<{
			Fields: new () => never;
			OutgoingRequest: new (headers: never) => OutgoingRequest;
		}>('wasi:http/types');
		const request = new Request(new Fields());
		request.setAuthority('good.example');
		request.setPathWithQuery(path);
		return this.#of<{ handle(request: OutgoingRequest, options: undefined): FutureIncomingResponse }>(
			'wasi:http/outgoing-handler',
		).handle(request, undefined);
	}

	/** Waits for a response, and reads all of its body in pieces of 4 bytes. */
	receive(future: FutureIncomingResponse): string {
		void future.subscribe().block();
		const got = future.get();
		if (got?.tag !== 'ok') return 'nothing';
		if (got.val.tag === 'err') return got.val.val.tag;
		const stream = got.val.val.consume().stream();
		let body = '';
		try {
			for (;;) body += text(stream.blockingRead(4n) as Uint8Array);
		} catch {
			return body;
		}
	}

	now = () => this.#of<{ now(): bigint }>('wasi:clocks/monotonic-clock').now();
	sleep = (ms: number): Pollable =>
		this.#of<{ subscribeDuration(ns: bigint): Pollable }>('wasi:clocks/monotonic-clock').subscribeDuration(
			BigInt(ms) * 1_000_000n,
		);
	poll = (list: readonly Pollable[]) => [
		...this.#of<{ poll(list: readonly Pollable[]): Uint32Array }>('wasi:io/poll').poll(list),
	];
	random = () => this.#of<{ getRandomU64(): bigint }>('wasi:random/random').getRandomU64();
	print = (line: string) =>
		this.#of<{ getStdout(): { write(bytes: Uint8Array): void } }>('wasi:cli/stdout')
			.getStdout()
			.write(new TextEncoder().encode(line));
}

interface Played {
	readonly report: RunReport;
	readonly world: FakeWorld;
	/** How often the guest was started. */
	readonly starts: number;
	readonly value: unknown;
}

async function play(
	guest: (guest: Guest, start: number) => unknown,
	answer: (path: string) => Promise<PortResponse>,
	surroundings: Partial<CallSetup['surroundings']> = {},
): Promise<Played> {
	const world = new FakeWorld();
	world.answer = ({ url }) => answer(new URL(url).pathname);
	let starts = 0;
	const { files, ...setup } = setupWith({ grants: { hosts: [allowHost('good.example')] }, surroundings });
	const job: Pick<Job, 'mode' | 'setup'> = {
		mode: 'sync',
		setup: {
			...setup,
			files: [...files],
			function: { interface: null, name: 'run', params: [], result: { kind: 'string' } },
		},
	};
	const instantiate = (_core: unknown, imports: HostImports) => {
		const start = ++starts;
		return { run: () => JSON.stringify(guest(new Guest(imports), start)) };
	};
	const report = await runJob(
		job,
		{ load: async () => ({ instantiate }), modules: new CoreModules([]) },
		world.ports,
	);
	const value =
		report.outcome.status === 'returned'
			? (JSON.parse(JSON.parse(text(report.outcome.json.utf8)) as string) as unknown)
			: null;
	return { report, world, starts, value };
}

const rows = ({ calls }: FakeWorld) => calls.map(({ operation, target }) => `${operation} ${target}`);

describe('a call that cannot be suspended', () => {
	test('runs once where it never waits', async () => {
		const { value, starts } = await play(
			() => 'done',
			async () => response([]).value,
		);
		expect({ value, starts }).toEqual({ value: 'done', starts: 1 });
	});

	test('runs again with each answer it waited for, and asks for each once', async () => {
		const { value, world, starts } = await play(
			(guest) => [guest.receive(guest.send('/a')), guest.receive(guest.send('/b'))],
			async (path) => response([`body of `, path]).value,
		);
		expect(value).toEqual(['body of /a', 'body of /b']);
		expect(world.requests.map(({ url }) => url)).toEqual([
			'https://good.example/a',
			'https://good.example/b',
		]);
		expect(starts).toBe(5);
	});

	test('sees the same clock and the same random numbers each time', async () => {
		const seen: unknown[][] = [];
		let randoms = 0;
		const { value } = await play(
			(guest, start) => {
				seen[start] = [guest.now(), guest.random()].map(String);
				guest.receive(guest.send('/a'));
				return [...(seen[start] ?? []), String(guest.now())];
			},
			async () => {
				randoms++;
				return response(['x']).value;
			},
		);
		expect(randoms).toBe(1);
		expect(seen.length).toBe(4);
		expect(seen[2]).toEqual(seen[1]);
		expect(seen[3]).toEqual(seen[1]);
		expect((value as string[]).slice(0, 2)).toEqual(seen[1]);
	});

	test('is recorded once, and prints once', async () => {
		const { world } = await play(
			(guest) => {
				guest.print('before\n');
				guest.receive(guest.send('/a'));
				guest.print('after\n');
				return null;
			},
			async () => response(['x']).value,
		);
		expect(world.written.stdout).toBe('before\nafter\n');
		expect(rows(world)).toEqual(['write stdout', 'write stdout']);
	});

	test('sees an answer at the wait in which it came, and not before', async () => {
		const { value } = await play(
			(guest) => {
				const [a, b] = [guest.send('/a'), guest.send('/b')];
				const before = [a.get() === undefined, b.get() === undefined];
				const ready = guest.poll([a.subscribe(), b.subscribe()]);
				return { before, ready, body: guest.receive(ready[0] === 0 ? a : b) };
			},
			(path) =>
				path === '/b' ? Promise.resolve(response(['from b']).value) : new Promise<PortResponse>(() => {}),
		);
		expect(value).toEqual({ before: [true, true], ready: [1], body: 'from b' });
	});

	test('gets an answer that it looks for between sleeps', async () => {
		const { value } = await play(
			(guest) => {
				const future = guest.send('/a');
				for (let tries = 0; tries < 100; tries++) {
					const got = future.get();
					if (got) return got.tag;
					guest.poll([guest.sleep(1)]);
				}
				return 'gave up';
			},
			async () => response(['x']).value,
			{ clock: { startNs: 0n } },
		);
		// On a fixed clock a sleep is skipped, with suspending too, and nothing can come meanwhile.
		expect(value).toBe('gave up');
	});

	test('tells of failures as they came', async () => {
		const { value } = await play(
			(guest) => [guest.receive(guest.send('/a')), guest.receive(guest.send('/b'))],
			async (path) =>
				path === '/a'
					? { ok: false, error: { tag: 'connection-refused' } }
					: response(['half', new Error('connection-terminated')]).value,
		);
		expect(value).toEqual(['connection-refused', 'half']);
	});

	test('gives up a body once', async () => {
		const { value: answer, state } = response(['x', 'y']);
		const { report } = await play(
			(guest) => {
				const future = guest.send('/a');
				void future.subscribe().block();
				const got = future.get();
				if (got?.tag === 'ok' && got.val.tag === 'ok') got.val.val[dispose]();
				guest.receive(guest.send('/b'));
				return null;
			},
			async (path) => (path === '/a' ? answer : response(['z']).value),
		);
		expect(report.outcome.status).toBe('returned');
		expect(state.cancelled).toBe(true);
	});

	test('ends with a message where it does not repeat itself', async () => {
		const { report } = await play(
			(guest, start) => {
				guest.receive(guest.send(`/${start}`));
				guest.now();
				return null;
			},
			async () => response(['x']).value,
		);
		expect(report.outcome).toMatchObject({
			status: 'failed',
			message: expect.stringContaining('went another way'),
		});
	});

	test('keeps the limits, counted once', async () => {
		const { report } = await play(
			(guest) => {
				for (let sent = 0; sent < 65; sent++) guest.receive(guest.send(`/${sent}`));
				return null;
			},
			async () => response(['x']).value,
		);
		expect(report.outcome).toMatchObject({ status: 'limited', limit: 'requests' });
	});
});
