/** How long a card says the same, in full sight, before what it offers can be agreed to, in milliseconds. */
export const settlingMs = 1000;

/** Calls back once after so many milliseconds. */
export type Later = (task: () => void, milliseconds: number) => void;

/**
 * What a card asks a person to agree to. A press counts for exactly what is on show, and only once that has been on show, unchanged and in
 * sight, for a second: one that was meant for what stood there before does not count.
 */
export class Consent {
	readonly #later: Later;
	#shown = $state.raw<string | null>(null);
	#armed = $state.raw<string | null>(null);
	#changed = $state.raw(false);
	#hidden = $state.raw<string | null>(null);
	#turn = 0;

	/** What is on show can be agreed to now. */
	armed = $derived(this.#armed !== null && this.#armed === this.#shown);
	/** Something else took the place of what the card said first. */
	changed = $derived(this.#changed);
	/** Why what is on show cannot be seen, as a sentence; null where it can. */
	hidden = $derived(this.#hidden);

	constructor(later: Later = (task, milliseconds) => void setTimeout(task, milliseconds)) {
		this.#later = later;
	}

	/** Says what is on show, by a text that is another one whenever the card says something else; null where there is no card. */
	show = (what: string | null) => {
		if (what === null) this.#changed = false;
		else if (this.#shown !== null && this.#shown !== what) this.#changed = true;
		this.#shown = what;
		this.settle();
	};

	/** The same is offered, but the card says more of it now: by the person's own doing, or because the page has found something out. */
	settle = (what: string | null = this.#shown) => {
		this.#shown = what;
		this.#armed = null;
		const turn = ++this.#turn;
		if (what === null || this.#hidden !== null) return;
		this.#later(() => {
			if (this.#turn === turn) this.#armed = what;
		}, settlingMs);
	};

	/** Says whether the card can be seen, and if not, why. */
	see = (hidden: string | null) => {
		if (hidden === this.#hidden) return;
		this.#hidden = hidden;
		this.settle();
	};

	/** Whether a press on a card that says `what` counts. */
	covers = (what: string): boolean => this.#armed === what && this.#shown === what;
}
