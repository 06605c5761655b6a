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

/** Which dialog is open: one at the most. */
export class Overlays {
	#open = $state<Overlay | null>(null);

	/** The one that is open. */
	current = $derived(this.#open);

	open = (overlay: Overlay) => {
		this.#open = overlay;
	};

	close = () => {
		this.#open = null;
	};
}
