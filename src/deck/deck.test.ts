import { describe, expect, test } from 'vitest';
import type { HostCall, HostCallEntry } from '../core/activity';
import type { CallOutcome, CallReport, CallSetup, PortResponse, PortRequest } from '../core/call';
import type { FileChange } from '../core/files';
import { defaultLimits } from '../core/call';
import { err, ok } from '../core/result';
import { worldOf } from '../core/scenario';
import { toolsOf } from '../core/wit';
import { emptyWorld } from '../core/world';
import type { LoadedComponent } from '../component/program';
import { createDeck } from './create-deck';
import type { DeckParts } from './deck-parts';
import type { Deck } from './deck';

type Run = DeckParts['run'];

const returned: CallOutcome = { status: 'returned', json: { result: 'done' }, isErr: false };
const report = (outcome: CallOutcome, changes: readonly FileChange[] = []): CallReport => ({
	outcome,
	changes,
	times: { startMs: 0, instantiateMs: 0, runMs: 0, hostMs: 0, hostCalls: 0, peakMemoryBytes: 0 },
});

const tools = (names: readonly string[]) =>
	toolsOf(names.map((name) => ({ interface: null, name, params: [], result: null })));

const loaded = (names: readonly string[]): Omit<LoadedComponent, 'id'> => ({
	sha256: '0'.repeat(64),
	size: 8,
	program: { source: '', modules: [], imports: [], mode: 'jspi' },
	tools: tools(names),
	wit: '',
	missing: [],
	standIns: [],
	notes: [],
});

/** A deck whose sandbox is `run`; a component's bytes are the names of its tools, as text. */
function deckWith(
	run: Run = async () => report(returned),
	{ fetchLive, now = () => 0 }: Partial<Pick<DeckParts, 'fetchLive' | 'now'>> = {},
): Deck {
	return createDeck({
		loadComponent: async (bytes) => {
			const text = new TextDecoder().decode(bytes);
			return text ? ok(loaded(text.split(' '))) : err('The file is empty.');
		},
		run,
		fetchLive: fetchLive ?? (async () => ({ ok: false, error: { tag: 'connection-refused' } })),
		now,
		wallNow: () => 0,
		schedule: (task) => queueMicrotask(task),
		wait: async () => {},
	});
}

const load = (deck: Deck, id: string, names: string, policy: string | null = null, provisional?: boolean) =>
	deck.load(new TextEncoder().encode(names), id, { source: { file: `${id}.wasm` }, policy, provisional });

const policy = (rules: string) => `version: "1.0"\npermissions:\n${rules}`;
const readData = policy('  storage:\n    allow:\n      - uri: "fs:///data"\n        access: ["read"]\n');
const writeData = readData.replace('["read"]', '["read", "write"]');

const hostCalls = (deck: Deck) =>
	deck.activity.filter((entry): entry is HostCallEntry => entry.kind === 'host-call');

describe('finding the component of a tool', () => {
	test('fails as Wassette does for a tool that nobody has', () => {
		expect(deckWith().find('x')).toEqual({
			ok: false,
			error: "Failed to find component for tool 'x': Tool not found",
		});
	});

	test('fails as Wassette does for a tool that two components have', async () => {
		const deck = deckWith();
		await load(deck, 'a', 'get-weather');
		await load(deck, 'b', 'get-weather other');
		expect(deck.find('get-weather')).toEqual({
			ok: false,
			error:
				"Failed to find component for tool 'get-weather': Multiple components found for tool 'get-weather': a, b",
		});
		expect(deck.find('other').ok).toBe(true);
	});
});

describe('loading', () => {
	test('replaces a component of the same id in its place', async () => {
		const deck = deckWith();
		await load(deck, 'a', 'one');
		await load(deck, 'b', 'two');
		await load(deck, 'a', 'three');
		expect(deck.components.map(({ id, tools }) => [id, tools[0]?.name])).toEqual([
			['a', 'three'],
			['b', 'two'],
		]);
	});

	test('of bytes that are none changes nothing', async () => {
		const deck = deckWith();
		await load(deck, 'a', 'one');
		expect((await load(deck, 'b', '')).ok).toBe(false);
		expect(deck.components).toHaveLength(1);
	});

	test('takes the place of what was there to have something to show', async () => {
		const deck = deckWith();
		await load(deck, 'sample', 'one', readData, true);
		await load(deck, 'mine', 'one');
		expect(deck.components.map(({ id }) => id)).toEqual(['mine']);
	});

	test('leaves it where its policy was edited', async () => {
		const deck = deckWith();
		await load(deck, 'sample', 'one', readData, true);
		deck.setPolicy('sample', writeData);
		await load(deck, 'mine', 'two');
		expect(deck.components.map(({ id }) => id)).toEqual(['sample', 'mine']);
	});
});

describe('a call', () => {
	const world = worldOf({
		files: { '/data/a.txt': 'granted', '/home/key': 'CANARY-FILE' },
		variables: { HOME: '/home', TOKEN: 'CANARY-VARIABLE' },
	});

	test('has its rows in the order in which they are told, none after now and all of one revision', async () => {
		let now = 0;
		const call = (target: string, at: number): HostCall => ({
			...{ capability: 'storage', operation: 'open-at read', target, access: 'read', at },
			...{ outcome: 'deny', rule: null, reason: 'no-rule' },
		});
		const deck = deckWith(
			async (_program, _setup, { record }) => {
				now = 100;
				for (const [index, at] of [66, 351, 83].entries()) record(call(`/${index}`, at));
				now = 400;
				record(call('/3', 90));
				return report(returned);
			},
			{ now: () => now },
		);
		await load(deck, 'a', 'one', readData);
		deck.setWorld(world);
		await deck.call('one', {});
		expect(hostCalls(deck).map(({ target, at }) => [target, at])).toEqual([
			['/0', 66],
			['/1', 100],
			['/2', 100],
			['/3', 100],
		]);
		const [row] = deck.activity;
		expect(row).toMatchObject({ kind: 'tool-call', duration: 400, revision: deck.components[0]!.revision });
	});

	test('hands the sandbox nothing that is not granted', async () => {
		const seen: CallSetup[] = [];
		const deck = deckWith(async (_program, setup) => {
			seen.push(setup);
			return report(returned);
		});
		await load(deck, 'a', 'one', readData);
		deck.setWorld(world);
		await deck.call('one', {});
		const [setup] = seen;
		const all = JSON.stringify([
			setup,
			[...(setup?.files ?? [])].map(([path, node]) => [
				path,
				node.kind === 'file' && node.content && new TextDecoder().decode(node.content),
			]),
		]);
		expect(all).toContain('granted');
		expect(all).not.toContain('CANARY');
		expect(setup?.variables).toEqual([]);
	});

	test('shows the variables that were withheld when the guest asks for its environment', async () => {
		const deck = deckWith(async (_program, _setup, { record }) => {
			record({
				capability: 'environment',
				operation: 'get-environment',
				target: 'HOME',
				outcome: 'allow',
				rule: null,
				reason: 'granted',
				at: 0,
			});
			return report(returned);
		});
		await load(deck, 'a', 'one', policy('  environment:\n    allow:\n      - key: "HOME"\n'));
		deck.setWorld(world);
		await deck.call('one', {});
		expect(hostCalls(deck).map(({ target, outcome, source }) => [target, outcome, source])).toEqual([
			['TOKEN', 'deny', 'page'],
			['HOME', 'allow', 'sandbox'],
		]);
	});

	test('keeps the files that the policy lets it write', async () => {
		const content = new TextEncoder().encode('new');
		const deck = deckWith(async () =>
			report(returned, [{ kind: 'write', path: '/data/b.txt', content, modified: 1 }]),
		);
		await load(deck, 'a', 'one', writeData);
		deck.setWorld(world);
		await deck.call('one', {});
		expect(deck.world.files.get('/data/b.txt')).toMatchObject({ kind: 'file', size: 3 });
		expect(hostCalls(deck)).toEqual([]);
	});

	test.each([
		['a read-only grant', readData, '/data/a.txt'],
		['another directory', writeData, '/home/key'],
		['a path that climbs', writeData, '/data/../home/key'],
	])('refuses and records a forged change under %s', async (_name, text, path) => {
		const content = new Uint8Array();
		const deck = deckWith(async () => report(returned, [{ kind: 'write', path, content, modified: 1 }]));
		await load(deck, 'a', 'one', text);
		deck.setWorld(world);
		await deck.call('one', {});
		expect(deck.world.files).toEqual(world.files);
		expect(hostCalls(deck)).toMatchObject([{ outcome: 'deny', reason: 'forged', source: 'page' }]);
	});

	test('marks every field that the page did not establish as what the sandbox said', async () => {
		const said = {
			...{ operation: 'said-operation', target: 'https://a.example/said', access: 'write' as const },
			...{ result: 'said-result', detail: 'said-detail', duration: 98_765 },
			...{ rule: { text: 'said-rule', line: 77 } },
			...{ outcome: 'allow' as const, reason: 'granted' as const },
		};
		// What a row of the page has, and the code that took over a sandbox would like to have in its own.
		const posing = { kind: 'tool-call', id: 1, callId: 99, component: 'other', source: 'page', revision: 99 };
		const capabilities = ['storage', 'network', 'environment', 'clock', 'random', 'output'] as const;
		const operations = ['said-operation', 'get-environment', 'HEAD', 'keep write'];
		const told: HostCall[] = capabilities.flatMap((capability) =>
			operations.map((operation) => ({ ...posing, ...said, capability, operation, at: 1e12 })),
		);
		const run: Run = async (_program, _setup, ports) => {
			for (const call of told) ports.record(call);
			await ports.request({
				id: 1,
				method: 'GET',
				url: 'https://a.example/',
				headers: [],
				body: null,
			} as never);
			for (const call of told) ports.record({ ...call, at: -1e12 });
			return report(returned, [{ kind: 'write', path: '/etc/x', content: new Uint8Array(), modified: 5e12 }]);
		};
		let clock = 0;
		const deck = deckWith(run, { now: () => (clock += 1) });
		await load(deck, 'a', 'one', policy('  network:\n    allow:\n      - host: "a.example"\n'));
		deck.setWorld({ ...emptyWorld, variables: new Map([['KEPT', { value: 'back', secret: false }]]) });
		await deck.call('one', {});

		const rows = hostCalls(deck);
		const ofSandbox = rows.filter(({ source }) => source === 'sandbox');
		expect(ofSandbox).toHaveLength(2 * told.length);
		for (const row of ofSandbox) expect(row).toMatchObject({ kind: 'host-call', callId: 1, component: 'a' });
		const ofPage = rows.filter(({ source }) => source === 'page');
		expect(ofPage.map(({ operation, target }) => `${operation} ${target}`)).toEqual([
			'get-environment KEPT',
			'GET https://a.example/',
			'keep write /etc/x',
		]);
		for (const row of ofPage) {
			expect(JSON.stringify(row)).not.toMatch(/said|98765|77/);
			expect(row.duration ?? 0).toBeLessThan(1000);
		}
		// Times of rows are on the page's own clock, and go forward, whatever was told.
		const times = rows.map(({ at }) => at);
		expect(times).toEqual([...times].sort((one, other) => one - other));
		expect(Math.min(...times)).toBeGreaterThanOrEqual(0);
		expect(Math.max(...times)).toBeLessThan(clock);
	});

	test('is refused in the words of the release where the policy makes every call fail', async () => {
		const deck = deckWith();
		await load(deck, 'a', 'one', readData);
		expect(await deck.call('one', {})).toEqual({
			ok: false,
			error: { message: 'No such file or directory (os error 2)' },
		});
		expect(deck.activity).toMatchObject([{ kind: 'tool-call', status: 'error' }]);
	});

	test('goes on under the policy it started with', async () => {
		let finish = () => {};
		const seen: CallSetup[] = [];
		const deck = deckWith(async (_program, setup) => {
			seen.push(setup);
			await new Promise<void>((resolve) => (finish = resolve));
			return report(returned, [
				{ kind: 'write', path: '/data/b.txt', content: new Uint8Array(1), modified: 1 },
			]);
		});
		await load(deck, 'a', 'one', writeData);
		deck.setWorld(world);
		const call = deck.call('one', {});
		deck.setPolicy('a', policy('{}'));
		finish();
		await call;
		expect(deck.world.files.has('/data/b.txt')).toBe(true);
	});

	test('of a session that was replaced is stopped and leaves nothing', async () => {
		const deck = deckWith(
			(_program, _setup, _ports, { signal }) =>
				new Promise((resolve) =>
					signal?.addEventListener('abort', () =>
						resolve(report({ status: 'stopped' }, [{ kind: 'directory', path: '/data/x', modified: 0 }])),
					),
				),
		);
		await load(deck, 'a', 'one', writeData);
		deck.setWorld(world);
		const call = deck.call('one', {});
		deck.replace({ components: [], engine: deck.engine, world, limits: deck.limits, notes: {} });
		expect(await call).toMatchObject({ ok: true, value: { outcome: { status: 'stopped' } } });
		expect(deck.world).toBe(world);
		expect(deck.activity).toEqual([]);
	});

	test('ends with the character that its output broke off in', async () => {
		const deck = deckWith(async (_program, _setup, { output }) => {
			output('stdout', Uint8Array.of(0x61, 0xe2, 0x82));
			output('stderr', Uint8Array.of(0xf0));
			return report(returned);
		});
		await load(deck, 'a', 'one');
		const told: string[] = [];
		await deck.call('one', {}, { onOutput: (stream, text) => told.push(`${stream}: ${text}`) });
		expect(told).toEqual(['stdout: a', 'stdout: \ufffd', 'stderr: \ufffd']);
	});

	test('of a session that was replaced adds nothing to the record of the next one', async () => {
		const deck = deckWith(
			(_program, _setup, { record, output }, { signal }) =>
				new Promise((resolve) =>
					signal?.addEventListener('abort', () => {
						record({
							...{ capability: 'clock', operation: 'now', target: '', outcome: 'allow', rule: null },
							...{ reason: 'not-governed', at: 0 },
						});
						output('stdout', new TextEncoder().encode('late'));
						resolve(report({ status: 'stopped' }));
					}),
				),
		);
		await load(deck, 'a', 'one');
		const call = deck.call('one', {});
		deck.replace({ components: [], engine: deck.engine, world, limits: deck.limits, notes: {} });
		await call;
		expect(deck.activity).toEqual([]);
	});
});

describe('a session that was put aside', () => {
	const other = { components: [], engine: '0.3.0', world: emptyWorld, limits: defaultLimits, notes: {} };

	async function asideAndBack(deck: Deck) {
		const { components, engine, world, limits, notes, activity } = deck;
		deck.replace(other);
		expect([deck.components, deck.activity, deck.engine]).toEqual([[], [], '0.3.0']);
		deck.replace({ components, engine, world, limits, notes, activity });
	}

	test('comes back with its record, which is as up to date as it was', async () => {
		const deck = deckWith();
		await load(deck, 'a', 'one');
		await deck.call('one', {});
		const { components, activity, engine } = deck;
		expect(activity).toHaveLength(1);
		await asideAndBack(deck);
		expect(deck.components).toEqual(components);
		expect(deck.components[0]!.revision).toBe(components[0]!.revision);
		expect([deck.activity, deck.engine]).toEqual([activity, engine]);
	});

	test('gets a new revision with its next change', async () => {
		const deck = deckWith();
		await load(deck, 'a', 'one');
		const { revision } = deck.components[0]!;
		await asideAndBack(deck);
		deck.setPolicy('a', readData);
		expect(deck.components[0]!.revision).toBeGreaterThan(revision);
	});

	test('comes back with what ran in it stopped', async () => {
		const deck = deckWith(
			(_program, _setup, _ports, { signal }) =>
				new Promise((resolve) =>
					signal?.addEventListener('abort', () => resolve(report({ status: 'stopped' }))),
				),
		);
		await load(deck, 'a', 'one');
		const call = deck.call('one', {});
		await asideAndBack(deck);
		await call;
		expect(deck.activity).toMatchObject([{ kind: 'tool-call', status: 'stopped' }]);
	});
});

describe('a request of a guest', () => {
	const request = (url: string): PortRequest => ({
		method: 'GET',
		url,
		headers: [],
		body: null,
		timeouts: { connectMs: null, firstByteMs: null, betweenBytesMs: null },
	});

	async function ask(url: string, rules: string, world: Parameters<typeof worldOf>[0] = {}) {
		const fetched: string[] = [];
		const answers: PortResponse[] = [];
		const deck = deckWith(
			async (_program, _setup, ports) => {
				answers.push(await ports.request(request(url)));
				return report(returned);
			},
			{
				fetchLive: async ({ url }) => {
					fetched.push(url);
					return { ok: true, status: 204, headers: [], read: async () => null, cancel: () => {} };
				},
			},
		);
		await load(deck, 'a', 'one', policy(rules));
		deck.setWorld(worldOf(world));
		await deck.call('one', {});
		return { fetched, answer: answers[0], row: hostCalls(deck)[0], rows: hostCalls(deck).length };
	}

	const allowed = '  network:\n    allow:\n      - host: "api.example.com"\n';

	test('that the policy does not grant reaches nothing, whatever the sandbox thought of it', async () => {
		const { fetched, answer, row } = await ask('https://evil.test/', allowed);
		expect(fetched).toEqual([]);
		expect(answer).toMatchObject({ ok: false, error: { tag: 'HTTP-request-denied' } });
		expect(row).toMatchObject({
			outcome: 'deny',
			reason: 'no-rule',
			source: 'page',
			target: 'https://evil.test/',
		});
	});

	test('that it grants is fetched as it was parsed, and recorded once with the rule', async () => {
		const { fetched, row, rows } = await ask('HTTPS://API.example.com/a/../b', allowed);
		expect(fetched).toEqual(['https://api.example.com/b']);
		expect(row).toMatchObject({ outcome: 'allow', rule: { line: 5 }, result: '204', source: 'page' });
		expect(rows).toBe(1);
	});

	test.each(['https://api.example.com@evil.test/', 'http:/\\evil.test', 'not a url'])(
		'that is no clean URL is refused: %s',
		async (url) => {
			const { fetched, row } = await ask(url, allowed);
			expect(fetched).toEqual([]);
			expect(row?.outcome).toBe('deny');
		},
	);

	test('is answered by a route where the world has one', async () => {
		const routes = [{ url: 'https://api.example.com/*', status: 418, body: 'teapot' }];
		const { fetched, answer, row } = await ask('https://api.example.com/tea', allowed, {
			routes,
			network: 'routes-then-live',
		});
		expect(fetched).toEqual([]);
		expect(answer).toMatchObject({ ok: true, status: 418 });
		expect(row).toMatchObject({ result: '418', detail: 'Answered by the route https://api.example.com/*' });
	});

	test('is denied by the policy before a route is looked at', async () => {
		const { answer } = await ask('https://evil.test/', allowed, {
			routes: [{ url: 'https://evil.test/' }],
			network: 'routes',
		});
		expect(answer).toMatchObject({ ok: false, error: { tag: 'HTTP-request-denied' } });
	});

	test('without a route fails where the world has no live network', async () => {
		const { fetched, answer } = await ask('https://api.example.com/', allowed, { network: 'routes' });
		expect(fetched).toEqual([]);
		expect(answer).toMatchObject({ ok: false, error: { tag: 'destination-not-found' } });
	});
});
