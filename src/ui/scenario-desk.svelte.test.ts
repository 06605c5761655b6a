import { afterEach, describe, expect, test, vi } from 'vitest';
import { err, ok } from '../core/result';
import type { SavedSession, SessionStore } from '../deck/session-store';
import { stillDeck } from '../deck/testing/still-deck';
import { RunMarker } from '../deck/run-marker';
import type { SessionParts } from './parts';
import { ScenarioDesk } from './scenario-desk.svelte';
import { Notices } from './shell/notices.svelte';

/** Of the component that both sessions have: one byte, which is 0. */
const digest = '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d';

/** A browser that keeps two sessions; `bytes` are those it has of their components. */
async function rig(bytes: SessionStore['bytes'] = async () => null) {
	const kept = new Map<string, SavedSession>();
	for (const [savedAt, id] of ['other', 'last'].entries())
		kept.set(id, {
			...{ id, name: id, savedAt },
			scenario: {
				version: 1,
				title: id,
				components: [{ id: 'c', source: { file: 'c' }, sha256: digest, policy: null }],
			},
		});
	const headOf = ({ id, name, savedAt }: SavedSession) => ({ id, name, savedAt, components: [] });
	const store = {
		list: async () => [...kept.values()].reverse().map(headOf),
		get: async (id: string) => ok(kept.get(id)!),
		async put(session: SavedSession) {
			kept.set(session.id, session);
			return ok(headOf(session));
		},
		held: () => ({ savedAt: [], digests: [], keyOf: () => undefined }),
		bytes,
	} as unknown as SessionStore;
	const deck = await stillDeck();
	const notices = new Notices();
	const session = {
		...{
			live: { deck },
			layout: {},
			lessons: { isInDeck: false },
			loads: { sample: async () => {} },
			notices,
		},
		...{ opened: { show: () => {} }, overlays: { close: () => {} }, undo: {} },
	} as unknown as ConstructorParameters<typeof ScenarioDesk>[0];
	const parts = { deck, store, runs: new RunMarker(), fetchSource: async () => err('It is gone.') };
	const desk = new ScenarioDesk(session, parts as unknown as SessionParts);
	const titles = () => [...kept.values()].map(({ id, scenario }) => `${id}: ${scenario.title}`);
	return { desk, deck, kept, titles, notices };
}

const head = (id: string) => ({ id, name: id, savedAt: 0, components: [] });

afterEach(() => {
	localStorage.clear();
	sessionStorage.clear();
});

describe('a session that cannot be restored', () => {
	test('stays as it was kept, whatever a person does to what is shown in its place', async () => {
		const { desk, deck, titles } = await rig();
		await desk.start({ sample: 'files' });
		deck.setNotes({ title: 'of the sample' });
		await desk.sessions.keep();
		expect(titles()).toEqual(['other: other', 'last: last', expect.stringMatching(/: of the sample$/)]);
	});

	test('leaves the tab with the one it had', async () => {
		const { desk, deck, titles, notices } = await rig();
		await desk.sessions.resume();
		desk.sessions.follow(false);
		await desk.openSaved(head('other'));
		expect(notices.all.at(-1)?.text).toContain('could not be restored');
		deck.setNotes({ title: 'changed' });
		await desk.sessions.keep();
		expect(titles()).toEqual(['other: other', 'last: changed']);
	});
});

describe('a session that is on its way', () => {
	test('is not written over by the one that is there until then, which keeps what was changed meanwhile', async () => {
		const comes: (() => void)[] = [];
		const { desk, deck, titles } = await rig(
			() => new Promise((resolve) => comes.push(() => resolve(new Uint8Array(1)))),
		);
		await desk.sessions.resume();
		desk.sessions.follow(false);
		const opened = desk.openSaved(head('other'));
		await vi.waitFor(() => expect(comes).toHaveLength(1));
		deck.setNotes({ title: 'changed' });
		await desk.sessions.keep();
		expect(titles()).toEqual(['other: other', 'last: changed']);
		deck.setNotes({ title: 'changed again' });
		comes[0]!();
		await opened;
		expect(titles()).toEqual(['other: other', 'last: changed again']);
		deck.setNotes({ title: 'landed' });
		await desk.sessions.keep();
		expect(titles()).toEqual(['other: landed', 'last: changed again']);
	});
});
