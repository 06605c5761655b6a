/** A passing message, with something to do about it where there is something. */
export interface Notice {
	readonly id: number;
	readonly text: string;
	readonly action?: { readonly label: string; readonly run: () => void };
}

/** How long an offer stays; what it offers can be done elsewhere too. */
const offerMs = 10_000;

/** Messages that have no place of their own on the page. Each stays until it is dismissed or three newer ones came; an offer goes by itself. */
export class Notices {
	#notices = $state.raw<readonly Notice[]>([]);
	#lastId = 0;

	all = $derived(this.#notices);

	say = (text: string, action?: Notice['action']) => {
		const id = ++this.#lastId;
		this.#notices = [...this.#notices, { id, text, action }].slice(-3);
		if (action) setTimeout(() => this.dismiss(id), offerMs);
	};

	dismiss = (id: number) => {
		this.#notices = this.#notices.filter((notice) => notice.id !== id);
	};
}
