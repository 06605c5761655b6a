import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from '@playwright/test';
import { serveFolders } from './fixtures/static-server';
import { openDeck } from './page';

/* A newer version of the site, while a tab has the older one. */

interface Site {
	readonly address: string;
	/** Puts another version in the place of the one that is served. */
	readonly change: () => void;
}

const test = base.extend<{ site: Site }>({
	serviceWorkers: 'allow',
	// eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from the pattern
	site: async ({}, use) => {
		const folder = mkdtempSync(join(tmpdir(), 'tapedeck-site-'));
		cpSync(join(import.meta.dirname, '../dist'), folder, { recursive: true });
		const server = await serveFolders({ '/': folder });
		await use({
			address: server.origin,
			change: () => appendFileSync(join(folder, 'offline.js'), '\n// Another version.\n'),
		});
		await server.close();
		rmSync(folder, { recursive: true, force: true });
	},
});

test('is offered, and taken over only when somebody says so', async ({ page, site }) => {
	const waits = () =>
		page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.waiting !== null);
	await openDeck(page, site.address);
	await page.evaluate(() => navigator.serviceWorker.ready);
	const notice = page.getByText('A newer version of this page is here.');
	// The first one is not newer than what is shown.
	await expect(notice).toBeHidden();

	site.change();
	await openDeck(page, site.address);
	await expect(notice).toBeVisible();
	expect(await waits()).toBe(true);

	const reloaded = page.waitForEvent('load');
	await page.getByRole('button', { name: 'Reload' }).click();
	await reloaded;
	expect(await waits()).toBe(false);
	await expect(page.getByTestId('tool-item').first()).toBeVisible();
	await expect(notice).toBeHidden();
});
