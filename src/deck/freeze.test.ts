import { describe, expect, test } from 'vitest';
import { worldOf } from '../core/scenario';
import { createDeck } from './create-deck';
import { freezeDeck, unfreezeDeck } from './freeze';
import { ok } from '../core/result';
import { toolsOf } from '../core/wit';
import { captureScenario, openScenario } from './scenario';

const policy =
	'version: "1.0"\npermissions:\n  storage:\n    allow:\n      - uri: "fs:///data"\n        access: ["read", "write"]\n';

/** A deck with one component, whose tool `write` puts a file into /data. */
async function deckWithWriter() {
	const deck = createDeck({
		loadComponent: async () =>
			ok({
				...{ sha256: '0'.repeat(64), size: 1, wit: '', missing: [], standIns: [], notes: [] },
				program: { source: '', modules: [], imports: [], mode: 'jspi' },
				tools: toolsOf([{ interface: null, name: 'write', params: [], result: null }]),
			}),
		run: async () => ({
			outcome: { status: 'returned', json: null, isErr: false },
			times: { startMs: 0, instantiateMs: 0, runMs: 0, hostMs: 0, hostCalls: 0, peakMemoryBytes: 0 },
			changes: [{ kind: 'write', path: '/data/new.txt', content: new Uint8Array(1), modified: 9 }],
		}),
		fetchLive: async () => ({ ok: false, error: { tag: 'connection-refused' } }),
		...{ now: () => 0, wallNow: () => 1_700_000_000_000, schedule: queueMicrotask, wait: async () => {} },
	});
	await deck.load(new Uint8Array(1), 'a', { source: { file: 'a.wasm' }, policy });
	deck.setWorld(worldOf({ files: { '/data/old.txt': 'old' } }));
	return deck;
}

describe('freezing a session', () => {
	test('saves the calls that were made, and puts files back to before the first', async () => {
		const deck = await deckWithWriter();
		await deck.call('write', {});
		expect(deck.world.files.has('/data/new.txt')).toBe(true);
		freezeDeck(deck, { now: 0, seed: 's' });
		expect(deck.world.files.has('/data/new.txt')).toBe(false);
		expect(deck.world.files.has('/data/old.txt')).toBe(true);
		expect(deck.world).toMatchObject({
			clock: { start: '2023-11-14T22:13:20.000Z' },
			random: { seed: 's' },
			network: 'routes',
		});
		expect(deck.notes.calls).toEqual([
			{ tool: 'write', arguments: {}, expect: { outcome: 'result', activity: [] } },
		]);
	});

	test('leaves saved calls as they are', async () => {
		const deck = await deckWithWriter();
		deck.setNotes({ calls: [{ tool: 'mine', arguments: {} }] });
		await deck.call('write', {});
		freezeDeck(deck, { now: 0, seed: 's' });
		expect(deck.notes.calls).toEqual([{ tool: 'mine', arguments: {} }]);
	});

	test('can be taken back, and undone for good', async () => {
		const deck = await deckWithWriter();
		const world = deck.world;
		const { before } = freezeDeck(deck, { now: 0, seed: 's' });
		expect(before.world).toBe(world);
		unfreezeDeck(deck);
		expect(deck.world).toMatchObject({ clock: 'live', random: 'live', network: 'routes-then-live' });
	});

	test('gives the same world to whoever opens it', async () => {
		const deck = await deckWithWriter();
		freezeDeck(deck, { now: 0, seed: 's' });
		const other = await deckWithWriter();
		const scenario = captureScenario(deck);
		const opened = await openScenario(
			other,
			{
				...scenario,
				components: scenario.components.map((component) => ({ ...component, sha256: undefined })),
			},
			{ fetchSource: async () => ok(new Uint8Array(1)), now: 77 },
		);
		expect(opened).toEqual({ ok: true, value: undefined });
		expect({ ...other.world, files: [...other.world.files] }).toEqual({
			...deck.world,
			files: [...deck.world.files],
		});
	});
});

describe('opening a scenario', () => {
	test('brings back that stand-ins answer, and that they do not', async () => {
		const deck = await deckWithWriter();
		const fetchSource = async () => ok(new Uint8Array(1));
		for (const standsIn of [true, false]) {
			deck.setStandIns('a', standsIn);
			const { components } = captureScenario(deck);
			expect(components[0]?.standIns).toBe(standsIn || undefined);
			const other = await deckWithWriter();
			other.setStandIns('a', !standsIn);
			const scenario = { version: 1, components: [{ ...components[0]!, sha256: undefined }] } as const;
			expect(await openScenario(other, scenario as never, { fetchSource, now: 0 })).toMatchObject({
				ok: true,
			});
			expect(other.components[0]?.standsIn ?? false).toBe(standsIn);
		}
	});

	test('refuses other bytes than it names before anything looks at them', async () => {
		const deck = await deckWithWriter();
		const before = deck.components;
		const opened = await openScenario(
			deck,
			{
				version: 1,
				components: [
					{ id: 'b', source: { url: 'https://a.example/b.wasm' }, sha256: 'a'.repeat(64), policy: null },
				],
			},
			{ fetchSource: async () => ok(new Uint8Array(1)), now: 0, onStep: () => expect.unreachable() },
		);
		expect(opened.ok ? null : opened.error).toMatch(
			/not the one that this scenario was made with.*Nothing of it was used/,
		);
		expect(deck.components).toBe(before);
	});
});
