import { seal } from '../core/outlet/outgoing';
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Scenario } from '../core/scenario';
import { forgetJournal, readJournals, writeJournal } from './session-journal';
import { createSessionStore } from './session-store';

const digest = 'a'.repeat(64);
const bytes = new Map([[digest, Uint8Array.of(0, 97, 115, 109)]]);
const session = (savedAt: number, changes: Partial<Scenario> = {}) =>
	seal({
		...{ id: 'one', name: 'Mine', savedAt },
		scenario: {
			version: 1 as const,
			components: [{ id: 'a', source: { file: 'a.wasm' }, sha256: digest, policy: null }],
			...changes,
		},
	});

function memory(room = Infinity) {
	const items = new Map<string, string>();
	return {
		get length() {
			return items.size;
		},
		key: (index: number) => [...items.keys()][index] ?? null,
		getItem: (name: string) => items.get(name) ?? null,
		setItem(name: string, value: string) {
			if (value.length > room) throw new DOMException('full', 'QuotaExceededError');
			items.set(name, value);
		},
		removeItem: (name: string) => void items.delete(name),
	};
}

beforeEach(() => vi.stubGlobal('indexedDB', new IDBFactory()));

/** The next page of the browser: takes in what was written down, and reads the session. */
async function start(storage: ReturnType<typeof memory>) {
	const store = createSessionStore();
	const entries = readJournals(storage);
	for (const entry of entries) {
		await store.fold(entry);
		forgetJournal(storage, entry.head.id);
	}
	const all = await store.list();
	const found = await store.get('one');
	return { store, entries, all, session: found?.ok ? found.value : null };
}

describe('what is written down when a page is left', () => {
	test('is in the session of the next page', async () => {
		const store = createSessionStore();
		await store.put(session(1), bytes);
		const storage = memory();
		writeJournal(storage, session(2, { title: 'late' }), bytes, store.held('one'));
		expect((await start(storage)).session).toMatchObject({ name: 'Mine', scenario: { title: 'late' } });
		expect(storage.length).toBe(0);
	});

	test('goes on from what was just being put, whether that came through or not', async () => {
		const store = createSessionStore();
		await store.put(session(1), bytes);
		const putting = store.put(session(2, { title: 'second' }), bytes);
		const storage = memory();
		writeJournal(storage, session(3, { title: 'third' }), bytes, store.held('one'));
		await putting;
		const { all, session: found } = await start(storage);
		expect(all).toHaveLength(1);
		expect(found).toMatchObject({ scenario: { title: 'third' } });
	});

	test('brings the bytes of a new component and the content of a new file along', async () => {
		const storage = memory();
		const content = new TextEncoder().encode('x'.repeat(70_000));
		const world = { files: { '/big': '' } };
		const left = seal({ ...session(1, { world }), contents: new Map([['/big', content]]) });
		expect(writeJournal(storage, left, bytes, createSessionStore().held('one'))).toBe('whole');
		const { store, session: found } = await start(storage);
		expect(await store.bytes(digest)).toEqual(bytes.get(digest));
		expect(found?.scenario.world?.files).toEqual({ '/big': 'x'.repeat(70_000) });
	});

	test('names the content of a file that is kept already', async () => {
		const store = createSessionStore();
		const contents = new Map([['/big', new Uint8Array(70_000).fill(7)]]);
		const world = { files: { '/big': '' } };
		await store.put(seal({ ...session(1, { world }), contents }), bytes);
		const storage = memory();
		const late = seal({ ...session(2, { world, title: 'late' }), contents });
		writeJournal(storage, late, bytes, store.held('one'));
		expect(storage.getItem('tapedeck:left:one')!.length).toBeLessThan(1000);
		const { session: found } = await start(storage);
		expect(found?.scenario.title).toBe('late');
		expect(found?.contents).toEqual(contents);
	});

	test('says what was too large to be written down, and has the rest', async () => {
		const storage = memory();
		const large = new Map([[digest, new Uint8Array(3 * 2 ** 20)]]);
		const written = writeJournal(
			storage,
			session(1, { title: 'late' }),
			large,
			createSessionStore().held('one'),
		);
		expect(written).toBe('part');
		const { entries, session: found } = await start(storage);
		expect(entries[0]?.lost).toEqual(['a']);
		expect(found?.scenario).toMatchObject({ title: 'late', components: [] });
	});

	test('stands beside a session that another page has put since', async () => {
		const [first, second] = [createSessionStore(), createSessionStore()];
		await first.put(session(1), bytes);
		const storage = memory();
		writeJournal(storage, session(3, { title: 'first' }), bytes, first.held('one'));
		await second.get('one');
		await second.put(session(2, { title: 'second' }), bytes);
		const { all, session: found } = await start(storage);
		expect(found).toMatchObject({ scenario: { title: 'second' } });
		expect(all.map(({ title }) => title).sort()).toEqual(['first', 'second']);
	});

	test('is taken in once, where a page goes away before it can forget it', async () => {
		const store = createSessionStore();
		await store.put(session(1), bytes);
		const storage = memory();
		writeJournal(storage, session(2, { title: 'late' }), bytes, store.held('one'));
		for (const entry of readJournals(storage)) await store.fold(entry);
		const { all, session: found } = await start(storage);
		expect(all.map(({ title }) => title)).toEqual(['late']);
		expect(found?.scenario.title).toBe('late');
	});

	test('is taken in although the clock was put back since, and beside what another page kept later', async () => {
		const store = createSessionStore();
		await store.put(session(10), bytes);
		const storage = memory();
		writeJournal(storage, session(5, { title: 'late' }), bytes, store.held('one'));
		expect((await start(storage)).session).toMatchObject({ scenario: { title: 'late' } });
		const other = createSessionStore();
		await other.get('one');
		writeJournal(storage, session(6, { title: 'left' }), bytes, other.held('one'));
		await other.put(session(20, { title: 'later' }), bytes);
		const { all } = await start(storage);
		expect(all.map(({ title }) => title).sort()).toEqual(['later', 'left']);
	});

	test('is nothing where there is no room', () => {
		const held = createSessionStore().held('one');
		expect(writeJournal(memory(10), session(1), bytes, held)).toBe('nothing');
		const text = { title: 'x'.repeat(3 * 2 ** 20) };
		expect(writeJournal(memory(), session(1, text), bytes, held)).toBe('nothing');
	});
});

test('what is no entry is passed over', () => {
	const storage = memory();
	for (const text of ['', '{', '[]', '5', '{"head":5}']) storage.setItem(`tapedeck:left:${text}`, text);
	storage.setItem('other', '{}');
	expect(readJournals(storage)).toEqual([]);
});
