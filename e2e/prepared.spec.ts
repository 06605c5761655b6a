import { expect, test, type Page } from '@playwright/test';
import { canMeasureMemory, rendererBytes } from './fixtures/memory';

/* What sandboxes that are kept ready hold, by the memory of the browser's processes. */

test.skip(!canMeasureMemory, 'memory is read from the kernel, on Linux');

const mebibyte = 2 ** 20;
/** Bytes of a core module: its sandbox holds them as they came, and the engine once more. */
const size = 48 * mebibyte;

async function openWall(page: Page): Promise<void> {
	await page.goto('../wall/');
	await page.waitForFunction(() => 'harness' in window);
}

/** Has the page prepare a large program, another each time. The page has a copy of its own of each. */
const prepare = (page: Page) => page.evaluate((bytes) => window.harness.prepareLarge(bytes), size);

const show = (page: Page, isShown: boolean) =>
	page.evaluate((hidden) => {
		Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
		document.dispatchEvent(new Event('visibilitychange'));
	}, !isShown);

test(
	'hold one large program, another in its place, and none once the page is out of sight',
	{ tag: '@long' },
	async ({ page }) => {
		await openWall(page);
		const before = rendererBytes();
		/** In units of the program, of which the page holds those that it was given. */
		const held = (given: number) => (rendererBytes() - before) / size - given;
		await prepare(page);
		await expect.poll(() => held(1), 'the control: what is prepared is seen').toBeGreaterThan(0.9);
		expect(held(1)).toBeLessThan(3);
		await prepare(page);
		await expect.poll(() => page.workers().length).toBe(1);
		await expect.poll(() => held(2), 'the second took the place of the first').toBeLessThan(3);
		await show(page, false);
		await expect.poll(() => page.workers().length).toBe(0);
		await expect.poll(() => held(2), 'nothing is left of it').toBeLessThan(0.5);
		await show(page, true);
		await expect.poll(() => held(2), 'and is there again with the page').toBeGreaterThan(0.9);
	},
);

test('hold no program where the browser was told to spare', { tag: '@long' }, async ({ page }) => {
	await page.addInitScript(() => {
		Object.defineProperty(navigator, 'connection', { value: { saveData: true } });
	});
	await openWall(page);
	const before = rendererBytes();
	await prepare(page);
	await expect.poll(() => page.workers().length).toBe(1);
	expect((rendererBytes() - before) / size - 1).toBeLessThan(0.5);
});
