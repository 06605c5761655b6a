import type { DBSchema, IDBPDatabase } from 'idb';
import type { Scenario } from '../core/scenario';
import { createDatabase } from '../storage/database';

/** A session as this browser keeps it. */
export interface SavedSession {
	readonly id: string;
	/** As a person named it; null for one that nobody named. */
	readonly name: string | null;
	/** Milliseconds since the epoch. */
	readonly savedAt: number;
	/** Values of secret variables are not in it. */
	readonly scenario: Scenario;
	/** It only shows a sample that nobody changed. */
	readonly provisional?: boolean;
}

/** Bytes of components by their digest. */
export type ComponentBytes = ReadonlyMap<string, Uint8Array>;

/** Sessions in this browser. Every method rejects where the browser keeps nothing: private mode, a full disk, storage switched off. */
export interface SessionStore {
	/** Newest first; what can no longer be read is left out. */
	list(): Promise<readonly SavedSession[]>;
	get(id: string): Promise<SavedSession | null>;
	/** Keeps a session, in the place of one of the same id, with the bytes of its components. */
	put(session: SavedSession, bytes: ComponentBytes): Promise<void>;
	rename(id: string, name: string): Promise<void>;
	/** Returns what was removed, bytes included, for putting it back. */
	remove(id: string): Promise<{ readonly session: SavedSession; readonly bytes: ComponentBytes } | null>;
	/** The bytes of a component that some session holds; null where none does. */
	bytes(sha256: string): Promise<Uint8Array | null>;
	/** Removes everything. */
	clear(): Promise<void>;
}

/** How long the start of the page waits for its sessions. Reading large ones takes a while on a slow disk. */
const patienceMs = 10_000;

interface Schema extends DBSchema {
	sessions: { key: string; value: SavedSession };
	components: { key: string; value: Uint8Array };
}

/** The store in IndexedDB. It is opened at its first use. */
export function createSessionStore(name = 'tapedeck'): SessionStore {
	const database = createDatabase<Schema>(name, 1, (db) => {
		db.createObjectStore('sessions', { keyPath: 'id' });
		db.createObjectStore('components');
	});
	/** Digests that sessions were last put with, by id. */
	const lastPut = new Map<string, readonly string[]>();

	async function list(): Promise<readonly SavedSession[]> {
		const all = await database.use((db) => db.getAll('sessions'), { patienceMs });
		const kept = await Promise.all(all.map(readable));
		return kept.flat().sort((a, b) => b.savedAt - a.savedAt);
	}

	/** Removes bytes that no session names any longer. */
	async function sweep(db: IDBPDatabase<Schema>): Promise<void> {
		const transaction = db.transaction(['sessions', 'components'], 'readwrite');
		const components = transaction.objectStore('components');
		const sessions = await transaction.objectStore('sessions').getAll();
		const named = new Set(sessions.flatMap(({ scenario }) => digestsOf(scenario)));
		for (const key of await components.getAllKeys()) if (!named.has(key)) await components.delete(key);
		await transaction.done;
	}

	async function bytesOf(db: IDBPDatabase<Schema>, scenario: Scenario): Promise<ComponentBytes> {
		const found = new Map<string, Uint8Array>();
		for (const digest of digestsOf(scenario)) {
			const bytes = await db.get('components', digest);
			if (bytes) found.set(digest, bytes);
		}
		return found;
	}

	return {
		list,
		async get(id) {
			const found = await database.use((db) => db.get('sessions', id));
			return found ? ((await readable(found))[0] ?? null) : null;
		},
		put: (session, bytes) =>
			database.use(async (db) => {
				const transaction = db.transaction(['sessions', 'components'], 'readwrite');
				const components = transaction.objectStore('components');
				for (const [digest, content] of bytes) {
					if ((await components.getKey(digest)) === undefined) await components.put(content, digest);
				}
				await transaction.objectStore('sessions').put(session);
				await transaction.done;
				const digests = digestsOf(session.scenario);
				const before = lastPut.get(session.id);
				lastPut.set(session.id, digests);
				// To sweep means to read all sessions: too much for every small change of a world with large files.
				if (!before || before.some((digest) => !digests.includes(digest))) await sweep(db);
			}),
		rename: (id, name) =>
			database.use(async (db) => {
				const transaction = db.transaction('sessions', 'readwrite');
				const session = await transaction.store.get(id);
				if (session) await transaction.store.put({ ...session, name });
				await transaction.done;
			}),
		remove: (id) =>
			database.use(async (db) => {
				const session = await db.get('sessions', id);
				if (!session) return null;
				const bytes = await bytesOf(db, session.scenario);
				await db.delete('sessions', id);
				await sweep(db);
				return { session, bytes };
			}),
		bytes: (sha256) => database.use(async (db) => (await db.get('components', sha256)) ?? null),
		clear: () =>
			database.use(async (db) => {
				const transaction = db.transaction(['sessions', 'components'], 'readwrite');
				await transaction.objectStore('sessions').clear();
				await transaction.objectStore('components').clear();
				await transaction.done;
			}),
	};
}

const digestsOf = ({ components }: Scenario) => components.flatMap(({ sha256 }) => sha256 ?? []);

/** What is kept was written by some version of this page, or by something else: it is read as if it had come from outside. */
async function readable(session: SavedSession): Promise<readonly SavedSession[]> {
	const { parseScenario } = await import('../core/scenario/read');
	const scenario = parseScenario(session.scenario);
	return scenario.ok ? [{ ...session, scenario: scenario.value }] : [];
}
