import type { Deck } from '../deck/deck';

/** How long the page waits for a first call before it turns to what nobody has asked for, in milliseconds. */
const patience = 2_000;

/**
 * Resolves when the page has nothing to do that somebody waits for: the first call has its result, or none was made for a while, and the
 * browser is idle.
 */
export async function whenQuiet(deck: Pick<Deck, 'activity' | 'subscribe'>): Promise<void> {
	await Promise.race([firstResult(deck), new Promise<void>((resolve) => setTimeout(resolve, patience))]);
	await idle();
}

function firstResult(deck: Pick<Deck, 'activity' | 'subscribe'>): Promise<void> {
	return new Promise((resolve) => {
		const look = () => {
			if (!deck.activity.some((entry) => entry.kind === 'tool-call' && entry.status !== 'running')) return;
			stop();
			resolve();
		};
		const stop = deck.subscribe(look);
		look();
	});
}

const idle = (): Promise<void> =>
	new Promise((resolve) => {
		// Safari has none.
		if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: patience });
		else setTimeout(resolve, 200);
	});

/** Whether the browser was told to fetch only what is needed. */
export const savesData = (): boolean =>
	(navigator as { connection?: { saveData?: boolean } }).connection?.saveData ?? false;
