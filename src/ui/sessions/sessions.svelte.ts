import { own, type Outgoing } from '../../core/outlet';
import { err, type Result } from '../../core/result';
import type { Deck } from '../../deck/deck';
import { captureSession, lookAhead } from '../../deck/outgoing-session';
import type { SessionHead } from '../../deck/session-head';
import { forgetJournal, readJournals } from '../../deck/session-journal';
import type { ComponentBytes, SavedSession, SessionStore } from '../../deck/session-store';
import { download } from '../base/download';
import { visibleText } from '../text/visible';
import type { Notices } from '../shell/notices.svelte';
import type { RunMarker, UnfinishedRun } from '../../deck/run-marker';
import { inTurn } from './in-turn';
import { Leaving } from './leaving';
import type { UndoDesk } from '../undo/undo-desk.svelte';
import { holdSession, releaseSession } from './tab-lock';
import { readTab, writeTab } from './tab-session';
import { isLate, whyNotKept } from './why-not-kept';

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

/** A session of the list that this tab may go on with. */
export interface Claim {
	/** Goes on with it, at the moment when it is in the deck. */
	readonly land: () => void;
	/** Leaves it as it is. */
	readonly leave: () => void;
}

/** Few ask for it. */
const archive = () => import('../../deck/session-archive');

/**
 * The sessions that this browser keeps. A tab works on one of them and keeps its changes by itself; another tab has another one, so that
 * neither overwrites the other. Values of secrets are never kept.
 */
export class Sessions {
	readonly #parts: SessionsParts;
	readonly #leaving: Leaving;
	#id: string = newId();
	#name = $state<string | null>(null);
	#all = $state.raw<readonly SessionHead[]>([]);
	#works = $state(true);
	#pristine: readonly unknown[] = [];
	#kept: readonly unknown[] = [];
	#timer: ReturnType<typeof setTimeout> | null = null;
	/** When the last keeping began, by the clock of the page. */
	#keptAt = -gatherMs;
	#following = false;
	/** The database answered once: what is written down has a place to be taken to, also where the last attempt broke off as the page went. */
	#hasDatabase = false;
	/** What was said last about keeping, so that it is said once. */
	#told: string | null = null;
	#problem = $state<string | null>(null);

	/** Newest first. */
	all = $derived(this.#all);
	/** The name of the session that this tab works on; null where it has none. */
	name = $derived(this.#name);
	/** Whether this browser keeps anything. */
	works = $derived(this.#works);
	/** Why the session as it is now is not kept, in a sentence; null where it is. */
	problem = $derived(this.#problem);

	constructor(parts: SessionsParts) {
		this.#parts = parts;
		const { deck, store } = parts;
		this.#leaving = new Leaving({
			isToWrite: () => this.#hasDatabase && this.#isToKeep(this.#state()),
			capture: () => this.#capture(),
			bytes: () => bytesOf(deck),
			held: () => store.held(this.#id),
			onstay: () => this.#keepSoon(),
		});
	}

	isOpenHere = (session: SessionHead): boolean => session.id === this.#id;

	/** The session that this tab goes on with; null on a first visit, and beside another tab that has the last one. */
	resume = async (): Promise<SavedSession | null> => {
		const own = readTab();
		await this.#fold();
		await this.refresh();
		const last = this.#all[0] ?? null;
		const found = own === null ? last : (this.#all.find(({ id }) => id === own) ?? null);
		const wanted = own ?? last?.id;
		const isHeld = wanted !== undefined && (await holdSession(wanted));
		const session = found && (isHeld || own !== null) ? await this.read(found) : null;
		if (isHeld && (session || !found)) {
			this.#attach(wanted, found?.name ?? null);
			return session;
		}
		// One that cannot be read stays as it is, and nothing is kept in its place.
		if (isHeld) releaseSession(wanted);
		this.#attach(newId(), null);
		await holdSession(this.#id);
		if (session)
			this.#parts.notices.say(
				'This session is open in another tab too, so this tab keeps a copy of its own.',
			);
		return session;
	};

	/** A session of the list with everything in it; null, and a notice, where it can no longer be read. It stays in the list. */
	read = async ({ id }: SessionHead): Promise<SavedSession | null> => {
		const read = await this.#try((store) => store.get(id));
		if (read?.ok) return read.value;
		if (read)
			this.#parts.notices.say(
				`This session can no longer be read, and stays in the list of sessions as it is. ${visibleText(read.error.why)}`,
				{
					label: 'Download it',
					run: () => {
						const { outlet } = this.#parts.deck;
						download(own('tapedeck-session.json'), outlet.jsonText(read.error.text), 'application/json');
					},
				},
			);
		else if (this.#works) this.#parts.notices.say('This session is not there any more.');
		return null;
	};

	/** From now on changes are kept. `provisional` is a session that is only there to have something to show. */
	follow = (provisional: boolean) => {
		this.#pristine = provisional ? this.#state() : [];
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
		return !sameItems(this.#state(), this.#pristine);
	};

	/**
	 * Keeps the session as it is now. Says once where that does not work, and resolves to whether it did. One keeping waits for the one before, and
	 * no longer: on a machine that is slower than the changes come they would stand in line, and the newest last.
	 */
	keep = inTurn(() => this.#keepNow());

	async #keepNow(): Promise<boolean> {
		if (this.#timer !== null) clearTimeout(this.#timer);
		this.#timer = null;
		if (this.#leaving.left || !this.#isToKeep(this.#state())) return this.#works;
		await lookAhead(this.#parts.deck, () => performance.now());
		if (this.#leaving.left) return this.#works;
		const state = this.#state();
		this.#keptAt = performance.now();
		const session = this.#capture();
		const put = await this.#try((store) => store.put(session, bytesOf(this.#parts.deck)));
		// It went on under another id meanwhile, or the page was left and wrote down what is newer: what was put is the one before.
		const isOver = session.id !== this.#id || this.#leaving.left;
		if (put === null) return false;
		if (!put.ok && put.error.kind === 'unfit') {
			this.#say(
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
		this.#all = [put.value, ...this.#all.filter(({ id }) => id !== session.id)];
		if (!this.#leaving.left) attempt(() => forgetJournal(localStorage, session.id));
		if (isOver) return true;
		this.#kept = state;
		if (!this.#isToKeep(this.#state())) this.#leaving.unguard();
		this.#name = put.value.name;
		this.#say(null);
		return true;
	}

	#isToKeep(state: readonly unknown[]): boolean {
		if (!this.#following || this.#parts.paused() || !this.#isWorthKeeping()) return false;
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

	/** Takes in what pages wrote down when they were left. */
	async #fold(): Promise<void> {
		for (const entry of attempt(() => readJournals(localStorage)) ?? []) {
			const { id } = entry.head;
			if ((await this.#try((store) => store.fold(entry).then(() => true))) !== true) return;
			attempt(() => forgetJournal(localStorage, id));
			if (entry.lost.length > 0)
				this.#parts.notices.say(
					`The page was left before ${visibleText(entry.lost.join(', '))} could be kept. Load it again.`,
				);
		}
	}

	refresh = async (): Promise<void> => {
		this.#all = (await this.#try((store) => store.list())) ?? [];
	};

	/** Goes on under a new session; the one so far stays as it was kept. */
	moveOn = async (name: string | null): Promise<void> => {
		releaseSession(this.#id);
		this.#attach(newId(), name);
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
		await this.#try((store) => store.rename(session.id, this.#parts.deck.outlet.text(name)));
		await this.refresh();
	};

	/** Removes a session, which a notice offers to take back. */
	remove = async (session: SessionHead): Promise<void> => {
		const putBack = await this.#try((store) => store.remove(session.id));
		attempt(() => forgetJournal(localStorage, session.id));
		if (this.isOpenHere(session)) await this.moveOn(null);
		await this.refresh();
		if (!putBack) return;
		this.#parts.deed(
			`${session.name ?? 'The session'} was deleted.`,
			() => void this.#try(putBack).then(this.refresh),
		);
	};

	/** All sessions in one file, and how many of them cannot be read and so are not in it; null where the browser refuses. */
	exportAll = async (): Promise<{ readonly text: Outgoing<string>; readonly unreadable: number } | null> => {
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
		return added ?? err(this.#problem ?? whyNotKept(null));
	};

	/** Removes everything that this page keeps in this browser. Afterwards nothing is kept until the page is loaded again. */
	clearAll = async (): Promise<boolean> => {
		this.#following = false;
		const cleared = await this.#try((store) => store.clear());
		await this.#parts.runs.clear();
		for (const storage of [() => localStorage, () => sessionStorage]) {
			try {
				for (const key of Object.keys(storage())) if (key.startsWith('tapedeck:')) storage().removeItem(key);
			} catch {
				// There is none, and so nothing in it.
			}
		}
		return cleared !== null;
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

	#state(): readonly unknown[] {
		const { components, engine, world, limits, notes } = this.#parts.deck;
		return [components, world, engine, limits, notes];
	}

	#isWorthKeeping(): boolean {
		return this.hasWork() || this.#parts.deck.activity.length > 0;
	}

	#keepSoon(): void {
		if (!this.#following) return;
		if (this.#isToKeep(this.#state())) this.#leaving.guard();
		const due = Math.max(0, this.#keptAt + gatherMs - performance.now());
		this.#timer ??= setTimeout(() => void this.keep(), due);
	}

	/** Null, and a notice once, where the browser refuses. */
	async #try<T>(use: (store: SessionStore) => Promise<T>): Promise<T | null> {
		try {
			const result = await use(this.#parts.store);
			this.#works = true;
			this.#hasDatabase = true;
			return result;
		} catch (error) {
			this.#works = false;
			this.#say(whyNotKept(error));
			if (isLate(error)) this.#keepSoon();
			return null;
		}
	}

	/** Says why the session is not kept, once for each reason until it is kept again. */
	#say(problem: string | null): void {
		this.#problem = problem;
		if (problem !== null && problem !== this.#told) this.#parts.notices.sayOfPage(problem);
		this.#told = problem;
	}
}

const newId = () =>
	Array.from(crypto.getRandomValues(new Uint8Array(9)), (byte) => byte.toString(36)).join('');

/** Null where the browser has no such storage, or it is full. */
function attempt<T>(work: () => T): T | null {
	try {
		return work();
	} catch {
		return null;
	}
}

const sameItems = (a: readonly unknown[], b: readonly unknown[]): boolean =>
	a.length === b.length && a.every((item, index) => Object.is(item, b[index]));

const bytesOf = ({ components }: Deck): ComponentBytes =>
	new Map(components.flatMap(({ sha256, bytes, unbuilt }) => (unbuilt ? [] : [[sha256, bytes] as const])));

/** Without proxies, which a structured clone would trip over. */
const plain = <T>(scenario: T): T => $state.snapshot(scenario) as T;
