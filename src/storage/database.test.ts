import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createDatabase, expiryMark } from './database';
import { createPageRest } from './page-rest';

const put = (event: string, persisted: boolean, target: EventTarget) =>
	target.dispatchEvent(Object.assign(new Event(event), { persisted }));

beforeEach(() => vi.stubGlobal('indexedDB', new IDBFactory()));
afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
	performance.clearMarks();
});

function pageWithDatabase() {
	const target = new EventTarget();
	const rest = createPageRest(target);
	const database = createDatabase<{ things: { key: string; value: number } }>(
		'test',
		1,
		(db) => void db.createObjectStore('things'),
		rest,
	);
	return { target, database };
}

describe('a page that is put aside', () => {
	test('has no transaction open, and does what was ended once more when it is back', async () => {
		const { target, database } = pageWithDatabase();
		const begun: IDBTransaction[] = [];
		const ended: string[] = [];
		let go = () => {};
		const first = new Promise<void>((resolve) => (go = resolve));
		const writing = database.use(async (db) => {
			const transaction = db.transaction('things', 'readwrite');
			begun.push(transaction as unknown as IDBTransaction);
			transaction.addEventListener('abort', () => ended.push('abort'));
			await transaction.store.put(begun.length, 'a');
			go();
			await transaction.store.put(begun.length, 'b');
			await transaction.done;
		});
		await first;
		put('pagehide', true, target);
		await vi.waitFor(() => expect(ended).toEqual(['abort']));
		expect(begun).toHaveLength(1);
		put('pageshow', true, target);
		await writing;
		expect(begun).toHaveLength(2);
		expect(await database.use((db) => db.get('things', 'b'))).toBe(2);
	});

	test('begins nothing before it is back', async () => {
		const { target, database } = pageWithDatabase();
		await database.use((db) => db.put('things', 1, 'a'));
		put('pagehide', true, target);
		const work = vi.fn(async () => 5);
		const using = database.use(work);
		await new Promise((resolve) => setTimeout(resolve));
		expect(work).not.toHaveBeenCalled();
		put('pageshow', true, target);
		expect(await using).toBe(5);
	});

	test('goes on where it is left for good, so that what is being written still may be', async () => {
		const { target, database } = pageWithDatabase();
		put('pagehide', false, target);
		await database.use((db) => db.put('things', 1, 'a'));
		expect(await database.use((db) => db.get('things', 'a'))).toBe(1);
	});
});

test('what fails by itself is not begun anew', async () => {
	const { database } = pageWithDatabase();
	const work = vi.fn(() => Promise.reject(new Error('mine')));
	await expect(database.use(work)).rejects.toThrow('mine');
	expect(work).toHaveBeenCalledTimes(1);
});

test('a patience that runs out leaves a mark', async () => {
	const { database } = pageWithDatabase();
	const using = database.use(() => new Promise(() => {}), { patienceMs: 5 });
	await expect(using).rejects.toThrow('does not answer');
	expect(performance.getEntriesByName(expiryMark)).toHaveLength(1);
});

test('a newer page in another tab goes on at once, and the older one is told that it keeps nothing any more', async () => {
	const { database } = pageWithDatabase();
	await database.use((db) => db.put('things', 1, 'a'));
	const newer = createDatabase<{ things: { key: string; value: number } }>(
		'test',
		2,
		() => {},
		createPageRest(new EventTarget()),
	);
	expect(await newer.use((db) => db.get('things', 'a'))).toBe(1);
	await expect(database.use((db) => db.put('things', 2, 'a'))).rejects.toMatchObject({
		name: 'VersionError',
	});
	expect(await newer.use((db) => db.get('things', 'a'))).toBe(1);
});
