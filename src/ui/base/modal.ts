import type { Attachment } from 'svelte/attachments';

/**
 * Opens a dialog over the page, which then hears no keys, and closes it when it goes. The keyboard then returns to what had it before,
 * where that is still there and nothing else took the keyboard meanwhile.
 */
export const modal: Attachment<HTMLDialogElement> = (dialog) => {
	const before = document.activeElement;
	dialog.showModal();
	focusInside(dialog);
	return () => {
		dialog.close();
		// The browser gives the keyboard back only for a dialog that is closed before it leaves the page.
		const now = document.activeElement;
		const isFree = now === null || now === document.body || dialog.contains(now);
		if (isFree && before instanceof HTMLElement && before.isConnected) before.focus();
	};
};

const fields = 'input:not([type=hidden]):not(:disabled), select:not(:disabled), textarea:not(:disabled)';
const choices = 'button:not(:disabled), a[href]';

/**
 * The keyboard begins where something is to be done: where the dialog says, in the first field, else at the first choice that is in view, else at the text,
 * which it then scrolls; never at what closes the dialog. What asks for it itself has it.
 */
function focusInside(dialog: HTMLDialogElement): void {
	const body = dialog.querySelector<HTMLElement>('[data-dialog-body]');
	if (!body || dialog.querySelector('[autofocus]')) return;
	const { bottom } = body.getBoundingClientRect();
	const inView = (element: HTMLElement) => {
		const box = element.getBoundingClientRect();
		return box.width > 0 && box.bottom <= bottom;
	};
	const first = (selector: string) => [...body.querySelectorAll<HTMLElement>(selector)].find(inView);
	(first('[data-begin] button:not(:disabled)') ?? first(fields) ?? first(choices) ?? body).focus({
		preventScroll: true,
	});
}
