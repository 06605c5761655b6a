/** Offers the tools to the browser's own agent; resolves with what takes them back. */
export type OfferTools = () => Promise<() => void>;

/** The switch by which a person lets their browser's own agent use the tools of this page. Off at every start, and with every other session. */
export class WebAgent {
	readonly #offer: OfferTools | null;
	#on = $state(false);
	#stop: (() => void) | null = null;
	#turn = 0;

	on = $derived(this.#on);

	constructor(offer: OfferTools | null) {
		this.#offer = offer;
	}

	/** Whether this browser has such an agent's way to tools (WebMCP). */
	get available(): boolean {
		return this.#offer !== null;
	}

	set = async (on: boolean): Promise<void> => {
		const turn = ++this.#turn;
		this.#stop?.();
		this.#stop = null;
		const offer = on ? this.#offer : null;
		this.#on = offer !== null;
		if (!offer) return;
		const stop = await offer();
		if (turn === this.#turn) this.#stop = stop;
		else stop();
	};
}
