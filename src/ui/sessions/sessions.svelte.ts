import type { Outgoing } from '../../core/outlet';
import type { Result } from '../../core/result';
import type { Deck } from '../../deck/deck';
import { captureSession, lookAhead } from '../../deck/outgoing-session';
import type { SessionHead } from '../../deck/session-head';
import type { SavedSession, SessionStore } from '../../deck/session-store';
import { visibleText } from '../text/visible';
import type { Notices } from '../shell/notices.svelte';
import type { RunMarker, UnfinishedRun } from '../../deck/run-marker';
import { inTurn } from './in-turn';
import { clearStorage } from './clear-storage';
import { KeptSessions } from './kept-sessions.svelte';
import { Leaving } from './leaving';
import type { UndoDesk } from '../undo/undo-desk.svelte';
import { componentBytes, newSessionId, sameItems, stateOf } from './session-state';
import { holdSession, releaseSession, type Claim } from './tab-lock';
import { readTab, writeTab } from './tab-session';

/** What the desk of sessions is made of. */
export interface SessionsParts {
	readonly deck: Deck;
	readonly store: SessionStore;
	readonly runs: RunMarker;
	readonly notices: Notices;
	/** Says what was done, with an offer to take it back. */
	readonly deed: UndoDesk['deed'];
	/** Whether what is open now is not the person's own, as in a lesson: nothing is kept meanwhile. */
	readonly paused: () => boolean;
}

/**
 * From one keeping to the next at least, so that a person who types does not have a session written for every letter. What comes after a quiet
 * while is kept at once: a busy machine takes long enough without waiting.
 */
const gatherMs = 300;

/**
 * The sessions that this browser keeps. A tab works on one of them and keeps its changes by itself; another tab has another one, so that
 * neither overwrites the other. Values of secrets are never kept.
 */
export class Sessions {
	readonly #parts: SessionsParts;
	readonly #leaving: Leaving;
	readonly #list: KeptSessions;
	#id: string = newSessionId();
	#name = $state<string | null>(null);
	#pristine: readonly unknown[] = [];
	#kept: readonly unknown[] = [];
	#timer: ReturnType<typeof setTimeout> | null = null;
	/** When the last keeping began, by the clock of the page. */
	#keptAt = -gatherMs;
	#following = false;

	/** Newest first. */
	all = $derived.by(() => this.#list.all);
	/** The name of the session that this tab works on; null where it has none. */
	name = $derived(this.#name);
	/** Whether this browser keeps anything. */
	works = $derived.by(() => this.#list.works);
	/** Why the session as it is now is not kept, in a sentence; null where it is. */
	problem = $derived.by(() => this.#list.problem);
	/** A session of the list with everything in it; null, and a notice, where it can no longer be read. It stays in the list. */
	read = (session: SessionHead) => this.#list.read(session);
	refresh = () => this.#list.refresh();

	constructor(parts: SessionsParts) {
		this.#parts = parts;
		const { deck, store } = parts;
		this.#list = new KeptSessions({
			...{ store, notices: parts.notices },
			outlet: () => deck.outlet,
			onlate: () => this.#keepSoon(),
		});
		this.#leaving = new Leaving({
			isToWrite: () => this.#list.hasAnswered && this.#isToKeep(stateOf(this.#parts.deck)),
			capture: () => this.#capture(),
			bytes: () => componentBytes(deck),
			held: () => store.held(this.#id),
			onstay: () => this.#keepSoon(),
		});
	}

	isOpenHere = (session: SessionHead): boolean => session.id === this.#id;

	/** The session that this tab goes on with; null on a first visit, and beside another tab that has the last one. */
	resume = async (): Promise<SavedSession | null> => {
		const own = readTab();
		await this.#list.fold();
		await this.refresh();
		const last = this.#list.all[0] ?? null;
		const found = own === null ? last : (this.#list.all.find(({ id }) => id === own) ?? null);
		const wanted = own ?? last?.id;
		const isHeld = wanted !== undefined && (await holdSession(wanted));
		const session = found && (isHeld || own !== null) ? await this.read(found) : null;
		if (isHeld && (session || !found)) {
			this.#attach(wanted, found?.name ?? null);
			return session;
		}
		// One that cannot be read stays as it is, and nothing is kept in its place.
		if (isHeld) releaseSession(wanted);
		this.#attach(newSessionId(), null);
		await holdSession(this.#id);
		if (session)
			this.#parts.notices.say(
				'This session is open in another tab too, so this tab keeps a copy of its own.',
			);
		return session;
	};

	/** From now on changes are kept. `provisional` is a session that is only there to have something to show. */
	follow = (provisional: boolean) => {
		this.#pristine = provisional ? stateOf(this.#parts.deck) : [];
		if (this.#following) return;
		this.#following = true;
		this.#parts.deck.subscribe(() => this.#keepSoon());
		this.#leaving.follow();
		document.addEventListener('visibilitychange', () => {
			if (document.visibilityState === 'hidden') void this.keep();
		});
	};

	/** Whether the session holds something that a person made or brought. */
	hasWork = (): boolean => {
		const { components } = this.#parts.deck;
		if (components.some(({ provisional }) => !provisional)) return true;
		if (this.#pristine.length === 0) return false;
		return !sameItems(stateOf(this.#parts.deck), this.#pristine);
	};

	/**
	 * Keeps the session as it is now. Says once where that does not work, and resolves to whether it did. One keeping waits for the one before, and
	 * no longer: on a machine that is slower than the changes come they would stand in line, and the newest last.
	 */
	keep = inTurn(() => this.#keepNow());

	async #keepNow(): Promise<boolean> {
		if (this.#timer !== null) clearTimeout(this.#timer);
		this.#timer = null;
		if (this.#leaving.left || !this.#isToKeep(stateOf(this.#parts.deck))) return this.#list.works;
		await lookAhead(this.#parts.deck, () => performance.now());
		if (this.#leaving.left) return this.#list.works;
		const state = stateOf(this.#parts.deck);
		this.#keptAt = performance.now();
		const session = this.#capture();
		const put = await this.#list.use((store) => store.put(session, componentBytes(this.#parts.deck)));
		// It went on under another id meanwhile, or the page was left and wrote down what is newer: what was put is the one before.
		const isOver = session.id !== this.#id || this.#leaving.left;
		if (put === null) return false;
		if (!put.ok && put.error.kind === 'unfit') {
			this.#list.say(
				`This session cannot be kept as it is: ${visibleText(put.error.why)} Download it under Share.`,
			);
			return false;
		}
		if (!put.ok) {
			if (isOver) return true;
			this.#parts.notices.say(
				'This session was changed in another tab, so this tab keeps a copy of its own.',
			);
			await this.moveOn(this.#name);
			return this.#keepNow();
		}
		this.#list.keptAs(put.value);
		if (!this.#leaving.left) this.#list.forgetWritten(session.id);
		if (isOver) return true;
		this.#kept = state;
		if (!this.#isToKeep(stateOf(this.#parts.deck))) this.#leaving.unguard();
		this.#name = put.value.name;
		this.#list.say(null);
		return true;
	}

	#isToKeep(state: readonly unknown[]): boolean {
		if (!this.#following || this.#parts.paused() || !(this.hasWork() || this.#parts.deck.activity.length > 0))
			return false;
		return !sameItems(state, this.#kept);
	}

	/** The session as it is kept: large contents as bytes beside the scenario, as their text would take a multiple of them. */
	#capture(): Outgoing<SavedSession> {
		const { deck } = this.#parts;
		const head = {
			...{ id: this.#id, name: this.#name, savedAt: Date.now() },
			...(!this.hasWork() && { provisional: true }),
		};
		return captureSession(deck, head, plain);
	}

	/** Goes on under a new session; the one so far stays as it was kept. */
	moveOn = async (name: string | null): Promise<void> => {
		releaseSession(this.#id);
		this.#attach(newSessionId(), name);
		await holdSession(this.#id);
	};

	/** Claims a session of the list; null where another tab has it. Until it lands, what is in the deck is kept as what it is. */
	claim = async (session: SessionHead): Promise<Claim | null> => {
		if (this.isOpenHere(session)) return { land: () => {}, leave: () => {} };
		if (!(await holdSession(session.id))) return null;
		return {
			land: () => {
				releaseSession(this.#id);
				this.#attach(session.id, session.name);
			},
			leave: () => releaseSession(session.id),
		};
	};

	/** The session that this tab works on, to return to later. */
	get current(): { readonly id: string; readonly name: string | null } {
		return { id: this.#id, name: this.#name };
	}

	/** Keeps the one so far, and goes on with a session that this tab had before; as a copy of it where another tab has it by now. */
	returnTo = async ({ id, name }: { readonly id: string; readonly name: string | null }): Promise<void> => {
		await this.keep();
		if (id === this.#id) return;
		if (!(await holdSession(id))) return this.moveOn(name);
		releaseSession(this.#id);
		this.#attach(id, name);
	};

	/** Gives the session a name; one that has a name stays, and a copy goes on under the new one. */
	saveAs = async (name: string): Promise<void> => {
		if (this.#parts.paused()) {
			this.#parts.notices.say(
				'A lesson is not kept, so nothing was saved. Leave it, and save your own session.',
			);
			return;
		}
		if (this.#name === null) this.#name = name;
		else await this.moveOn(name);
		this.#kept = [];
		this.#pristine = [];
		if (await this.keep()) this.#parts.notices.say(`Saved as ${name}. Changes are kept by themselves.`);
		await this.refresh();
	};

	rename = async (session: SessionHead, name: string): Promise<void> => {
		if (this.isOpenHere(session)) this.#name = name;
		await this.#list.use((store) => store.rename(session.id, this.#parts.deck.outlet.text(name)));
		await this.refresh();
	};

	/** Removes a session, which a notice offers to take back. */
	remove = async (session: SessionHead): Promise<void> => {
		const putBack = await this.#list.use((store) => store.remove(session.id));
		this.#list.forgetWritten(session.id);
		if (this.isOpenHere(session)) await this.moveOn(null);
		await this.refresh();
		if (!putBack) return;
		this.#parts.deed(
			`${session.name ?? 'The session'} was deleted.`,
			() => void this.#list.use(putBack).then(this.refresh),
		);
	};

	/** All sessions in one file, and how many of them cannot be read and so are not in it; null where the browser refuses. */
	exportAll = async () => {
		await this.keep();
		return this.#list.exportAll();
	};

	/** Adds the sessions of an export beside those that are there. Loads and runs nothing. */
	importAll = (text: string): Promise<Result<number, string>> => this.#list.importAll(text, newSessionId);

	/** Removes everything that this page keeps in this browser. Afterwards nothing is kept until the page is loaded again. */
	clearAll = async (): Promise<boolean> => {
		this.#following = false;
		const cleared = await this.#list.clear();
		await this.#parts.runs.clear();
		clearStorage();
		return cleared;
	};

	#attach(id: string, name: string | null): void {
		this.#id = id;
		this.#name = name;
		this.#kept = [];
		this.#parts.runs.follow(id);
		writeTab(id);
	}

	/** The run of this tab's session that did not end by itself. */
	unfinishedRun = (): Promise<UnfinishedRun | null> => this.#parts.runs.unfinished(this.#id);

	#keepSoon(): void {
		if (!this.#following) return;
		if (this.#isToKeep(stateOf(this.#parts.deck))) this.#leaving.guard();
		const due = Math.max(0, this.#keptAt + gatherMs - performance.now());
		this.#timer ??= setTimeout(() => void this.keep(), due);
	}
}

/** Without proxies, which a structured clone would trip over. */
const plain = <T>(scenario: T): T => $state.snapshot(scenario) as T;
