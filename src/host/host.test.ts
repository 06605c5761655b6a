import { beforeAll, describe, expect, test } from 'vitest';
import { providedInterfaces } from '../core/wasi';
import { createHost } from './host';
import { Tape } from './replay/tape';
import { makeGuest, type Guest } from './testing/guest';
import { allowHost, FakeWorld, setupWith, thrownBy } from './testing/world';
import { GuestExit, GuestTrap, LimitReached, NeedsReplay, type Host } from './types';

/** Every interface of WASI 0.2 that Wassette links, and the older name of `wasi:config`. */
const everything = `
	package test:everything;
	world everything {
		import wasi:cli/environment@0.2.0;
		import wasi:cli/exit@0.2.0;
		import wasi:cli/stdin@0.2.0;
		import wasi:cli/stdout@0.2.0;
		import wasi:cli/stderr@0.2.0;
		import wasi:cli/terminal-stdin@0.2.0;
		import wasi:cli/terminal-stdout@0.2.0;
		import wasi:cli/terminal-stderr@0.2.0;
		import wasi:clocks/monotonic-clock@0.2.0;
		import wasi:clocks/wall-clock@0.2.0;
		import wasi:filesystem/preopens@0.2.0;
		import wasi:http/outgoing-handler@0.2.0;
		import wasi:random/random@0.2.0;
		import wasi:random/insecure@0.2.0;
		import wasi:random/insecure-seed@0.2.0;
		import wasi:sockets/instance-network@0.2.0;
		import wasi:sockets/ip-name-lookup@0.2.0;
		import wasi:sockets/tcp-create-socket@0.2.0;
		import wasi:sockets/udp-create-socket@0.2.0;
		import wasi:config/store@0.2.0-rc.1;
		import wasi:config/runtime@0.2.0-draft;
		import wasi:logging/logging;
		export run: func();
	}
	package wasi:config@0.2.0-draft {
		interface runtime {
			variant error { upstream(string), io(string) }
			get: func(key: string) -> result<option<string>, error>;
			get-all: func() -> result<list<tuple<string, string>>, error>;
		}
	}
	package wasi:logging {
		interface logging {
			enum level { trace, debug, info, warn, error, critical }
			log: func(level: level, context: string, message: string);
		}
	}`;

/** A guest in WebAssembly text that does one thing per export. */
const wit = `
	package test:guest;
	world guest {
		import wasi:cli/environment@0.2.0;
		import wasi:cli/exit@0.2.0;
		import wasi:cli/stdout@0.2.0;
		import wasi:clocks/monotonic-clock@0.2.0;
		import wasi:http/outgoing-handler@0.2.0;
		import wasi:io/poll@0.2.0;
		import wasi:random/random@0.2.0;
		import wasi:sockets/instance-network@0.2.0;
		import wasi:sockets/ip-name-lookup@0.2.0;
		/// How long a sleep took.
		export sleep: func(ns: u64) -> u64;
		/// Polls nothing.
		export poll-nothing: func();
		export leave: func(failing: bool);
		/// Prints a line so many times; how often it could.
		export print: func(times: u32) -> u32;
		export draw: func() -> u64;
		/// How many variables there are.
		export variables: func() -> u32;
		/// The discriminant of the error with which a lookup of "x.y" fails.
		export look-up: func() -> u32;
		/// Requests https://good.example/ or https://evil.example/; 100 when an answer is on its way, else the error's discriminant.
		export request: func(evil: bool) -> u32;
		/// The same, then waits for the answer.
		export await-request: func();
	}`;

const core = `(module
	(import "wasi:clocks/monotonic-clock@0.2.0" "now" (func $now (result i64)))
	(import "wasi:clocks/monotonic-clock@0.2.0" "subscribe-duration" (func $after (param i64) (result i32)))
	(import "wasi:io/poll@0.2.0" "poll" (func $poll (param i32 i32 i32)))
	(import "wasi:io/poll@0.2.0" "[method]pollable.block" (func $block (param i32)))
	(import "wasi:io/poll@0.2.0" "[resource-drop]pollable" (func $drop-pollable (param i32)))
	(import "wasi:cli/exit@0.2.0" "exit" (func $exit (param i32)))
	(import "wasi:cli/stdout@0.2.0" "get-stdout" (func $stdout (result i32)))
	(import "wasi:cli/environment@0.2.0" "get-environment" (func $environment (param i32)))
	(import "wasi:io/streams@0.2.0" "[method]output-stream.blocking-write-and-flush" (func $write (param i32 i32 i32 i32)))
	(import "wasi:random/random@0.2.0" "get-random-u64" (func $random (result i64)))
	(import "wasi:sockets/instance-network@0.2.0" "instance-network" (func $network (result i32)))
	(import "wasi:sockets/ip-name-lookup@0.2.0" "resolve-addresses" (func $resolve (param i32 i32 i32 i32)))
	(import "wasi:http/types@0.2.0" "[constructor]fields" (func $fields (result i32)))
	(import "wasi:http/types@0.2.0" "[constructor]outgoing-request" (func $request (param i32) (result i32)))
	(import "wasi:http/types@0.2.0" "[method]outgoing-request.set-authority" (func $authority (param i32 i32 i32 i32) (result i32)))
	(import "wasi:http/outgoing-handler@0.2.0" "handle" (func $handle (param i32 i32 i32 i32)))
	(import "wasi:http/types@0.2.0" "[method]future-incoming-response.subscribe" (func $subscribe (param i32) (result i32)))
	(memory (export "memory") 1)
	(data (i32.const 16) "hello\\0ax.ygood.exampleevil.example")
	(global $top (mut i32) (i32.const 4096))
	(func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
		(global.set $top (i32.and (i32.add (global.get $top) (i32.const 7)) (i32.const -8)))
		(global.get $top)
		(global.set $top (i32.add (global.get $top) (local.get 3))))
	(func (export "sleep") (param i64) (result i64) (local i64 i32)
		(local.set 1 (call $now))
		(local.set 2 (call $after (local.get 0)))
		(i32.store (i32.const 256) (local.get 2))
		(call $poll (i32.const 256) (i32.const 1) (i32.const 264))
		(call $drop-pollable (local.get 2))
		(i64.sub (call $now) (local.get 1)))
	(func (export "poll-nothing") (call $poll (i32.const 256) (i32.const 0) (i32.const 264)))
	(func (export "leave") (param i32) (call $exit (local.get 0)))
	(func (export "print") (param i32) (result i32) (local i32 i32)
		(local.set 2 (call $stdout))
		(block $done
			(loop $again
				(br_if $done (i32.ge_u (local.get 1) (local.get 0)))
				(call $write (local.get 2) (i32.const 16) (i32.const 6) (i32.const 264))
				(br_if $done (i32.load8_u (i32.const 264)))
				(local.set 1 (i32.add (local.get 1) (i32.const 1)))
				(br $again)))
		(local.get 1))
	(func (export "draw") (result i64) (call $random))
	(func (export "variables") (result i32)
		(call $environment (i32.const 264))
		(i32.load (i32.const 268)))
	(func (export "look-up") (result i32)
		(call $resolve (call $network) (i32.const 22) (i32.const 3) (i32.const 264))
		(i32.load8_u (i32.const 268)))
	(func $send (param i32) (result i32) (local i32)
		(local.set 1 (call $request (call $fields)))
		(drop (call $authority (local.get 1) (i32.const 1)
			(i32.add (i32.const 25) (i32.mul (local.get 0) (i32.const 12))) (i32.const 12)))
		(call $handle (local.get 1) (i32.const 0) (i32.const 0) (i32.const 264))
		(if (result i32) (i32.load8_u (i32.const 264))
			(then (i32.load8_u (i32.const 272)))
			(else (i32.const 100))))
	(func (export "request") (param i32) (result i32) (call $send (local.get 0)))
	(func (export "await-request")
		(drop (call $send (i32.const 0)))
		(call $block (call $subscribe (i32.load (i32.const 272))))))`;

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
		guest = await makeGuest(everything);
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
		guest = await makeGuest(wit, core);
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
