import { jsonFrom } from '../core/json-from';
import { isList } from '../core/is-list';
import { isRecord } from '../core/is-record';
import { fromBase64Url, toBase64Url } from '../core/base64';
import { parseJson, printJson } from '../core/json';
import { most } from '../core/limits';
import type { Outgoing, Outlet } from '../core/outlet';
import { seal } from '../core/outlet/outgoing';
import { err, ok, type Result } from '../core/result';
import { parseKept, withContents, type Scenario } from '../core/scenario';
import { letGo } from './outgoing-session';
import { lowered } from './scenario';
import type { ComponentBytes, SessionStore } from './session-store';

/** A session on its way out of one browser and into another. */
export interface ArchivedSession {
	readonly name: string | null;
	readonly savedAt: number;
	readonly scenario: Scenario;
}

export interface Archive {
	readonly sessions: readonly ArchivedSession[];
	readonly bytes: ComponentBytes;
}

/** All sessions with the bytes of their components, as JSON text. */
export function printArchive({ sessions, bytes }: Outgoing<Archive>): Outgoing<string> {
	const text = printJson(
		{
			tapedeck: 'sessions',
			version: 1,
			sessions: jsonFrom(sessions),
			components: Object.fromEntries([...bytes].map(([digest, content]) => [digest, toBase64Url(content)])),
		},
		1,
	);
	return seal(text);
}

/** Reads what `printArchive` wrote. Digests are not checked here: whoever opens a session checks them. The error is a sentence. */
export function parseArchive(text: string): Result<Archive, string> {
	if (text.length > most.archiveText)
		return err('This file is larger than 256 MiB, which is more than a page should open.');
	const parsed = parseJson(text, { length: most.archiveText });
	if (!parsed.ok)
		return err(`This is not an export of sessions: its JSON does not parse (${parsed.error.message}).`);
	const document = parsed.value;
	if (!isRecord(document) || document['tapedeck'] !== 'sessions' || !isList(document['sessions']))
		return err('This is not an export of sessions.');
	if (document['version'] !== 1)
		return err('This export was made by a newer Tapedeck. A newer Tapedeck opens it.');
	const sessions: ArchivedSession[] = [];
	for (const [index, entry] of document['sessions'].slice(0, most.archiveSessions).entries()) {
		const { name, savedAt, scenario } = isRecord(entry) ? entry : {};
		const read = parseKept(scenario);
		if (!read.ok) return err(`Session ${index + 1} of this export cannot be read. ${read.error}`);
		sessions.push({
			name: typeof name === 'string' ? name.slice(0, 200) : null,
			savedAt: typeof savedAt === 'number' ? savedAt : 0,
			scenario: read.value,
		});
	}
	const bytes = new Map<string, Uint8Array>();
	const components = isRecord(document['components']) ? Object.entries(document['components']) : [];
	for (const [digest, content] of components) {
		const decoded = typeof content === 'string' ? fromBase64Url(content) : null;
		if (!decoded || !/^[0-9a-f]{64}$/.test(digest))
			return err(`The component ${digest.slice(0, 64)} of this export is damaged.`);
		bytes.set(digest, decoded);
	}
	return ok({ sessions, bytes });
}

/** All sessions of a store that can be read, as `printArchive` writes them, and how many cannot. */
export async function exportAll(
	store: SessionStore,
	outlet: Outlet,
): Promise<{ readonly text: Outgoing<string>; readonly unreadable: number }> {
	const sessions: ArchivedSession[] = [];
	let unreadable = 0;
	for (const { id } of await store.list()) {
		const session = await store.get(id);
		if (session?.ok === false) unreadable += 1;
		if (!session?.ok) continue;
		// It was kept before what is a secret now was one.
		const { name, savedAt, scenario, contents } = letGo(session.value, outlet);
		sessions.push({ name, savedAt, scenario: withContents(scenario, contents) });
	}
	const bytes = new Map<string, Uint8Array>();
	for (const digest of new Set(sessions.flatMap(({ scenario }) => digestsOf(scenario)))) {
		const content = await store.bytes(digest);
		if (content) bytes.set(digest, content);
	}
	return { text: printArchive(seal({ sessions, bytes })), unreadable };
}

/** Puts the sessions of an export beside those of a store; how many. `newId` makes an id for each. */
export async function importAll(
	store: SessionStore,
	text: string,
	{ newId, outlet }: { readonly newId: () => string; readonly outlet: Outlet },
): Promise<Result<number, string>> {
	const archive = parseArchive(text);
	if (!archive.ok) return archive;
	let added = 0;
	for (const session of archive.value.sessions) {
		const digests = digestsOf(session.scenario);
		const bytes = new Map([...archive.value.bytes].filter(([digest]) => digests.includes(digest)));
		// It may be anybody's file: only the person at the page raises limits.
		const scenario = { ...session.scenario, limits: lowered(session.scenario.limits) };
		const put = await store.put(letGo({ ...session, scenario, id: newId() }, outlet), bytes);
		if (!put.ok) return err(`Session ${added + 1} of this export could not be kept.`);
		added += 1;
	}
	return ok(added);
}

const digestsOf = ({ components }: Scenario) => components.flatMap(({ sha256 }) => sha256 ?? []);
