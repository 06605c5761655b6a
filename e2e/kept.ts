import type { BrowserContext, Page } from '@playwright/test';
import type { Scenario } from '../src/core/scenario';
import { beginAgain } from './page';
import { test as base } from './test';

interface Kept {
	readonly context: BrowserContext;
	readonly page: Page;
	/** What a first visit shows. */
	first: Scenario | null;
}

/**
 * The test of test.ts where starting up is not the subject: a worker's tests share one page, which goes from one to the next by opening what a
 * first visit shows. `openDeck` is where that happens; what it does not undo (a reload, another address) begins with a page loaded anew.
 */
export const test = base.extend<object, { kept: Kept }>({
	kept: [
		async ({ browser }, use, { project }) => {
			const { baseURL, serviceWorkers } = project.use;
			const context = await browser.newContext({ baseURL, serviceWorkers });
			await context.addInitScript(() =>
				Object.defineProperty(navigator, 'connection', { value: { saveData: true } }),
			);
			await use({ context, page: await context.newPage(), first: null });
			await context.close();
		},
		{ scope: 'worker' },
	],
	context: async ({ kept }, use) => use(kept.context),
	page: async ({ kept }, use) => {
		const { page } = kept;
		kept.first = await beginAgain(page, kept.first);
		await use(page);
		await page.unrouteAll();
		await page.emulateMedia({ colorScheme: null, reducedMotion: null });
		await page.setViewportSize({ width: 1280, height: 720 });
		await kept.context.clearPermissions();
	},
});
