import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import type { Scenario } from '../src/core/scenario';

const root = join(import.meta.dirname, '..');

/** The bytes of a component built for the tests, such as `loop`, or of a sample. */
export function component(name: string): Buffer {
	for (const folder of ['e2e/components', 'static-components']) {
		try {
			return readFileSync(join(root, folder, name, `${name}.wasm`));
		} catch {
			// Not in this folder.
		}
	}
	throw new Error(`There is no component named ${name}`);
}

/** A component that no file of the site is about: a sample with an empty custom section at its end. */
export const unknownComponent = (name: string): Buffer =>
	Buffer.concat([component(name), Buffer.from([0, 2, 1, 0x78])]);

/** Pages that show what a first visit shows, though they were not loaded for it. */
const begun = new WeakSet<Page>();

/**
 * Lets a page that several tests share show what a first visit shows: what `first` is, which the page itself tells where it was not asked
 * before. Resolves with that.
 */
export async function beginAgain(page: Page, first: Scenario | null): Promise<Scenario> {
	const isThere = first !== null && (await page.evaluate(() => 'tapedeck' in window && !location.hash));
	if (isThere) {
		await page.keyboard.press('Escape');
		await page.evaluate(async (first) => {
			localStorage.clear();
			sessionStorage.clear();
			// What is chosen goes with what it is chosen of.
			await window.tapedeck.open({ version: 1, components: [] });
			await window.tapedeck.open(first);
		}, JSON.stringify(first));
	} else await openDeck(page);
	begun.add(page);
	return first ?? page.evaluate(() => window.tapedeck.scenario());
}

/** Opens the page and waits until the sample of a first visit is there. */
export async function openDeck(page: Page, address = './'): Promise<void> {
	if (address !== './' || !begun.delete(page)) await page.goto(address);
	await expect(page.getByTestId('tool-item').first()).toBeVisible();
}

/** Drops a file on the component input, as picking it would. */
export async function pick(
	page: Page,
	name: string,
	buffer: Buffer,
	mimeType = 'application/wasm',
): Promise<void> {
	await page.getByTestId('component-file').setInputFiles({ name, mimeType, buffer });
}

/** The list's entry for a tool. */
export const tool = (page: Page, name: string) =>
	page.locator(`[data-testid=tool-item][data-name="${name}"]`);

/** Sets the arguments through the JSON view. */
export async function setArguments(page: Page, args: object): Promise<void> {
	const json = page.getByTestId('call-json');
	if (!(await json.isVisible()))
		await page
			.getByRole('tab', { name: 'JSON' })
			.or(page.getByRole('radio', { name: 'JSON' }))
			.first()
			.click();
	await json.fill(JSON.stringify(args));
}

/** Presses Run and waits until the result has settled. */
export async function run(page: Page): Promise<void> {
	await page.getByTestId('run').click();
	await expect(page.getByTestId('result')).toHaveAttribute('data-status', /ok|error|empty/);
	await expect(page.getByTestId('run')).toBeEnabled();
}

export const deniedRows = (page: Page) => page.locator('[data-testid=activity-row][data-verdict=deny]');
export const allowedRows = (page: Page) => page.locator('[data-testid=activity-row][data-verdict=allow]');

/** Does what the palette finds first for these words. */
export async function command(page: Page, words: string): Promise<void> {
	await page.keyboard.press('ControlOrMeta+k');
	const field = page.getByRole('combobox', { name: 'Search commands' });
	await expect(field).toBeFocused();
	await page.keyboard.type(words);
	await page.keyboard.press('Enter');
	await expect(field).toHaveCount(0);
}

/** Opens a message of the wire. While the list is just being laid out, a row can move from under the press. */
export async function openMessage(page: Page, row: Locator): Promise<void> {
	await expect(async () => {
		await row.click();
		await expect(page.getByRole('region', { name: 'Message' })).toBeVisible({ timeout: 1_000 });
	}).toPass();
}
