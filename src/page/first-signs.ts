/** What an element says of itself where it is a field for files or for an address. */
interface Field {
	readonly type?: string;
	readonly accept?: string;
	readonly inputMode?: string;
}

const signs: Readonly<Record<string, (field: Field, event: Event) => boolean>> = {
	dragenter: (_field, event) => (event as Partial<DragEvent>).dataTransfer?.types.includes('Files') ?? false,
	click: ({ type, accept }) => type === 'file' && (accept?.includes('.wasm') ?? false),
	input: ({ inputMode }) => inputMode === 'url',
};

/**
 * Calls `expect` at each sign that somebody is about to bring a component of their own: files are dragged over the page, the dialog for one is
 * opened, or an address is typed.
 */
export function watchFirstSigns(page: EventTarget, expect: () => void): void {
	for (const [type, isSign] of Object.entries(signs))
		page.addEventListener(type, (event) => {
			if (isSign((event.target ?? {}) as Field, event)) expect();
		});
}
