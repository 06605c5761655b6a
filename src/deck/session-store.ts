import { keptFor } from '../core/kept-for';
import type { IDBPDatabase } from 'idb';
import type { Outgoing } from '../core/outlet';
import { err, ok, type Result } from '../core/result';
import type { FileContents, Scenario } from '../core/scenario';
import { createDatabase } from '../storage/database';
import {
	alone,
	everything,
	newKey,
	putBack,
	putWhole,
	readStored,
	sweep,
	textOf,
	type Schema,
} from './session-records';
import { foldInto, type Held, type JournalEntry } from './session-journal';
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

/** A session that is there and cannot be read: it stays as it is until a person removes it. */
export interface Unreadable {
	/** A sentence. */
	readonly why: string;
	/** All that is left of it, as JSON text for a download. */
	readonly text: string;
}

/** Why a session was not put: another tab has put this one since, or what was to be put could not be read again; `why` is a sentence. */
export type NotPut = { readonly kind: 'elsewhere' } | { readonly kind: 'unfit'; readonly why: string };

/** Sessions in this browser. Every method rejects where the browser keeps nothing: private mode, a full disk, storage switched off. */
export interface SessionStore {
	/** Newest first; what no version of this page has written is left out. */
	list(): Promise<readonly SessionHead[]>;
	/** Null where there is none. */
	get(id: string): Promise<Result<SavedSession, Unreadable> | null>;
	/**
	 * Keeps a session, all of it or nothing, with the bytes of its components; in the place of one of the same id, if that is as this page
	 * last read or put it. Contents that were put or read before, the same array and not merely an equal one, are not written again.
	 * Returns what a list shows of it; its name is the one that another tab gave it, where it did.
	 */
	put(session: Outgoing<SavedSession>, bytes: ComponentBytes): Promise<Result<SessionHead, NotPut>>;
	/** What of a session the browser has already, for a journal; see `writeJournal`. */
	held(id: string): Held;
	/** Puts what a page wrote down when it was left in the place of its session, or beside it where another tab has put that since. */
	fold(entry: JournalEntry): Promise<void>;
	rename(id: string, name: Outgoing<string>): Promise<void>;
	/** Returns what puts it back, as it was; null where there was none. */
	remove(id: string): Promise<(() => Promise<void>) | null>;
	/** The bytes of a component that some session holds; null where none does. */
	bytes(sha256: string): Promise<Uint8Array | null>;
	/** Removes everything. */
	clear(): Promise<void>;
}

/** How long the start of the page waits for its sessions. Those of an older page are read whole, once, which takes a while on a slow disk. */
const patienceMs = 10_000;

/** How long a keeping takes until it is said that it does not come to its end. It may yet, and the next one waits for it. */
const putPatienceMs = 30_000;

/** The store in IndexedDB. It is opened at its first use. `putPatience` is in milliseconds. */
export const createSessionStore = (name = 'tapedeck', putPatience = putPatienceMs): SessionStore =>
	new StoredSessions(name, putPatience);

const openDatabase = (name: string) =>
	createDatabase<Schema>(name, 2, async (db, from, _to, transaction) => {
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

class StoredSessions implements SessionStore {
	readonly #database: ReturnType<typeof openDatabase>;
	readonly #putPatience: number;
	/** Sessions as this page last read or put them, by id. */
	readonly #known = new Map<string, StoredHead>();
	/** When sessions that are being put are from, by id. */
	readonly #underWay = new Map<string, number>();
	/** The keys of contents that were put or read by this page. Nobody changes an array in place. */
	readonly #keys = new WeakMap<Uint8Array, string>();

	constructor(name: string, putPatience: number) {
		this.#database = openDatabase(name);
		this.#putPatience = putPatience;
	}

	list = async (): Promise<readonly SessionHead[]> => {
		const heads = await this.#database.use((db) => db.getAll('heads'), { patienceMs });
		return heads.flatMap((head) => readHead(head) ?? []).sort((a, b) => b.savedAt - a.savedAt);
	};

	get = (id: string): Promise<Result<SavedSession, Unreadable> | null> => {
		return this.#database.use((db) => this.#read(db, id));
	};

	put = (session: Outgoing<SavedSession>, bytes: ComponentBytes): Promise<Result<SessionHead, NotPut>> => {
		const { id, savedAt } = session;
		this.#underWay.set(id, savedAt);
		return this.#database
			.use((db) => this.#put(db, session, bytes), { patienceMs: this.#putPatience })
			.finally(() => this.#underWay.get(id) === savedAt && this.#underWay.delete(id));
	};

	held = (id: string): Held => {
		const last = this.#known.get(id);
		return {
			savedAt: [last?.savedAt, this.#underWay.get(id)].filter((time) => time !== undefined),
			digests: last?.digests ?? [],
			keyOf: (content) => this.#keys.get(content),
		};
	};

	fold = (entry: JournalEntry): Promise<void> => {
		return this.#database.use(async (db) => foldInto(db, entry, (await reader()).parseKept));
	};

	rename = (id: string, name: Outgoing<string>): Promise<void> => {
		return this.#database.use(async (db) => {
			const transaction = db.transaction('heads', 'readwrite');
			const head = await transaction.store.get(id);
			if (head) await transaction.store.put({ ...head, name });
			await transaction.done;
			const last = this.#known.get(id);
			if (last) this.#known.set(id, { ...last, name });
		});
	};

	remove = (id: string): Promise<(() => Promise<void>) | null> => {
		return this.#database.use(async (db) => {
			const stored = await readStored(db, id);
			if (!stored) return null;
			const bytes = await bytesOf(db, stored.head.digests);
			const transaction = db.transaction(['heads', 'sessions'], 'readwrite');
			await transaction.objectStore('heads').delete(id);
			await transaction.objectStore('sessions').delete(id);
			await transaction.done;
			await sweep(db);
			return () => this.#database.use((again) => putBack(again, stored, bytes));
		});
	};

	bytes = (sha256: string): Promise<Uint8Array | null> => {
		return this.#database.use(async (db) => (await db.get('components', sha256)) ?? null);
	};

	clear = (): Promise<void> => {
		return this.#database.use(async (db) => {
			const transaction = db.transaction(everything, 'readwrite');
			for (const store of everything) await transaction.objectStore(store).clear();
			await transaction.done;
		});
	};

	async #read(db: IDBPDatabase<Schema>, id: string): Promise<Result<SavedSession, Unreadable> | null> {
		const stored = await readStored(db, id);
		if (!stored) return null;
		const { head, body, contents, missing } = stored;
		const unreadable = (why: string) => err({ why, text: textOf(stored) });
		if (missing.length > 0) return unreadable(`The content of ${missing[0]} is not there any more.`);
		// It was written by some version of this page, or by something else: it is read as if it had come from outside.
		const { parseKept } = await reader();
		const scenario = parseKept(body?.scenario);
		if (!scenario.ok) return unreadable(scenario.error);
		for (const [path, key] of head.contents) this.#keys.set(keptFor(contents, path), key);
		this.#known.set(id, head);
		const { name, savedAt, provisional } = head;
		return ok({ id, name, savedAt, provisional, scenario: scenario.value, contents });
	}

	async #put(
		db: IDBPDatabase<Schema>,
		session: SavedSession,
		bytes: ComponentBytes,
	): Promise<Result<SessionHead, NotPut>> {
		const { id, scenario, contents = new Map<string, Uint8Array>() } = session;
		// What is put is read as it will be read: a session that opens is never replaced by one that does not.
		const again = (await reader()).parseKept(scenario);
		if (!again.ok) return err({ kind: 'unfit', why: again.error });
		const transaction = db.transaction(everything, 'readwrite');
		const heads = transaction.objectStore('heads');
		const before = await heads.get(id);
		const last = this.#known.get(id);
		// One that was put when the page was put aside is put once more, and is this page's own.
		if (before && ![last?.savedAt, session.savedAt].includes(before.savedAt))
			return err({ kind: 'elsewhere' });
		const components = transaction.objectStore('components');
		for (const [digest, content] of bytes) {
			if ((await components.getKey(digest)) === undefined) await components.put(content, digest);
		}
		const store = transaction.objectStore('contents');
		const added: (readonly [path: string, key: string, content: Uint8Array])[] = [];
		for (const [path, content] of contents) {
			// What another tab has swept away since has to be put again.
			const key = this.#keys.get(content);
			const isThere = key !== undefined && (await store.getKey(key)) !== undefined;
			added.push([path, isThere ? key : await store.add(alone(content), newKey()), content]);
		}
		const isRenamed = before && last && before.name !== last.name && session.name === last.name;
		const head = headOf(
			isRenamed ? { ...session, name: before.name } : session,
			added.map(([path, key]) => [path, key]),
		);
		await putWhole(transaction, head, { id, scenario });
		for (const [, key, content] of added) this.#keys.set(content, key);
		this.#known.set(id, head);
		const names = namesOf(head);
		if (!last || namesOf(last).some((name) => !names.includes(name))) await sweep(db);
		return ok(head);
	}
}

async function bytesOf(db: IDBPDatabase<Schema>, digests: readonly string[]): Promise<ComponentBytes> {
	const found = new Map<string, Uint8Array>();
	for (const digest of digests) {
		const bytes = await db.get('components', digest);
		if (bytes) found.set(digest, bytes);
	}
	return found;
}

/** Few of a page's first moments need it. */
const reader = () => import('../core/scenario/parse');
