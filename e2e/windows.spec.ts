import { expect, type Page } from '@playwright/test';
import { command, openDeck } from './page';
import { test } from './test';

/* Windows of many sizes: what runs a call and what it answers are in view together, whatever the height is. */

const sizes = [
	[1440, 900],
	[1366, 768],
	[1280, 640],
	[1100, 800],
	[1024, 600],
	[844, 390],
	[720, 450],
	[390, 844],
] as const;

const denial = (page: Page) => page.getByTestId('result').getByTestId('denial');

test('a denied call is read where it was made, at every size of the window', async ({ page }) => {
	await openDeck(page);
	for (const [width, height] of sizes) {
		await test.step(`${width} × ${height}`, async () => {
			await page.setViewportSize({ width, height });
			const panes = page.getByRole('navigation', { name: 'Panes' });
			const isOne = width < 720 || (width < 1100 && height < 620);
			await expect(panes).toHaveCount(isOne ? 1 : 0);
			if (isOne) await panes.getByRole('button', { name: 'Tools' }).click();
			await page.locator('[data-testid=tool-item][data-name=list-directory]').click();
			await page.getByRole('textbox', { name: 'path' }).fill('/home/user');
			await page.getByTestId('run').click();
			await expect(denial(page)).toContainText('Denied: read /home/user');
			await expect(denial(page)).toContainText('No rule grants it; line 8 grants only /data.');
			await expect(page.getByTestId('run')).toBeInViewport({ ratio: 1 });
			await expect(denial(page).getByRole('button', { name: 'Grant and run' })).toBeInViewport({ ratio: 1 });
			await expect(page.getByTestId('announcement')).toHaveText(
				/^Denied: read \/home\/user\. No rule grants it/,
			);
			expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
		});
	}
	await denial(page).getByRole('button', { name: 'Why was this denied?' }).click();
	const detail = page.getByRole('region', { name: 'Detail of the host call' });
	await detail.getByRole('button', { name: 'Grant and run' }).click();
	// One is not left on what was denied.
	await expect(page.getByTestId('result')).toHaveAttribute('data-ending', 'result');
	await expect(page.getByTestId('result')).toBeInViewport();
	await expect(denial(page)).toHaveCount(0);
});

test('why a call was denied and what would allow it are in view at once', async ({ page }) => {
	await page.setViewportSize({ width: 1440, height: 900 });
	await openDeck(page);
	await page.getByRole('textbox', { name: 'path' }).fill('/home/user');
	await page.getByTestId('run').click();
	await denial(page).getByRole('button', { name: 'Why was this denied?' }).click();
	const detail = page.getByRole('region', { name: 'Detail of the host call' });
	await expect(detail.getByRole('group', { name: 'Change to the policy' })).toBeInViewport({ ratio: 1 });
	await expect(detail.getByRole('button', { name: 'Grant and run' })).toBeInViewport({ ratio: 1 });
	await denial(page).getByRole('button', { name: 'Grant and run' }).click();
	await expect(page.getByTestId('result')).toHaveAttribute('data-ending', 'result');
	await expect(page.getByTestId('policy-editor')).toContainText('fs:///home/user');
	// Below so much height there is a tab in the place of the drawer.
	await page.setViewportSize({ width: 1200, height: 560 });
	await page.getByRole('tab', { name: /^Activity/ }).click();
	await expect(page.getByRole('combobox', { name: 'Record' })).toBeVisible();
	await page.getByRole('button', { name: 'Close the detail' }).click();
	await expect(page.getByTestId('activity-row').first()).toBeInViewport();
	await expect(page.getByTestId('run')).toBeInViewport({ ratio: 1 });
});

test('what is said of a component stays on one line, and what failed stands where it was asked for', async ({
	page,
}) => {
	await page.setViewportSize({ width: 1100, height: 800 });
	await openDeck(page);
	await page.evaluate(() => window.tapedeck.setPolicy('files', 'version: "1.0"\npermissions: {}\n'));
	const item = page.getByTestId('component-list').getByRole('listitem').filter({ hasText: 'files' });
	for (const tag of ['grants nothing', 'inspect', '1 note']) {
		const button = item.getByText(tag, { exact: true });
		await expect(button).toBeVisible();
		expect(await button.evaluate(linesOf), tag).toBe(1);
	}
	await page.getByTestId('run').click();
	await expect(denial(page)).toBeVisible();
	// The arrow of a choice has room of its own beside the longest of its words.
	const choice = page.getByRole('combobox', { name: 'Capability' });
	expect(await choice.evaluate((select) => parseFloat(getComputedStyle(select).paddingRight))).toBe(26);
	// What compares stands beside what runs.
	const run = await page.getByTestId('run').boundingBox();
	for (const name of ['Save this call', /^Compare/]) {
		const box = await page.getByTestId('console').getByRole('button', { name }).first().boundingBox();
		expect(Math.abs(box!.y - run!.y)).toBeLessThan(8);
	}
	await command(page, 'Load a component from an address');
	const dialog = page.getByRole('dialog');
	await dialog.getByRole('textbox').fill(new URL('./nothing-here.wasm', page.url()).href);
	await page.keyboard.press('Enter');
	await expect(dialog.getByRole('alert')).toContainText('nothing-here.wasm could not be fetched');
	await expect(page.getByText('nothing-here.wasm could not be fetched')).toHaveCount(1);
	await page.keyboard.press('Escape');
	await expect(page.getByText('nothing-here.wasm')).toHaveCount(0);
});

/** On how many lines the text of an element stands. Runs in the page. */
function linesOf(element: Element): number {
	const range = document.createRange();
	range.selectNodeContents(element);
	const tops = [...range.getClientRects()]
		.filter(({ width }) => width > 0)
		.map(({ top, height }) => top + height / 2);
	return tops.filter((top, index) => index === 0 || Math.abs(top - tops[0]!) > 6).length;
}
