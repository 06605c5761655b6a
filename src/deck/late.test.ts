import { describe, expect, test } from 'vitest';
import { defaultLimits } from '../core/call';
import { ok } from '../core/result';
import { emptyWorld } from '../core/world';
import type { LoadedComponent } from '../component/program';
import { createDeck } from './create-deck';
import { openScenario } from './scenario';

const loaded: Omit<LoadedComponent, 'id'> = {
	...{ sha256: '0'.repeat(64), size: 1, tools: [], wit: '', missing: [], standIns: [], notes: [] },
	program: { source: '', modules: [], imports: [], mode: 'jspi' },
};

/** A deck whose loads end when the test says so, by the first byte of what is loaded. */
function rig() {
	const ends = new Map<number, () => void>();
	const deck = createDeck({
		loadComponent: ([first]) =>
			new Promise((resolve) => ends.set(first!, () => resolve(ok({ ...loaded, size: first! })))),
		run: () => Promise.reject(new Error('Nothing runs here.')),
		fetchLive: async () => ({ ok: false, error: { tag: 'connection-refused' } }),
		...{ now: () => 0, wallNow: () => 0, schedule: (task) => task(), wait: async () => {} },
	});
	const load = (first: number, id: string, world?: Parameters<typeof deck.load>[2]['world']) =>
		deck.load(Uint8Array.of(first), id, { source: { file: id }, policy: null, world });
	return { deck, load, end: (first: number) => ends.get(first)!() };
}

const other = {
	components: [],
	engine: '0.8.1',
	world: emptyWorld,
	limits: defaultLimits,
	notes: { title: 'T' },
};

describe('a load that ends late', () => {
	test('does not land in the session that replaced its own, and brings no world there', async () => {
		const { deck, load, end } = rig();
		const late = load(1, 'late', (world) => ({ ...world, arguments: ['late'] }));
		deck.replace(other);
		end(1);
		expect(await late).toMatchObject({ ok: false, error: expect.stringContaining('replaced meanwhile') });
		expect([deck.components, deck.world]).toEqual([[], emptyWorld]);
	});

	test('does not take the place of a newer load of the same id', async () => {
		const { deck, load, end } = rig();
		const [older, newer] = [load(1, 'a'), load(2, 'a')];
		end(2);
		await newer;
		end(1);
		expect(await older).toMatchObject({ ok: false, error: expect.stringContaining('newer load') });
		expect(deck.components.map(({ size }) => size)).toEqual([2]);
	});

	test('counts from when it was asked for, not from when its bytes had come', async () => {
		const { deck, load, end } = rig();
		const began = deck.begin();
		const newer = load(2, 'a');
		const older = deck.load(Uint8Array.of(1), 'a', { source: { file: 'a' }, policy: null, began });
		end(1);
		end(2);
		await Promise.all([older, newer]);
		expect(deck.components.map(({ size }) => size)).toEqual([2]);
	});

	test('lands where the newer one failed to come', async () => {
		const { deck, load, end } = rig();
		const older = load(1, 'a');
		void load(2, 'a');
		end(1);
		expect((await older).ok).toBe(true);
		expect(deck.components).toHaveLength(1);
	});

	test('brings its world as it lands', async () => {
		const { deck, load, end } = rig();
		const landing = load(1, 'a', (world) => ({ ...world, arguments: ['x'] }));
		expect(deck.world.arguments).toEqual([]);
		end(1);
		await landing;
		expect(deck.world.arguments).toEqual(['x']);
	});
});

describe('two scenarios that are opened at once', () => {
	const scenario = (title: string) => ({
		...{ version: 1 as const, title },
		components: [{ id: 'a', source: { file: title }, policy: null }],
	});
	const open = (deck: Parameters<typeof openScenario>[0], title: string, first: number) =>
		openScenario(deck, scenario(title), { fetchSource: async () => ok(Uint8Array.of(first)), now: 0 });
	/** Until a load of these bytes is under way. */
	const settle = async (end: () => void) => {
		for (;;) {
			try {
				return end();
			} catch {
				await new Promise((resolve) => setTimeout(resolve));
			}
		}
	};

	test.each([
		['the older one ends last', [2, 1]],
		['the newer one ends last', [1, 2]],
	])('leave the newer one where %s', async (_name, order) => {
		const { deck, end } = rig();
		const both = [open(deck, 'older', 1), open(deck, 'newer', 2)];
		for (const first of order) {
			await settle(() => end(first));
			await both[first - 1];
		}
		expect(deck.notes.title).toBe('newer');
	});
});

test('a scenario that is cancelled while the session before it is being kept takes no place', async () => {
	const { deck } = rig();
	const stop = new AbortController();
	const opened = await openScenario(
		deck,
		{ version: 1, title: 'T', components: [] },
		{
			...{ fetchSource: async () => ok(new Uint8Array()), now: 0, signal: stop.signal },
			beforeReplace: async () => stop.abort(),
		},
	);
	expect([opened.ok, deck.notes.title]).toEqual([false, undefined]);
});

describe('what is on record', () => {
	test('is not out of date when the clock, the random source or a route of the world changes', async () => {
		const { deck, load, end } = rig();
		const landing = load(1, 'a');
		end(1);
		await landing;
		const { revision } = deck.components[0]!;
		deck.setWorld({ ...deck.world, clock: { start: '2026-01-01T00:00:00Z' }, random: { seed: '1' } });
		expect(deck.components[0]!.revision).toBe(revision);
		deck.setWorld({ ...deck.world, variables: new Map([['A', { value: '1', secret: false }]]) });
		expect(deck.components[0]).toMatchObject({ revised: 'variables' });
		expect(deck.components[0]!.revision).toBeGreaterThan(revision);
	});
});
