import { own, type Outgoing, type Outlet } from '../../core/outlet';
import { err, type Result } from '../../core/result';
import type { SessionHead } from '../../deck/session-head';
import { forgetJournal, readJournals } from '../../deck/session-journal';
import type { SavedSession, SessionStore } from '../../deck/session-store';
import { download } from '../base/download';
import type { Notices } from '../shell/notices.svelte';
import { visibleText } from '../text/visible';
import { isLate, whyNotKept } from './why-not-kept';

interface KeptParts {
	readonly store: SessionStore;
	readonly notices: Notices;
	readonly outlet: () => Outlet;
	/** Told where the browser's storage did not answer in time, and may yet. */
	readonly onlate: () => void;
}

/** Few ask for it. */
const archive = () => import('../../deck/session-archive');

/** The sessions that this browser keeps, as a list, and whether it keeps any at all. What goes wrong is said once for each reason. */
export class KeptSessions {
	readonly #parts: KeptParts;
	#all = $state.raw<readonly SessionHead[]>([]);
	#works = $state(true);
	#hasAnswered = false;
	/** What was said last about keeping, so that it is said once. */
	#told: string | null = null;
	#problem = $state<string | null>(null);

	/** Newest first. */
	all = $derived(this.#all);
	/** Whether this browser keeps anything. */
	works = $derived(this.#works);
	/** Why the session as it is now is not kept, in a sentence; null where it is. */
	problem = $derived(this.#problem);

	constructor(parts: KeptParts) {
		this.#parts = parts;
	}

	/** The database answered once: what is written down has a place to be taken to, also where the last attempt broke off as the page went. */
	get hasAnswered(): boolean {
		return this.#hasAnswered;
	}

	/** Lists them again. */
	refresh = async (): Promise<void> => {
		this.#all = (await this.use((store) => store.list())) ?? [];
	};

	/** A session was kept: it is the newest now. */
	keptAs = (head: SessionHead): void => {
		this.#all = [head, ...this.#all.filter(({ id }) => id !== head.id)];
	};

	/** A session of the list with everything in it; null, and a notice, where it can no longer be read. It stays in the list. */
	read = async ({ id }: SessionHead): Promise<SavedSession | null> => {
		const read = await this.use((store) => store.get(id));
		if (read?.ok) return read.value;
		if (read)
			this.#parts.notices.say(
				`This session can no longer be read, and stays in the list of sessions as it is. ${visibleText(read.error.why)}`,
				{
					label: 'Download it',
					run: () => {
						const outlet = this.#parts.outlet();
						download(own('tapedeck-session.json'), outlet.jsonText(read.error.text), 'application/json');
					},
				},
			);
		else if (this.#works) this.#parts.notices.say('This session is not there any more.');
		return null;
	};

	/** All sessions in one file, and how many of them cannot be read and so are not in it; null where the browser refuses. */
	exportAll = async (): Promise<{ readonly text: Outgoing<string>; readonly unreadable: number } | null> => {
		return this.use(async (store) => (await archive()).exportAll(store, this.#parts.outlet()));
	};

	/** Adds the sessions of an export beside those that are there. Loads and runs nothing. */
	importAll = async (text: string, newId: () => string): Promise<Result<number, string>> => {
		const added = await this.use(async (store) => {
			const { importAll } = await archive();
			return importAll(store, text, { newId, outlet: this.#parts.outlet() });
		});
		await this.refresh();
		return added ?? err(this.#problem ?? whyNotKept(null));
	};

	clear = async (): Promise<boolean> => (await this.use((store) => store.clear())) !== null;

	/** Takes in what pages wrote down when they were left. */
	async fold(): Promise<void> {
		for (const entry of attempt(() => readJournals(localStorage)) ?? []) {
			const { id } = entry.head;
			if ((await this.use((store) => store.fold(entry).then(() => true))) !== true) return;
			this.forgetWritten(id);
			if (entry.lost.length > 0)
				this.#parts.notices.say(
					`The page was left before ${visibleText(entry.lost.join(', '))} could be kept. Load it again.`,
				);
		}
	}

	/** Forgets what a page wrote down of a session as it was left. */
	forgetWritten(id: string): void {
		attempt(() => forgetJournal(localStorage, id));
	}

	/** What the store answers; null, and a notice once, where the browser refuses. */
	async use<T>(use: (store: SessionStore) => Promise<T>): Promise<T | null> {
		try {
			const result = await use(this.#parts.store);
			this.#works = true;
			this.#hasAnswered = true;
			return result;
		} catch (error) {
			this.#works = false;
			this.say(whyNotKept(error));
			if (isLate(error)) this.#parts.onlate();
			return null;
		}
	}

	/** Says why the session is not kept, once for each reason until it is kept again. */
	say(problem: string | null): void {
		this.#problem = problem;
		if (problem !== null && problem !== this.#told) this.#parts.notices.sayOfPage(problem);
		this.#told = problem;
	}
}

/** Null where the browser has no such storage, or it is full. */
function attempt<T>(work: () => T): T | null {
	try {
		return work();
	} catch {
		return null;
	}
}
