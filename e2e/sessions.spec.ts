import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { component, openDeck, pick, setArguments, tool } from './page';
import { test } from './test';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const edit = (page: Page, words: string) =>
	page.evaluate(
		(text) => window.tapedeck.setPolicy('files', `version: "1.0"\npermissions: {}\n# ${text}\n`),
		words,
	);
const editor = (page: Page) => page.getByTestId('policy-editor');

/** Names of what the browser keeps, once it keeps so many sessions. */
async function kept(page: Page, count: number): Promise<void> {
	await page.getByRole('button', { name: 'Sessions', exact: true }).click();
	await expect(page.getByTestId('session-item')).toHaveCount(count);
	await button(page, 'Close').first().click();
}

test.describe('a session', () => {
	test('survives a reload, its component from a file included, and fetches it from nowhere', async ({
		page,
	}) => {
		await openDeck(page);
		await pick(page, 'greet.wasm', component('greet'));
		await expect(tool(page, 'wasi_cli_run_0_2_0_run')).toBeVisible();
		await page.evaluate(() =>
			window.tapedeck.setPolicy('greet', 'version: "1.0"\npermissions: {}\n# kept\n'),
		);
		await kept(page, 1);
		const before = await page.evaluate(() => window.tapedeck.scenario());
		await page.reload();
		await expect(tool(page, 'wasi_cli_run_0_2_0_run')).toBeVisible();
		await expect(editor(page)).toContainText('# kept');
		expect(await page.evaluate(() => window.tapedeck.scenario())).toEqual(before);
		expect(await page.evaluate(() => window.tapedeck.activity())).toEqual([]);
	});

	test('comes back after a reload in the middle of a lesson', async ({ page }) => {
		await openDeck(page);
		await edit(page, 'mine');
		await kept(page, 1);
		await page.getByRole('button', { name: 'Start the lessons' }).click();
		await expect(page.getByTestId('lesson')).toBeVisible();
		await page.evaluate(() => window.tapedeck.setEngine('0.2.0'));
		await page.reload();
		await expect(editor(page)).toContainText('# mine');
		expect(await page.evaluate(() => window.tapedeck.scenario().engine)).toBe('0.8.1');
	});

	test('keeps no secret, and asks for it again', async ({ page }) => {
		await openDeck(page);
		await page.evaluate(() =>
			window.tapedeck.open({
				...window.tapedeck.scenario(),
				world: { variables: { API_KEY: { secret: true } } },
			}),
		);
		await page.getByRole('tab', { name: 'Variables' }).click();
		await page.locator('input[type=password]').fill('hunter2hunter2');
		await kept(page, 1);
		await page.reload();
		await expect(page.getByText('Fill in API_KEY again')).toBeVisible();
		await page.getByRole('tab', { name: 'Variables' }).click();
		await expect(page.locator('input[type=password]')).toHaveValue('');
	});

	test('of a second tab does not overwrite the first', async ({ page, context }) => {
		await openDeck(page);
		await edit(page, 'first');
		await kept(page, 1);
		const second = await context.newPage();
		await openDeck(second);
		await expect(editor(second)).toContainText('fs:///data');
		await edit(second, 'second');
		await kept(second, 2);
		await page.reload();
		await expect(editor(page)).toContainText('# first');
		await second.reload();
		await expect(editor(second)).toContainText('# second');
	});

	test('is gone on with in a new tab once the last one is closed', async ({ page, context }) => {
		await openDeck(page);
		await edit(page, 'mine');
		await kept(page, 1);
		await page.close();
		const next = await context.newPage();
		await openDeck(next);
		await expect(editor(next)).toContainText('# mine');
	});

	test('starts quiet after a run that had to be stopped, and says why', async ({ page }) => {
		await openDeck(page);
		await pick(page, 'loop.wasm', component('loop'));
		await expect(page.getByRole('button', { name: 'Unload loop' })).toBeVisible();
		await page.getByTestId('tool-item').first().click();
		await setArguments(page, {});
		await page.getByTestId('run').click();
		await page.getByTestId('stop').click();
		await expect(page.getByTestId('run')).toBeEnabled();
		await kept(page, 1);
		await page.reload();
		await expect(page.getByTestId('open-summary')).toContainText('had to be stopped');
		expect(await page.evaluate(() => window.tapedeck.scenario().components)).toEqual([]);
		await button(page, 'Open').click();
		await expect(page.getByTestId('component-list')).toContainText('loop');
		await page.reload();
		await expect(page.getByTestId('component-list')).toContainText('loop');
		await expect(page.getByTestId('open-summary')).toHaveCount(0);
	});

	test('that is under way when the page goes away starts quiet too', async ({ page }) => {
		await openDeck(page);
		await pick(page, 'loop.wasm', component('loop'));
		await expect(page.getByRole('button', { name: 'Unload loop' })).toBeVisible();
		await kept(page, 1);
		await page.getByTestId('tool-item').first().click();
		await setArguments(page, {});
		await page.getByTestId('run').click();
		await expect(page.getByTestId('stop')).toBeVisible();
		await expect.poll(() => page.evaluate(markedRuns)).toBe(1);
		await page.reload();
		await expect(page.getByTestId('open-summary')).toContainText('still under way when this page went away');
		await button(page, 'Start afresh').click();
		await expect(tool(page, 'list-directory')).toBeVisible();
	});
});

/** Runs in the page: how many sessions have a run that did not end. */
async function markedRuns(): Promise<number> {
	// To open a database that is not there would make one.
	if (!(await indexedDB.databases()).some(({ name }) => name === 'tapedeck-runs')) return 0;
	const database = await new Promise<IDBDatabase>((resolve, reject) => {
		const opening = indexedDB.open('tapedeck-runs');
		opening.onsuccess = () => resolve(opening.result);
		opening.onerror = () => reject(opening.error);
	});
	const count = database.transaction('runs').objectStore('runs').count();
	return new Promise((resolve) => {
		count.onsuccess = () => {
			database.close();
			resolve(count.result);
		};
	});
}

test.describe('the list of sessions', () => {
	test('saves, opens, renames, deletes and takes a deletion back', async ({ page }) => {
		test.slow();
		await openDeck(page);
		await edit(page, 'one');
		const open = () => button(page, 'Sessions').click();
		const item = (name: string) => page.getByTestId('session-item').filter({ hasText: name });
		await open();
		await page.getByLabel('Name this session').fill('First');
		await button(page, 'Save').click();
		await expect(item('First')).toHaveAttribute('data-current', 'true');
		await page.getByLabel('Save a copy as').fill('Second');
		await button(page, 'Save').click();
		await expect(item('Second')).toHaveAttribute('data-current', 'true');
		await button(page, 'Close').first().click();
		await edit(page, 'two');
		await open();
		await button(page, 'Open First').click();
		await expect(editor(page)).toContainText('# one');
		await open();
		await button(page, 'Rename Second').click();
		await page.getByLabel('New name').fill('Third');
		await button(page, 'Rename').click();
		await button(page, 'Delete Third').click();
		await expect(item('Third')).toHaveCount(0);
		await page.keyboard.press('ControlOrMeta+z');
		await button(page, 'Delete Third').click();
		await expect(item('Third')).toHaveCount(0);
		await button(page, 'Close').first().click();
		await button(page, 'Undo').click();
		await open();
		await button(page, 'Open Third').click();
		await expect(editor(page)).toContainText('# two');
	});

	test('goes out whole, is cleared, and comes back whole', async ({ page }) => {
		test.slow();
		await openDeck(page);
		await pick(page, 'greet.wasm', component('greet'));
		await expect(tool(page, 'wasi_cli_run_0_2_0_run')).toBeVisible();
		await button(page, 'Sessions').click();
		await page.getByLabel('Name this session').fill('Greeting');
		await button(page, 'Save').click();
		await expect(page.getByTestId('session-item')).toHaveCount(1);
		const [file] = await Promise.all([page.waitForEvent('download'), button(page, 'Export all').click()]);
		const exported = readFileSync(await file.path());
		await button(page, 'Clear all data…').click();
		await button(page, 'Clear everything').click();
		await expect(tool(page, 'list-directory')).toBeVisible();
		await button(page, 'Sessions').click();
		await expect(page.getByTestId('session-item')).toHaveCount(0);
		await page
			.getByTestId('sessions-file')
			.setInputFiles({ name: 'all.json', mimeType: 'application/json', buffer: exported });
		await expect(page.getByTestId('sessions')).toContainText('1 session imported');
		await button(page, 'Open Greeting').click();
		await expect(tool(page, 'wasi_cli_run_0_2_0_run')).toBeVisible();
	});
});

test('a browser that keeps nothing says so, and everything else works', async ({ page }) => {
	await page.addInitScript(() => {
		Object.defineProperty(globalThis, 'indexedDB', {
			get: () => ({
				open: () => {
					throw new DOMException('refused', 'SecurityError');
				},
			}),
		});
	});
	await openDeck(page);
	await expect(page.getByText('This browser keeps nothing for this page')).toBeVisible();
	await page.getByTestId('run').click();
	await expect(page.getByTestId('result')).toHaveAttribute('data-status', 'ok');
});
