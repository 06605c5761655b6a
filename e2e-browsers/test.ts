import { test as base } from '@playwright/test';
import { openFirefox } from './drivers/firefox';
import type { Session } from './drivers/session';
import { openWebKit } from './drivers/webkit';
import type { Options } from './playwright.config';

export { expect } from '@playwright/test';

interface Fixtures {
	/** The browser's one tab, showing nothing. */
	tab: Session;
	/** The address of a path of the server that the suite started, such as `/deck/`. */
	address: (path: string) => string;
}

/** A test in one of the stock browsers. A browser is started once and serves all the tests. */
export const test = base.extend<Fixtures, Options & { ownBrowser: boolean; session: Session }>({
	// Where a test wants one that has played nothing yet; a worker, which is a browser, has one answer.
	ownBrowser: [false, { option: true, scope: 'worker' }],
	engine: ['firefox', { option: true, scope: 'worker' }],
	binary: ['', { option: true, scope: 'worker' }],
	xServer: [null, { option: true, scope: 'worker' }],
	session: [
		async ({ engine, binary, xServer }, use) => {
			const session = await (engine === 'firefox' ? openFirefox(binary) : openWebKit(binary, xServer));
			await use(session);
			await session.close();
		},
		{ scope: 'worker', timeout: 60_000 },
	],
	tab: async ({ session }, use) => {
		await session.goto('about:blank');
		await use(session);
	},
	address: async ({ baseURL }, use) => use((path) => new URL(path, baseURL).href),
});

/** Opens the page and waits until the sample of a first visit is there. */
export async function openDeck(tab: Session, url: string): Promise<void> {
	await tab.goto(url);
	await tab.evaluate(untilTools);
}

/** Waits in the page until it lists a tool. */
const untilTools = () =>
	new Promise<void>((resolve, reject) => {
		const isThere = () =>
			'tapedeck' in window && document.querySelector('[data-testid=tool-item]') !== null && (resolve(), true);
		if (isThere()) return;
		const watch = new MutationObserver(() => isThere() && watch.disconnect());
		watch.observe(document, { subtree: true, childList: true });
		setTimeout(() => reject(new Error(`no tool: ${document.body.innerText.slice(0, 300)}`)), 30_000);
	});
