/** A passing message, with something to do about it where there is something. */
export interface Notice {
	readonly id: number;
	readonly text: string;
	readonly action?: { readonly label: string; readonly run: () => void };
	/** It speaks of the page and not of a session. */
	readonly lasting: boolean;
}

/** How long an offer stays; what it offers can be done elsewhere too. */
const offerMs = 10_000;

/**
 * Messages that have no place of their own on the page. Each stays until it is dismissed or three newer ones came; an offer goes by itself, and with the
 * session goes what was said of it. One is shown at a time, the newest first, in the topmost dialog where one is open: nothing behind it could be pressed.
 */
export class Notices {
	#notices = $state.raw<readonly Notice[]>([]);
	#dialogs = $state.raw<readonly symbol[]>([]);
	#lastId = 0;

	all = $derived(this.#notices);
	/** The one that is shown. */
	current = $derived(this.#notices.at(-1) ?? null);
	/** How many wait behind it. */
	waiting = $derived(Math.max(0, this.#notices.length - 1));
	/** The dialog that they are shown in; null is the page. */
	place = $derived(this.#dialogs.at(-1) ?? null);

	/** Says something of the session that is open; gives the notice's id. */
	say = (text: string, action?: Notice['action']): number => this.#put({ text, action, lasting: false });

	/** Says something that holds whatever session is open. */
	sayOfPage = (text: string, action?: Notice['action']): number => this.#put({ text, action, lasting: true });

	dismiss = (id: number) => {
		this.#notices = this.#notices.filter((notice) => notice.id !== id);
	};

	/** Shows the next older one: what is shown now waits behind all others. */
	turn = () => {
		this.#notices = [...this.#notices.slice(-1), ...this.#notices.slice(0, -1)];
	};

	has = (id: number): boolean => this.#notices.some((notice) => notice.id === id);

	/** The session is gone: so is what was said of it. */
	leaveSession = () => {
		this.#notices = this.#notices.filter(({ lasting }) => lasting);
	};

	/** A dialog has opened over the page; gives what to call when it goes. */
	enterDialog = (dialog: symbol): (() => void) => {
		this.#dialogs = [...this.#dialogs, dialog];
		return () => {
			this.#dialogs = this.#dialogs.filter((other) => other !== dialog);
		};
	};

	#put(notice: Omit<Notice, 'id'>): number {
		const id = ++this.#lastId;
		this.#notices = [...this.#notices, { id, ...notice }].slice(-3);
		if (notice.action) setTimeout(() => this.dismiss(id), offerMs);
		return id;
	}
}
