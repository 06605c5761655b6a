/** Moves the keyboard to a row of a virtual list: at once where the list shows it, and otherwise once it has scrolled there. */
export function focusRow(list: ParentNode, selector: string): void {
	const find = () => list.querySelector<HTMLElement>(selector);
	const row = find();
	// Waiting for a frame would drop the next press of a key that is held down.
	if (row) row.focus({ preventScroll: true });
	else requestAnimationFrame(() => find()?.focus());
}
