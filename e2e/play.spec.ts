import { expect, test } from '@playwright/test';
import { allowedRows, openDeck, run } from './page';

test.describe('a first visit', () => {
	test('has a sample loaded, its policy open and its call filled in, and runs it with one press', async ({
		page,
	}) => {
		await openDeck(page);
		await expect(page.getByTestId('policy-editor')).toContainText('fs:///data');
		await run(page);
		await expect(page.getByTestId('result')).toHaveAttribute('data-status', 'ok');
		await expect(page.getByTestId('result')).toContainText('notes.txt');
		await expect(allowedRows(page).first()).toBeVisible();
	});

	test('reports no error on the way', async ({ page }) => {
		const problems: string[] = [];
		page.on('pageerror', (error) => problems.push(String(error)));
		page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
		await openDeck(page);
		await run(page);
		expect(problems).toEqual([]);
	});
});
