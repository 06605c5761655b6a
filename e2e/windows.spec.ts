import { expect, test, type Page } from '@playwright/test';
import { openDeck } from './page';

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
