import type { DBSchema, IDBPDatabase } from 'idb';
import type { Outgoing } from '../core/outlet';
import type { FileContents, Scenario } from '../core/scenario';
import { createDatabase } from '../storage/database';
import { headOf, namesOf, readHead, type SessionHead, type StoredHead } from './session-head';

/** A session as this browser keeps it. */
export interface SavedSession extends Pick<SessionHead, 'id' | 'name' | 'savedAt' | 'provisional'> {
	/** Values of secret variables are not in it, and contents of files only where `contents` has none. */
	readonly scenario: Scenario;
	/** Contents of large files, which are empty in the scenario; absent where there are none. */
	readonly contents?: FileContents;
}

/** Bytes of components by their digest. */
export type ComponentBytes = ReadonlyMap<string, Uint8Array>;

/** Sessions in this browser. Every method rejects where the browser keeps nothing: private mode, a full disk, storage switched off. */
export interface SessionStore {
	/** Newest first; what no version of this page has written is left out. */
	list(): Promise<readonly SessionHead[]>;
	/** Null where there is none, and where it can no longer be read. */
	get(id: string): Promise<SavedSession | null>;
	/**
	 * Keeps a session, in the place of one of the same id, with the bytes of its components. Contents that were put or read before, the
	 * same array and not merely an equal one, are not written again.
	 */
	put(session: Outgoing<SavedSession>, bytes: ComponentBytes): Promise<void>;
	rename(id: string, name: Outgoing<string>): Promise<void>;
	/** Returns what was removed, bytes included, for putting it back; null where it could not be read. */
	remove(id: string): Promise<{ readonly session: SavedSession; readonly bytes: ComponentBytes } | null>;
	/** The bytes of a component that some session holds; null where none does. */
	bytes(sha256: string): Promise<Uint8Array | null>;
	/** Removes everything. */
	clear(): Promise<void>;
}

/** How long the start of the page waits for its sessions. Those of an older page are read whole, once, which takes a while on a slow disk. */
const patienceMs = 10_000;

interface Schema extends DBSchema {
	/** What a list shows of a session, and what else of the database it holds. */
	heads: { key: string; value: StoredHead };
	/** Version 1 of the database had no heads: name and times are in its records too, and every content is in the scenario. */
	sessions: { key: string; value: { readonly id: string; readonly scenario: Scenario } };
	/** By digest. */
	components: { key: string; value: Uint8Array };
	/** Contents of files, by keys that heads have. */
	contents: { key: string; value: Uint8Array };
}

const everything = ['heads', 'sessions', 'components', 'contents'] as const;

/** The store in IndexedDB. It is opened at its first use. */
export function createSessionStore(name = 'tapedeck'): SessionStore {
	const database = createDatabase<Schema>(name, 2, async (db, from, _to, transaction) => {
		if (from < 1) {
			db.createObjectStore('sessions', { keyPath: 'id' });
			db.createObjectStore('components');
		}
		const heads = db.createObjectStore('heads', { keyPath: 'id' });
		db.createObjectStore('contents');
		let cursor = await transaction.objectStore('sessions').openCursor();
		for (; cursor; cursor = await cursor.continue()) {
			const head = readHead(cursor.value);
			if (head) await heads.put(head);
		}
	});
	/** What sessions were last put with, by id. */
	const lastPut = new Map<string, readonly string[]>();
	/** The keys of contents that were put or read by this page. Nobody changes an array in place. */
	const keys = new WeakMap<Uint8Array, string>();

	/** Removes what no session names any longer. */
	async function sweep(db: IDBPDatabase<Schema>): Promise<void> {
		const transaction = db.transaction(['heads', 'components', 'contents'], 'readwrite');
		const named = new Set((await transaction.objectStore('heads').getAll()).flatMap(namesOf));
		for (const from of ['components', 'contents'] as const) {
			const store = transaction.objectStore(from);
			for (const key of await store.getAllKeys()) if (!named.has(key)) await store.delete(key);
		}
		await transaction.done;
	}

	async function bytesOf(db: IDBPDatabase<Schema>, scenario: Scenario): Promise<ComponentBytes> {
		const found = new Map<string, Uint8Array>();
		for (const { sha256 } of scenario.components) {
			const bytes = sha256 && (await db.get('components', sha256));
			if (bytes) found.set(sha256, bytes);
		}
		return found;
	}

	async function read(db: IDBPDatabase<Schema>, id: string): Promise<SavedSession | null> {
		const transaction = db.transaction(everything);
		const head = await transaction.objectStore('heads').get(id);
		const body = await transaction.objectStore('sessions').get(id);
		if (!head || !body) return null;
		const contents = new Map<string, Uint8Array>();
		for (const [path, key] of head.contents) {
			const content = await transaction.objectStore('contents').get(key);
			if (!content) return null;
			contents.set(path, content);
			keys.set(content, key);
		}
		// It was written by some version of this page, or by something else: it is read as if it had come from outside.
		const { parseScenario } = await import('../core/scenario/read');
		const scenario = parseScenario(body.scenario);
		if (!scenario.ok) return null;
		const { name, savedAt, provisional } = head;
		return { id, name, savedAt, provisional, scenario: scenario.value, contents };
	}

	return {
		async list() {
			const heads = await database.use((db) => db.getAll('heads'), { patienceMs });
			return heads.flatMap((head) => readHead(head) ?? []).sort((a, b) => b.savedAt - a.savedAt);
		},
		get: (id) => database.use((db) => read(db, id)),
		put: (session, bytes) =>
			database.use(async (db) => {
				const { id, scenario, contents = new Map<string, Uint8Array>() } = session;
				const transaction = db.transaction(everything, 'readwrite');
				const components = transaction.objectStore('components');
				for (const [digest, content] of bytes) {
					if ((await components.getKey(digest)) === undefined) await components.put(content, digest);
				}
				const store = transaction.objectStore('contents');
				const put: (readonly [path: string, key: string, content: Uint8Array])[] = [];
				for (const [path, content] of contents) {
					// What another tab has swept away since has to be put again.
					const known = keys.get(content);
					const isThere = known !== undefined && (await store.getKey(known)) !== undefined;
					put.push([path, isThere ? known : await store.add(alone(content), newKey()), content]);
				}
				const head = headOf(
					session,
					put.map(([path, key]) => [path, key]),
				);
				await transaction.objectStore('heads').put(head);
				await transaction.objectStore('sessions').put({ id, scenario });
				await transaction.done;
				for (const [, key, content] of put) keys.set(content, key);
				const names = namesOf(head);
				const before = lastPut.get(id);
				lastPut.set(id, names);
				if (!before || before.some((name) => !names.includes(name))) await sweep(db);
			}),
		rename: (id, name) =>
			database.use(async (db) => {
				const transaction = db.transaction('heads', 'readwrite');
				const head = await transaction.store.get(id);
				if (head) await transaction.store.put({ ...head, name });
				await transaction.done;
			}),
		remove: (id) =>
			database.use(async (db) => {
				const session = await read(db, id);
				const bytes = session && (await bytesOf(db, session.scenario));
				const transaction = db.transaction(['heads', 'sessions'], 'readwrite');
				await transaction.objectStore('heads').delete(id);
				await transaction.objectStore('sessions').delete(id);
				await transaction.done;
				await sweep(db);
				return session && bytes ? { session, bytes } : null;
			}),
		bytes: (sha256) => database.use(async (db) => (await db.get('components', sha256)) ?? null),
		clear: () =>
			database.use(async (db) => {
				const transaction = db.transaction(everything, 'readwrite');
				for (const store of everything) await transaction.objectStore(store).clear();
				await transaction.done;
			}),
	};
}

/** An array whose buffer holds nothing else, as a database keeps the whole buffer. */
const alone = (bytes: Uint8Array) => (bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice());

const newKey = () =>
	Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join(
		'',
	);
