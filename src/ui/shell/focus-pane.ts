import { tick } from 'svelte';

const focusable =
	'input:not(:disabled), textarea:not(:disabled), select:not(:disabled), button:not(:disabled), [tabindex="0"]';

/**
 * Moves the keyboard to a pane, named by its test id, once the page shows it; does nothing where it is not shown. `act` takes the
 * place of focusing.
 */
export async function focusPane(name: string, act?: (pane: HTMLElement) => void): Promise<void> {
	await tick();
	const pane = document.querySelector<HTMLElement>(`[data-testid="${name}"]`);
	if (!pane) return;
	if (act) act(pane);
	else (pane.matches(focusable) ? pane : (pane.querySelector<HTMLElement>(focusable) ?? pane)).focus();
}
