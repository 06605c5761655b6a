import type { Outgoing } from '../../core/outlet';
import { err, type Result } from '../../core/result';
import type { Deck } from '../../deck/deck';
import { captureSession, letGo } from '../../deck/outgoing-session';
import { headOf, type SessionHead } from '../../deck/session-head';
import type { ComponentBytes, SavedSession, SessionStore } from '../../deck/session-store';
import type { Notices } from '../shell/notices.svelte';
import type { RunMarker } from './run-marker';
import { holdSession, releaseSession } from './tab-lock';

/** What the desk of sessions is made of. */
export interface SessionsParts {
	readonly deck: Deck;
	readonly store: SessionStore;
	readonly runs: RunMarker;
	readonly notices: Notices;
	/** Whether what is open now is not the person's own, as in a lesson: nothing is kept meanwhile. */
	readonly paused: () => boolean;
}

/** How long changes are gathered before they are kept. */
const gatherMs = 300;

/** Few ask for it. */
const archive = () => import('../../deck/session-archive');

const tabKey = 'tapedeck:tab';

const cannotKeep =
	'This browser keeps nothing for this page (private mode, storage switched off, or a full disk), so this session ends with its tab. Download it under Share.';

/**
 * The sessions that this browser keeps. A tab works on one of them and keeps its changes by itself; another tab has another one, so that
 * neither overwrites the other. Values of secrets are never kept.
 */
export class Sessions {
	readonly #parts: SessionsParts;
	#id: string = newId();
	#name = $state<string | null>(null);
	#all = $state.raw<readonly SessionHead[]>([]);
	#works = $state(true);
	#pristine: readonly unknown[] = [];
	#kept: readonly unknown[] = [];
	#timer: ReturnType<typeof setTimeout> | null = null;
	#following = false;
	#told = false;

	/** Newest first. */
	all = $derived(this.#all);
	/** The name of the session that this tab works on; null where it has none. */
	name = $derived(this.#name);
	/** Whether this browser keeps anything. */
	works = $derived(this.#works);

	constructor(parts: SessionsParts) {
		this.#parts = parts;
	}

	isOpenHere = (session: SessionHead): boolean => session.id === this.#id;

	/** The session that this tab goes on with; null on a first visit, and beside another tab that has the last one. */
	resume = async (): Promise<SavedSession | null> => {
		const own = readTab();
		await this.refresh();
		const last = this.#all[0] ?? null;
		const found = own === null ? last : (this.#all.find(({ id }) => id === own) ?? null);
		const wanted = own ?? last?.id;
		if (wanted !== undefined && (await holdSession(wanted))) {
			const session = found && (await this.read(found));
			// One that cannot be read stays as it is, and nothing is kept in its place.
			if (session || !found) {
				this.#attach(wanted, found?.name ?? null);
				return session;
			}
			releaseSession(wanted);
		}
		this.#attach(newId(), null);
		await holdSession(this.#id);
		const session = found && own !== null ? await this.read(found) : null;
		if (!session) return null;
		this.#parts.notices.say('This session is open in another tab too, so this tab keeps a copy of its own.');
		return session;
	};

	/** A session of the list with everything in it; null, and a notice, where it can no longer be read. */
	read = async ({ id }: SessionHead): Promise<SavedSession | null> => {
		const session = await this.#try((store) => store.get(id));
		if (!session && this.#works) this.#parts.notices.say('This session can no longer be read.');
		return session;
	};

	/** From now on changes are kept. `provisional` is a session that is only there to have something to show. */
	follow = (provisional: boolean) => {
		this.#pristine = provisional ? this.#state() : [];
		if (this.#following) return;
		this.#following = true;
		this.#parts.deck.subscribe(() => this.#keepSoon());
		addEventListener('pagehide', () => void this.keep());
		document.addEventListener('visibilitychange', () => {
			if (document.visibilityState === 'hidden') void this.keep();
		});
	};

	/** Whether the session holds something that a person made or brought. */
	hasWork = (): boolean => {
		const { components } = this.#parts.deck;
		if (components.some(({ provisional }) => !provisional)) return true;
		if (this.#pristine.length === 0) return false;
		return !sameItems(this.#state(), this.#pristine);
	};

	/** Keeps the session as it is now. Says once where that does not work, and resolves to whether it did. */
	keep = async (): Promise<boolean> => {
		if (this.#timer !== null) clearTimeout(this.#timer);
		this.#timer = null;
		const state = this.#state();
		if (!this.#following || this.#parts.paused() || !this.#isWorthKeeping() || sameItems(state, this.#kept))
			return this.#works;
		const { deck } = this.#parts;
		const head = {
			...{ id: this.#id, name: this.#name, savedAt: Date.now() },
			...(!this.hasWork() && { provisional: true }),
		};
		const session = captureSession(deck, head, plain);
		const kept = await this.#try(async (store) => (await store.put(session, bytesOf(deck)), session));
		if (kept === null) return false;
		this.#kept = state;
		this.#all = [headOf(session), ...this.#all.filter(({ id }) => id !== session.id)];
		return true;
	};

	refresh = async (): Promise<void> => {
		this.#all = (await this.#try((store) => store.list())) ?? [];
	};

	/** Goes on under a new session; the one so far stays as it was kept. */
	moveOn = async (name: string | null): Promise<void> => {
		releaseSession(this.#id);
		this.#attach(newId(), name);
		await holdSession(this.#id);
	};

	/** Goes on with a session from the list; false where another tab has it. */
	take = async (session: SessionHead): Promise<boolean> => {
		if (this.isOpenHere(session)) return true;
		if (!(await holdSession(session.id))) return false;
		releaseSession(this.#id);
		this.#attach(session.id, session.name);
		return true;
	};

	/** Gives the session a name; one that has a name stays, and a copy goes on under the new one. */
	saveAs = async (name: string): Promise<void> => {
		if (this.#name === null) this.#name = name;
		else await this.moveOn(name);
		this.#kept = [];
		this.#pristine = [];
		if (await this.keep()) this.#parts.notices.say(`Saved as ${name}. Changes are kept by themselves.`);
		await this.refresh();
	};

	rename = async (session: SessionHead, name: string): Promise<void> => {
		if (this.isOpenHere(session)) this.#name = name;
		await this.#try((store) => store.rename(session.id, this.#parts.deck.outlet.text(name)));
		await this.refresh();
	};

	/** Removes a session, which a notice offers to take back. */
	remove = async (session: SessionHead): Promise<void> => {
		const removed = await this.#try((store) => store.remove(session.id));
		if (this.isOpenHere(session)) await this.moveOn(null);
		await this.refresh();
		if (!removed) return;
		this.#parts.notices.sayOfPage(`${session.name ?? 'The session'} was deleted.`, {
			label: 'Undo',
			run: () => void this.#putBack(removed.session, removed.bytes),
		});
	};

	/** All sessions in one file; null where they cannot be read. */
	exportAll = async (): Promise<Outgoing<string> | null> => {
		await this.keep();
		return this.#try(async (store) => (await archive()).exportAll(store, this.#parts.deck.outlet));
	};

	/** Adds the sessions of an export beside those that are there. Loads and runs nothing. */
	importAll = async (text: string): Promise<Result<number, string>> => {
		const added = await this.#try(async (store) => {
			const { importAll } = await archive();
			return importAll(store, text, { newId, outlet: this.#parts.deck.outlet });
		});
		await this.refresh();
		return added ?? err(cannotKeep);
	};

	/** Removes everything that this page keeps in this browser. Afterwards nothing is kept until the page is loaded again. */
	clearAll = async (): Promise<boolean> => {
		this.#following = false;
		const cleared = await this.#try((store) => store.clear());
		for (const storage of [() => localStorage, () => sessionStorage]) {
			try {
				for (const key of Object.keys(storage())) if (key.startsWith('tapedeck:')) storage().removeItem(key);
			} catch {
				// There is none, and so nothing in it.
			}
		}
		return cleared !== null;
	};

	async #putBack(session: SavedSession, bytes: ComponentBytes): Promise<void> {
		await this.#try((store) => store.put(letGo(session, this.#parts.deck.outlet), bytes));
		await this.refresh();
	}

	#attach(id: string, name: string | null): void {
		this.#id = id;
		this.#name = name;
		this.#kept = [];
		this.#parts.runs.follow(id);
		try {
			sessionStorage.setItem(tabKey, id);
		} catch {
			// A tab that cannot remember its session goes on with the last one.
		}
	}

	/** The run of this tab's session that did not end by itself. */
	unfinishedRun = () => this.#parts.runs.unfinished(this.#id);

	#state(): readonly unknown[] {
		const { components, engine, world, limits, notes } = this.#parts.deck;
		return [components, world, engine, limits, notes];
	}

	#isWorthKeeping(): boolean {
		return this.hasWork() || this.#parts.deck.activity.length > 0;
	}

	#keepSoon(): void {
		if (!this.#following) return;
		this.#timer ??= setTimeout(() => void this.keep(), gatherMs);
	}

	/** Null, and a notice once, where the browser refuses. */
	async #try<T>(use: (store: SessionStore) => Promise<T>): Promise<T | null> {
		try {
			const result = await use(this.#parts.store);
			this.#works = true;
			return result;
		} catch {
			this.#works = false;
			if (!this.#told) this.#parts.notices.say(cannotKeep);
			this.#told = true;
			return null;
		}
	}
}

const newId = () =>
	Array.from(crypto.getRandomValues(new Uint8Array(9)), (byte) => byte.toString(36)).join('');

function readTab(): string | null {
	try {
		return sessionStorage.getItem(tabKey);
	} catch {
		return null;
	}
}

const sameItems = (a: readonly unknown[], b: readonly unknown[]): boolean =>
	a.length === b.length && a.every((item, index) => Object.is(item, b[index]));

const bytesOf = ({ components }: Deck): ComponentBytes =>
	new Map(components.map(({ sha256, bytes }) => [sha256, bytes]));

/** Without proxies, which a structured clone would trip over. */
const plain = <T>(scenario: T): T => $state.snapshot(scenario) as T;
