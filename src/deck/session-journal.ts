import { isRecord } from '../core/is-record';
import { jsonFrom } from '../core/json-from';
import type { IDBPDatabase } from 'idb';
import { fromBase64Url, toBase64Url } from '../core/base64';
import { parseJson, printJson } from '../core/json';
import type { Outgoing } from '../core/outlet';
import type { Result } from '../core/result';
import { withContents, type Scenario } from '../core/scenario';
import { headOf, readHead, type StoredHead } from './session-head';
import { everything, newKey, putWhole, type Schema } from './session-records';
import type { ComponentBytes, SavedSession } from './session-store';

/** What of a session the browser has already. */
export interface Held {
	/** When it was last kept, and what is being kept right now is from; empty where it never was. */
	readonly savedAt: readonly number[];
	/** Of components whose bytes are kept. */
	readonly digests: readonly string[];
	/** The key under which a content is kept. */
	readonly keyOf: (content: Uint8Array) => string | undefined;
}

/** What a page wrote down of its session at the moment when it was left. */
export interface JournalEntry {
	readonly head: StoredHead;
	/** When what it goes on from was kept: one of these. */
	readonly after: readonly number[];
	readonly scenario: unknown;
	readonly bytes: ComponentBytes;
	/** Ids of components that came too late and were too large to be written down. */
	readonly lost: readonly string[];
}

/**
 * Characters of one entry at most. A storage that is written at once holds some five million in all, and takes a millisecond or two for
 * as many as these.
 */
const mostText = 2 ** 21;

const prefix = 'tapedeck:left:';

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/**
 * Writes down what of a session is not kept yet, at once, for a page that is being left has no time for a database. Contents of files that
 * are kept already are named by their keys; others, and bytes of new components, go along as far as there is room: what was written is
 * the whole of it, a part without some components, or nothing. Values of secrets are in it as little as in the session.
 */
export function writeJournal(
	storage: Storage,
	session: Outgoing<SavedSession>,
	bytes: ComponentBytes,
	{ savedAt, digests, keyOf }: Held,
): 'whole' | 'part' | 'nothing' {
	const kept = new Map<string, string>();
	const others = new Map<string, Uint8Array>();
	let room = mostText;
	for (const [path, content] of session.contents ?? new Map<string, Uint8Array>()) {
		const key = keyOf(content);
		if (key !== undefined) kept.set(path, key);
		else others.set(path, content);
		if (key === undefined) room -= content.length;
	}
	if (room < 0) return 'nothing';
	const carried = [...bytes].filter(([digest]) => !digests.includes(digest));
	const fitting = carried.filter(([, content]) => (room -= content.length * 1.5) > 0);
	const missing = new Set(carried.filter((one) => !fitting.includes(one)).map(([digest]) => digest));
	const isLost = ({ sha256 }: Scenario['components'][number]) => sha256 !== undefined && missing.has(sha256);
	const { components } = session.scenario;
	const scenario = {
		...withContents(session.scenario, others),
		components: components.filter((component) => !isLost(component)),
	};
	const text = printJson({
		head: jsonFrom(headOf({ ...session, scenario }, [...kept])),
		after: savedAt,
		scenario: jsonFrom(scenario),
		bytes: Object.fromEntries(fitting.map(([digest, content]) => [digest, toBase64Url(content)])),
		lost: components.filter(isLost).map(({ id }) => id),
	});
	if (text.length > mostText) return 'nothing';
	try {
		storage.setItem(prefix + session.id, text);
		return missing.size === 0 ? 'whole' : 'part';
	} catch {
		return 'nothing';
	}
}

/** Takes back what was written down of a session: it is kept now. */
export function forgetJournal(storage: Storage, id: string): void {
	storage.removeItem(prefix + id);
}

/** Everything that pages have written down; what is no entry is left out. */
export function readJournals(storage: Storage): readonly JournalEntry[] {
	const names = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
	return names
		.filter((name) => name.startsWith(prefix))
		.flatMap((name) => parse(storage.getItem(name)) ?? []);
}

function parse(text: string | null): JournalEntry | null {
	const parsed = parseJson(text ?? '', { length: mostText, depth: 1024 });
	if (!parsed.ok || !isRecord(parsed.value)) return null;
	const { head, after, scenario, bytes, lost } = parsed.value;
	const read = readHead(head);
	if (!read) return null;
	return {
		head: read,
		after: Array.isArray(after) ? after.filter((time) => typeof time === 'number') : [],
		scenario,
		bytes: new Map(
			Object.entries(typeof bytes === 'object' && bytes !== null ? bytes : {}).flatMap(
				([digest, content]) => {
					const decoded = typeof content === 'string' ? fromBase64Url(content) : null;
					return decoded ? [[digest, decoded] as const] : [];
				},
			),
		),
		lost: Array.isArray(lost) ? lost.filter((id) => typeof id === 'string') : [],
	};
}

/** Puts an entry in the place of its session; under a new id where that was kept again by another page since, and where the entry cannot be read. */
export async function foldInto(
	db: IDBPDatabase<Schema>,
	{ head, after, scenario, bytes }: JournalEntry,
	parseKept: (input: unknown) => Result<Scenario, string>,
): Promise<void> {
	const read = parseKept(scenario);
	const transaction = db.transaction(everything, 'readwrite');
	const heads = transaction.objectStore('heads');
	const before = await heads.get(head.id);
	const goesOn = before !== undefined && after.includes(before.savedAt);
	// A page that went away before it could forget the entry had taken it in.
	if (before?.savedAt === head.savedAt && !goesOn) return;
	const isOther = before !== undefined && (!goesOn || !read.ok);
	const id = isOther ? newKey() : head.id;
	// Of a content that was swept away meanwhile there is nothing left to name.
	const contents: [string, string][] = [];
	for (const [path, key] of head.contents)
		if ((await transaction.objectStore('contents').getKey(key)) !== undefined) contents.push([path, key]);
	for (const [digest, content] of bytes) await transaction.objectStore('components').put(content, digest);
	const kept = read.ok ? read.value : (scenario as Scenario);
	await putWhole(transaction, { ...head, id, contents }, { id, scenario: kept });
}
