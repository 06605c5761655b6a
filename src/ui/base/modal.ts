import type { Attachment } from 'svelte/attachments';

/**
 * Opens a dialog over the page, which then hears no keys, and closes it when it goes. The keyboard then returns to what had it before,
 * where that is still there and nothing else took the keyboard meanwhile.
 */
export const modal: Attachment<HTMLDialogElement> = (dialog) => {
	const before = document.activeElement;
	dialog.showModal();
	return () => {
		dialog.close();
		// The browser gives the keyboard back only for a dialog that is closed before it leaves the page.
		const now = document.activeElement;
		const isFree = now === null || now === document.body || dialog.contains(now);
		if (isFree && before instanceof HTMLElement && before.isConnected) before.focus();
	};
};
