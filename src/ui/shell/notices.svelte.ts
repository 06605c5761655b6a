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
 * session goes what was said of it.
 */
export class Notices {
	#notices = $state.raw<readonly Notice[]>([]);
	#lastId = 0;

	all = $derived(this.#notices);

	/** Says something of the session that is open; gives the notice's id. */
	say = (text: string, action?: Notice['action']): number => this.#put({ text, action, lasting: false });

	/** Says something that holds whatever session is open. */
	sayOfPage = (text: string, action?: Notice['action']): number => this.#put({ text, action, lasting: true });

	dismiss = (id: number) => {
		this.#notices = this.#notices.filter((notice) => notice.id !== id);
	};

	has = (id: number): boolean => this.#notices.some((notice) => notice.id === id);

	/** The session is gone: so is what was said of it. */
	leaveSession = () => {
		this.#notices = this.#notices.filter(({ lasting }) => lasting);
	};

	#put(notice: Omit<Notice, 'id'>): number {
		const id = ++this.#lastId;
		this.#notices = [...this.#notices, { id, ...notice }].slice(-3);
		if (notice.action) setTimeout(() => this.dismiss(id), offerMs);
		return id;
	}
}
