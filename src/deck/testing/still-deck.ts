import type { LoadedComponent } from '../../component/program';
import { defaultLimits } from '../../core/call';
import { ok } from '../../core/result';
import { toolsOf } from '../../core/wit';
import { emptyWorld } from '../../core/world';
import { createDeck } from '../create-deck';
import type { Deck, DeckContents } from '../deck';
import type { DeckParts } from '../deck-parts';

const loaded: Omit<LoadedComponent, 'id'> = {
	...{ sha256: '0'.repeat(64), size: 1, wit: '', missing: [], standIns: [], notes: [] },
	tools: toolsOf([{ interface: null, name: 'run', params: [], result: null }]),
	program: { source: '', modules: [], imports: [], mode: 'jspi' },
};

/** A deck with the component `a`, whose tool is `run`; its clock stands still, and nothing runs unless `run` does. */
export async function stillDeck(run?: DeckParts['run']): Promise<Deck> {
	const deck = createDeck({
		loadComponent: async () => ok(loaded),
		run: run ?? (() => Promise.reject(new Error('Nothing runs here.'))),
		fetchLive: async () => ({ ok: false, error: { tag: 'connection-refused' } }),
		...{ now: () => 0, wallNow: () => 0, schedule: (task) => task(), wait: async () => {} },
	});
	await deck.load(new Uint8Array(1), 'a', { source: { file: 'a' }, policy: 'version: "1.0"\n' });
	return deck;
}

/** Another session, to take the place of one. */
export const otherSession: DeckContents = {
	...{ components: [], engine: '0.8.1', world: emptyWorld, limits: defaultLimits, notes: {} },
};
