import { test as base } from '@playwright/test';

/**
 * Playwright's test, in a browser that was told to save data: the page then brings no editor and no transpiler ahead of their use, which
 * spares the processor about a tenth of what a test costs. `test.use({ savesData: false })` where what comes ahead is the subject.
 */
export const test = base.extend<{ savesData: boolean }>({
	savesData: [true, { option: true }],
	context: async ({ context, savesData }, use) => {
		if (savesData)
			await context.addInitScript(() =>
				Object.defineProperty(navigator, 'connection', { value: { saveData: true } }),
			);
		await use(context);
	},
});
