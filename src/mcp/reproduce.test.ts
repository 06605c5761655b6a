import { describe, expect, test } from 'vitest';
import { defaultLimits } from '../core/call';
import { releaseIds } from '../core/policy';
import { emptyWorld } from '../core/world';
import type { DeckContents, Notes } from '../deck/contents';
import { reproduce } from './reproduce';
import { fakeTool, FakeDeck, returned } from './testing/fake-deck';
import { openSession } from './testing/session';

/** A deck whose tool says which engine it runs under, and that remembers what worlds it was given. */
class RehearsalDeck extends FakeDeck {
	readonly given: DeckContents[] = [];

	override replace(contents?: DeckContents): void {
		if (!contents) return;
		this.given.push(contents);
		this.engine = contents.engine;
		this.changed();
	}
}

async function rehearsal() {
	const deck = new RehearsalDeck();
	deck.add('sayer', [fakeTool('engine')], () => returned(deck.engine < '0.6.0' ? { err: 'no' } : 'yes'));
	const { client } = await openSession(deck);
	const session = (notes: Notes) => ({
		components: deck.components,
		engine: '0.8.0',
		world: { ...emptyWorld, network: 'live' as const },
		limits: defaultLimits,
		notes,
	});
	return { deck, client, session };
}

const call = { tool: 'engine', arguments: {} };

describe('reproducing a scenario', () => {
	test('runs its calls under every release and says where they do as is expected', async () => {
		const { deck, client, session } = await rehearsal();
		const told: number[] = [];
		const made = await reproduce(
			session({ calls: [{ ...call, expect: { outcome: 'err' } }] }),
			{ deck, client },
			{ now: () => 0, onRun: ({ runs }) => told.push(runs.length) },
		);
		expect(made.expected).toBe('scenario');
		expect(made.runs.map(({ engine }) => engine)).toEqual(releaseIds);
		expect(made.runs.filter(({ behaves }) => behaves).map(({ engine }) => engine)).toEqual(
			releaseIds.filter((id) => id < '0.6.0'),
		);
		expect(made.runs[0]!.calls).toEqual([{ tool: 'engine', outcome: 'err', allowed: 0, denied: 0 }]);
		expect(made.runs.at(-1)!.difference).toContain('Expected an err');
		expect(told).toEqual(releaseIds.map((_, index) => index + 1));
	});

	test('sends nothing live, and leaves nothing of the session behind', async () => {
		const { deck, client, session } = await rehearsal();
		await reproduce(session({ calls: [call] }), { deck, client }, { now: () => 0 });
		expect(new Set(deck.given.slice(0, -1).map(({ world }) => world.network))).toEqual(new Set(['routes']));
		expect(deck.given.at(-1)).toMatchObject({ components: [], world: emptyWorld });
	});

	test('holds releases to what the engine of the session does where nothing is expected', async () => {
		const { deck, client, session } = await rehearsal();
		const made = await reproduce(session({ calls: [call] }), { deck, client }, { now: () => 0 });
		expect(made.expected).toBe('engine');
		expect(made.runs.filter(({ behaves }) => behaves === false).map(({ engine }) => engine)).toEqual(
			releaseIds.filter((id) => id < '0.6.0'),
		);
	});

	test('asks the what-if rows of every release, and one that names an engine of that alone', async () => {
		const { deck, client, session } = await rehearsal();
		const request = { kind: 'environment', key: 'A' } as const;
		const made = await reproduce(
			session({ expectations: [{ request, outcome: 'allow', engine: '0.4.0', component: 'sayer' }] }),
			{ deck, client },
			{ now: () => 0, engines: ['0.4.0', '0.5.0'] },
		);
		expect(made.runs.map(({ behaves }) => behaves)).toEqual([false, true]);
	});

	test('stops where it is told to', async () => {
		const { deck, client, session } = await rehearsal();
		const stop = new AbortController();
		const made = await reproduce(
			session({ calls: [call] }),
			{ deck, client },
			{ now: () => 0, signal: stop.signal, onRun: () => stop.abort() },
		);
		expect(made.runs).toHaveLength(1);
	});
});
