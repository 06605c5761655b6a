import { isLink } from '../../core/scenario';

/** Whether a text is a link to a scenario, or the fragment of one. */
export const isLinkText = (text: string): boolean =>
	!/\s/.test(text) && isLink(text.slice(text.indexOf('#') + 1));

/** The link to a scenario that is pasted onto the page, and not into a field of it; null where it is none. */
export function pastedLink({ target, clipboardData }: ClipboardEvent): string | null {
	if (target instanceof HTMLElement && target.closest('input, textarea, [contenteditable], .monaco-editor'))
		return null;
	const text = clipboardData?.getData('text/plain').trim() ?? '';
	return isLinkText(text) ? text : null;
}
