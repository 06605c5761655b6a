import { own } from '../core/outlet';
import { seal } from '../core/outlet/outgoing';
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { inflateSync, strFromU8 } from 'fflate';
import { openDB } from 'idb';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { fromBase64Url } from '../core/base64';
import { parseJson } from '../core/json';
import type { Scenario } from '../core/scenario';
import kept from './fixtures/kept.v2.json';
import { createSessionStore } from './session-store';

const scenario: Scenario = {
	version: 1,
	components: [{ id: 'a', source: { file: 'a.wasm' }, sha256: 'a'.repeat(64), policy: null }],
};
const bytes = new Map([['a'.repeat(64), Uint8Array.of(0, 97, 115, 109)]]);
const session = (savedAt: number, changes: Partial<Scenario> = {}) =>
	seal({ ...{ id: 'one', name: null, savedAt }, scenario: { ...scenario, ...changes } });

beforeEach(() => vi.stubGlobal('indexedDB', new IDBFactory()));

/** Writes into the database as some other version of the page might have. */
async function write(body: unknown, savedAt = 1) {
	await createSessionStore().list();
	const db = await openDB('tapedeck', 2);
	await db.put('heads', { id: 'one', name: 'Old', savedAt, components: ['a'], digests: [], contents: [] });
	await db.put('sessions', { id: 'one', scenario: body });
	db.close();
}

const read = async (store = createSessionStore()) => {
	const found = await store.get('one');
	return found?.ok ? found.value.scenario : (found?.error ?? null);
};

describe('a session that was kept before the bounds were one', () => {
	// Never edited: what was once kept opens for ever.
	test.each(kept)('opens with $name', async ({ record }) => {
		const text = strFromU8(inflateSync(fromBase64Url(record)!));
		const stored = parseJson(text, { length: 2 ** 22 });
		if (!stored.ok) throw new Error(stored.error.message);
		await write(stored.value);
		expect(await read()).toEqual(stored.value);
	});
});

describe('a kept session', () => {
	test('that does not come to its end is given up for now, and is there when the database answers again', async () => {
		const store = createSessionStore('tapedeck', 5);
		await store.list();
		// Another connection has everything to itself.
		const db = await openDB('tapedeck', 2);
		const hold = db.transaction([...db.objectStoreNames], 'readwrite');
		let held = true;
		const holding = (async () => {
			while (held) await hold.objectStore('heads').count();
		})();
		await expect(store.put(session(1), bytes)).rejects.toMatchObject({ name: 'TimeoutError' });
		held = false;
		await holding;
		db.close();
		await vi.waitFor(async () => expect(await read(store)).toEqual(scenario));
	});

	test('is not replaced by one that could not be read again', async () => {
		const store = createSessionStore();
		expect(await store.put(session(1), bytes)).toMatchObject({ ok: true });
		const unfit = await store.put(session(2, { engine: 5 as never }), bytes);
		expect(unfit).toMatchObject({
			ok: false,
			error: { kind: 'unfit', why: expect.stringContaining('engine') },
		});
		expect(await read()).toEqual(scenario);
	});

	test('is not replaced by a page that does not know what it holds now', async () => {
		const [first, second] = [createSessionStore(), createSessionStore()];
		await first.put(session(1), bytes);
		await read(second);
		expect(await second.put(session(2, { title: 'second' }), bytes)).toMatchObject({ ok: true });
		expect(await first.put(session(3, { title: 'first' }), bytes)).toEqual({
			ok: false,
			error: { kind: 'elsewhere' },
		});
		expect(await read()).toMatchObject({ title: 'second' });
	});

	test('that was put as the page was put aside is put once more as this page’s own', async () => {
		expect(await createSessionStore().put(session(1), bytes)).toMatchObject({ ok: true });
		expect(await createSessionStore().put(session(1), bytes)).toMatchObject({ ok: true });
		expect(await createSessionStore().put(session(2), bytes)).toMatchObject({ ok: false });
	});

	test('keeps the name that another page gave it', async () => {
		const [first, second] = [createSessionStore(), createSessionStore()];
		await first.put(session(1), bytes);
		await second.rename('one', own('Named there'));
		expect(await first.put(session(2), bytes)).toMatchObject({ ok: true, value: { name: 'Named there' } });
	});

	test('stays as it was where there is no room for the next', async () => {
		const store = createSessionStore();
		await store.put(session(1), bytes);
		const full = new DOMException('no room', 'QuotaExceededError');
		const add = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
			throw full;
		});
		await expect(store.put(session(2, { title: 'more' }), bytes)).rejects.toBe(full);
		add.mockRestore();
		expect(await read()).toEqual(scenario);
		expect(await store.put(session(3, { title: 'more' }), bytes)).toMatchObject({ ok: true });
	});
});

describe('a session that cannot be read', () => {
	const broken = { version: 1, components: 'none', mine: 'words' };

	test('says why, and comes as text for a download', async () => {
		await write(broken);
		expect(await read()).toEqual({
			why: expect.stringContaining('components'),
			text: expect.stringContaining('"mine": "words"'),
		});
	});

	test('stays in the list, and nothing is put in its place', async () => {
		await write(broken);
		const store = createSessionStore();
		await store.get('one');
		expect(await store.list()).toMatchObject([{ id: 'one', name: 'Old' }]);
		expect(await store.put(session(5), bytes)).toMatchObject({ ok: false, error: { kind: 'elsewhere' } });
		expect(await read()).toMatchObject({ text: expect.stringContaining('words') });
	});

	test('comes back whole when its removal is taken back', async () => {
		await write(broken);
		const store = createSessionStore();
		const before = await read(store);
		const putBack = await store.remove('one');
		expect(await store.list()).toEqual([]);
		await putBack?.();
		expect(await read(store)).toEqual(before);
	});
});

test('a session that was removed comes back with its bytes and contents', async () => {
	const store = createSessionStore();
	const content = new Uint8Array(70_000).fill(7);
	const world = { files: { '/big': '' } };
	await store.put(seal({ ...session(1, { world }), contents: new Map([['/big', content]]) }), bytes);
	const putBack = await store.remove('one');
	expect(await store.bytes('a'.repeat(64))).toBeNull();
	await putBack?.();
	expect(await store.bytes('a'.repeat(64))).toEqual(bytes.get('a'.repeat(64)));
	expect(await store.get('one')).toMatchObject({
		ok: true,
		value: { contents: new Map([['/big', content]]) },
	});
});

test('contents that another tab has swept away are put again', async () => {
	const store = createSessionStore();
	const content = Uint8Array.of(1, 2, 3);
	const world = { files: { '/big': { base64: '' } } };
	const withContent = (savedAt: number) =>
		seal({ ...session(savedAt, { world }), contents: new Map([['/big', content]]) });
	await store.put(withContent(1), bytes);
	const db = await openDB('tapedeck', 2);
	await db.clear('contents');
	db.close();
	await store.put(withContent(2), bytes);
	expect(await createSessionStore().get('one')).toMatchObject({
		value: { contents: new Map([['/big', content]]) },
	});
});
