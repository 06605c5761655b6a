import { tick } from 'svelte';

const focusable =
	'input:not(:disabled), textarea:not(:disabled), select:not(:disabled), button:not(:disabled), [tabindex="0"]';

/** How long a pane may take to come, in milliseconds: some are fetched when they are first shown. */
const patience = 5000;

/**
 * Moves the keyboard to a pane, named by its test id, once the page shows it; does nothing where it is not shown. `act` takes the
 * place of focusing.
 */
export async function focusPane(name: string, act?: (pane: HTMLElement) => void): Promise<void> {
	await tick();
	const pane = await appearance(`[data-testid="${name}"]`);
	if (!pane) return;
	if (act) act(pane);
	else (pane.matches(focusable) ? pane : (pane.querySelector<HTMLElement>(focusable) ?? pane)).focus();
}

/** The first element that a selector finds, now or as soon as there is one; null where none comes. */
function appearance(selector: string): Promise<HTMLElement | null> {
	const find = () => document.querySelector<HTMLElement>(selector);
	return new Promise((resolve) => {
		if (find()) return resolve(find());
		const end = () => {
			observer.disconnect();
			clearTimeout(timer);
			resolve(find());
		};
		const observer = new MutationObserver(() => find() && end());
		const timer = setTimeout(end, patience);
		observer.observe(document.body, { childList: true, subtree: true });
	});
}
