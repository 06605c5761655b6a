import { jsonFrom } from '../core/json-from';
import type { DBSchema, IDBPDatabase, IDBPTransaction } from 'idb';
import { toBase64 } from '../core/base64';
import { printJson } from '../core/json';
import type { Scenario } from '../core/scenario';
import { namesOf, readHead, type StoredHead } from './session-head';
import type { ComponentBytes } from './session-store';

export interface Schema extends DBSchema {
	/** What a list shows of a session, and what else of the database it holds. */
	heads: { key: string; value: StoredHead };
	/** Version 1 of the database had no heads: name and times are in its records too, and every content is in the scenario. */
	sessions: { key: string; value: { readonly id: string; readonly scenario: Scenario } };
	/** By digest. */
	components: { key: string; value: Uint8Array };
	/** Contents of files, by keys that heads have. */
	contents: { key: string; value: Uint8Array };
}

export const everything = ['heads', 'sessions', 'components', 'contents'] as const;

type Names = typeof everything;

/** All that the database has of a session, whether it can be read or not. */
export interface StoredSession {
	readonly head: StoredHead;
	readonly body: { readonly id: string; readonly scenario: Scenario } | undefined;
	readonly contents: ReadonlyMap<string, Uint8Array>;
	/** Paths of contents that are named and not there. */
	readonly missing: readonly string[];
}

/** Null where there is nothing of that id. */
export async function readStored(db: IDBPDatabase<Schema>, id: string): Promise<StoredSession | null> {
	const transaction = db.transaction(everything);
	const head = readHead(await transaction.objectStore('heads').get(id));
	const body = await transaction.objectStore('sessions').get(id);
	if (!head) return null;
	const contents = new Map<string, Uint8Array>();
	const missing: string[] = [];
	for (const [path, key] of head.contents) {
		const content = await transaction.objectStore('contents').get(key);
		if (content) contents.set(path, content);
		else missing.push(path);
	}
	return { head, body, contents, missing };
}

/** A session that cannot be read, with everything that is left of it, as text that a person can look into. */
export const textOf = ({ head, body, contents }: StoredSession): string =>
	printJson(
		{
			tapedeck: 'session',
			head: jsonFrom(head),
			scenario: body ? jsonFrom(body.scenario) : null,
			contents: Object.fromEntries([...contents].map(([path, bytes]) => [path, toBase64(bytes)])),
		},
		1,
	);

/** Puts a session that was removed where it was, unless something else is there now. */
export async function putBack(
	db: IDBPDatabase<Schema>,
	{ head, body, contents }: StoredSession,
	bytes: ComponentBytes,
): Promise<void> {
	const transaction = db.transaction(everything, 'readwrite');
	if ((await transaction.objectStore('heads').getKey(head.id)) !== undefined) return;
	for (const [digest, content] of bytes) await transaction.objectStore('components').put(content, digest);
	for (const [path, key] of head.contents) {
		const content = contents.get(path);
		if (content) await transaction.objectStore('contents').put(alone(content), key);
	}
	await putWhole(transaction, head, body);
}

/**
 * Puts the two records of a session, and ends the transaction. Both are asked for at once: where a page goes away between two requests,
 * Firefox keeps what was done by then.
 */
export async function putWhole(
	transaction: IDBPTransaction<Schema, Names, 'readwrite'>,
	head: StoredHead,
	body: StoredSession['body'],
): Promise<void> {
	await Promise.all([
		transaction.objectStore('heads').put(head),
		body && transaction.objectStore('sessions').put(body),
		transaction.done,
	]);
}

/** Removes what no session names any longer. */
export async function sweep(db: IDBPDatabase<Schema>): Promise<void> {
	const transaction = db.transaction(['heads', 'components', 'contents'], 'readwrite');
	const named = new Set((await transaction.objectStore('heads').getAll()).flatMap(namesOf));
	for (const from of ['components', 'contents'] as const) {
		const store = transaction.objectStore(from);
		for (const key of await store.getAllKeys()) if (!named.has(key)) await store.delete(key);
	}
	await transaction.done;
}

/** An array whose buffer holds nothing else, as a database keeps the whole buffer. */
export const alone = (bytes: Uint8Array) =>
	bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();

export const newKey = () =>
	Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join(
		'',
	);
