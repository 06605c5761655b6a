/** A dialog of the page. */
export type Overlay =
	| 'palette'
	| 'shortcuts'
	| 'help'
	| 'address'
	| 'new-tool'
	| 'gallery'
	| 'least-policy'
	| 'compare'
	| 'policies'
	| 'inspect'
	| 'remote'
	| 'index'
	| 'share'
	| 'sessions'
	| 'verify'
	| 'wassette'
	| 'surprises';

/** A text that was typed elsewhere and belongs into the field for addresses. */
export interface Sought {
	readonly text: string;
	/** Ask wasm.directory for it at once: that was what was pressed. */
	readonly search: boolean;
}

/** Which dialog is open: one at the most. */
export class Overlays {
	#open = $state<Overlay | null>(null);
	#sought = $state.raw<Sought | null>(null);

	/** The one that is open. */
	current = $derived(this.#open);

	/** What the dialog for addresses begins with; null where it was opened empty. */
	sought = $derived(this.#sought);

	open = (overlay: Overlay) => {
		this.#sought = null;
		this.#open = overlay;
	};

	/** Opens the dialog for addresses with a text in its field. */
	seek = (sought: Sought) => {
		this.#sought = sought;
		this.#open = 'address';
	};

	close = () => {
		this.#open = null;
	};
}
