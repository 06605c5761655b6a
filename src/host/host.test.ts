import { beforeAll, describe, expect, test } from 'vitest';
import { providedInterfaces } from '../core/wasi';
import { createHost } from './host';
import { Tape } from './replay/tape';
import { readGuest, type Guest } from './testing/guest';
import { allowHost, FakeWorld, setupWith, thrownBy } from './testing/world';
import { GuestExit, GuestTrap, LimitReached, NeedsReplay, type Host } from './types';

interface Calls {
	sleep(ns: bigint): bigint;
	pollNothing(): void;
	leave(failing: boolean): void;
	print(times: number): number;
	draw(): bigint;
	variables(): number;
	lookUp(): number;
	request(evil: boolean): number;
	awaitRequest(): void;
}

/** Making a component of text takes seconds on a slow machine. */
const patience = 60_000;

describe('the host of a call', () => {
	let guest: Guest;
	beforeAll(async () => {
		guest = await readGuest('every-import');
	}, patience);

	const { imports } = createHost(setupWith(), new FakeWorld().ports);

	test('has every interface that is promised', () => {
		const keys = Object.keys(imports);
		for (const promised of providedInterfaces) {
			const matching = promised.endsWith('/*')
				? keys.filter((key) => key.startsWith(promised.slice(0, -1)))
				: keys.filter((key) => key === promised);
			expect(matching, promised).not.toEqual([]);
		}
	});

	test('has every function and resource that generated code takes from WASI', async () => {
		expect(guest.imports.size).toBeGreaterThan(30);
		const missing = [...guest.imports].flatMap(([key, names]) =>
			names.filter((name) => imports[key]?.[name] === undefined).map((name) => `${key}#${name}`),
		);
		expect(missing).toEqual([]);
		await guest.instantiate(imports);
	});

	test('has nothing under names that every object has', () => {
		for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
			expect(imports[name]).toBeUndefined();
		}
	});
});

describe('a component', () => {
	let guest: Guest;
	beforeAll(async () => {
		guest = await readGuest('host-guest');
	}, patience);

	/** A fresh instance in a fresh world, without suspending, as in a browser that cannot. */
	async function start(parts: Parameters<typeof setupWith>[0] = {}) {
		const world = new FakeWorld();
		const attempt = new Tape(world.ports, world.timers).attempt();
		const host = createHost(setupWith(parts), attempt.ports, { timers: world.timers, attempt });
		const calls = (await guest.instantiate(host.imports)) as unknown as Calls;
		const rows = () => {
			host.finish();
			return world.calls.map(({ operation, target, outcome, detail }) =>
				[operation, target, outcome, detail].filter(Boolean).join(' '),
			);
		};
		return { world, host, calls, rows };
	}

	/** Why the host ended the call, as long as that is also what came out of it. */
	const endOf = (host: Host, call: () => unknown) => {
		const thrown = thrownBy(call);
		expect(host.ended()).toBe(thrown);
		return thrown;
	};

	test('sleeps on a fixed clock without waiting', async () => {
		const { calls, rows, host } = await start({ surroundings: { clock: { startNs: 0n } } });
		expect(calls.sleep(3_600_000_000_000n)).toBe(3_600_000_001_000n);
		expect(rows()).toEqual([
			'now monotonic clock allow',
			'subscribe-duration monotonic clock allow 3600000 ms',
			'now monotonic clock allow',
		]);
		expect(host.counters()).toEqual({ hostCalls: 3, waitedMs: 0 });
	});

	test('draws the same numbers from the same seed', async () => {
		const draw = async () => {
			const { calls } = await start({ surroundings: { random: { seed: 'x' } } });
			return [calls.draw(), calls.draw()];
		};
		const first = await draw();
		expect(await draw()).toEqual(first);
		expect(first[0]).not.toBe(first[1]);
	});

	test('prints, until the limit ends it', async () => {
		const { calls, host, world, rows } = await start({ limits: { outputBytes: 16 } });
		expect(calls.print(2)).toBe(2);
		const end = endOf(host, () => calls.print(9));
		expect(end).toBeInstanceOf(LimitReached);
		expect(end).toMatchObject({ limit: 'outputBytes' });
		expect(world.written.stdout).toBe('hello\nhello\nhell');
		expect(rows()).toEqual(['write stdout allow', 'write stdout allow ×2 more']);
	});

	test.each([
		[false, 0],
		[true, 1],
	])('leaves (failing: %s) with code %i', async (failing, code) => {
		const { calls, host } = await start();
		const end = endOf(host, () => calls.leave(failing));
		expect(end).toBeInstanceOf(GuestExit);
		expect(end).toMatchObject({ code });
		expect(await host.whenEnded).toBe(end);
	});

	test('traps when it polls nothing', async () => {
		const { calls, host } = await start();
		expect(endOf(host, () => calls.pollNothing())).toBeInstanceOf(GuestTrap);
	});

	test('sees granted variables only', async () => {
		const rule = { text: 'key: A', line: 3 };
		const { calls, rows } = await start({
			grants: { variables: [{ key: 'A', rule, reason: 'granted' }] },
			variables: [['A', '1']],
		});
		expect(calls.variables()).toBe(1);
		expect((await start()).calls.variables()).toBe(0);
		expect(rows()).toEqual(['get-environment A allow']);
	});

	test('reads the error of a lookup and of a denied request as WASI error codes', async () => {
		const { calls, rows, world } = await start();
		// The last case of the sockets' error code, and the sixteenth of the HTTP one.
		expect(calls.lookUp()).toBe(20);
		expect(calls.request(true)).toBe(15);
		expect(world.requests).toEqual([]);
		expect(rows()).toEqual(['resolve-addresses x.y deny', 'GET https://evil.example/ deny']);
	});

	test('sends an allowed request', async () => {
		const { calls, world, rows } = await start({ grants: { hosts: [allowHost('good.example')] } });
		expect(calls.request(false)).toBe(100);
		expect(world.requests.map(({ url }) => url)).toEqual(['https://good.example/']);
		expect(rows()).toEqual([]);
	});

	test('is to be replayed where it waits for the network and cannot be suspended', async () => {
		const { calls, host } = await start({ grants: { hosts: [allowHost('good.example')] } });
		expect(endOf(host, () => calls.awaitRequest())).toBeInstanceOf(NeedsReplay);
	});
});
