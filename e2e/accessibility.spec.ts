import { expect, type Page } from '@playwright/test';
import { expectAccessible as check } from './axe';
import { startMcpServer } from './fixtures/mcp-server';
import { command, component, openDeck, openMessage, pick } from './page';
import { test } from './test';

/* Every pane and dialog, wide and narrow, through axe. One visit for each size, so that it stays quick. */

const sizes = [
	{ width: 1440, height: 900 },
	{ width: 390, height: 844 },
];

/** Opens a dialog through the palette, looks at it, and closes it. */
async function checkDialog(page: Page, words: string, ready?: () => Promise<void>) {
	await command(page, words);
	await expect(page.getByRole('dialog')).toBeVisible();
	await ready?.();
	await check(page, words);
	await page.keyboard.press('Escape');
	await expect(page.getByRole('dialog')).toHaveCount(0);
}

for (const size of sizes) {
	// What is the same at any width is seen in the wide page.
	test.describe(`axe finds nothing at ${size.width} px`, { tag: size.width < 1000 ? '@long' : [] }, () => {
		test.beforeEach(async ({ page }) => {
			test.setTimeout(300_000);
			page.setDefaultTimeout(15_000);
			await page.emulateMedia({ reducedMotion: 'reduce' });
			await page.setViewportSize(size);
			await page.goto('./');
			await expect(page.getByTestId('run')).toBeVisible();
		});

		test('in the panes', async ({ page }) => {
			const server = await startMcpServer({ greet: { answer: () => 'hello' } });
			try {
				await check(page, 'the first visit');
				await page.getByTestId('run').click();
				await expect(page.getByTestId('result')).toHaveAttribute('data-status', 'ok');
				await page.getByTestId('save-call').click();
				await check(page, 'a result');
				await command(page, 'Connect to an MCP server');
				await page.getByLabel(/Address of an MCP server/).fill('nonsense');
				await page.keyboard.press('Enter');
				await expect(page.getByRole('dialog').getByRole('alert')).toBeVisible();
				await check(page, 'the dialog for a server, with a problem');
				await page.getByLabel(/Address of an MCP server/).fill(server.address);
				await page.keyboard.press('Enter');
				await expect(page.getByRole('dialog')).toHaveCount(0);
				for (const where of ['tools', 'files', 'variables', 'network', 'policy', 'problems']) {
					await command(page, `Go to the ${where}`);
					await check(page, `the ${where}`);
				}
				await command(page, 'Ask what if');
				await expect(page.getByTestId('what-if')).toBeVisible();
				await check(page, 'the what-if');
				await command(page, 'Go to the steps');
				await page.getByTestId('run-steps').click();
				await expect(page.getByTestId('step')).toHaveAttribute('data-status', /passed|failed/);
				await page.getByTestId('step').getByRole('button', { expanded: false }).click();
				await check(page, 'the steps, one open');
				await command(page, 'Go to the messages');
				await openMessage(page, page.getByTestId('wire-row').filter({ hasText: 'tools/call' }).first());
				await page.getByRole('button', { name: 'Pin' }).click();
				await check(page, 'the wire, a message open and pinned');
				await command(page, 'Go to the activity');
				await check(page, 'the activity');
				await page.getByTestId('activity-row').first().getByRole('button').first().click();
				await check(page, 'the activity, a row open');
			} finally {
				await server.close();
			}
		});

		test('in the dialogs', async ({ page }) => {
			await page.getByTestId('run').click();
			await expect(page.getByTestId('result')).toHaveAttribute('data-status', 'ok');
			await page.getByTestId('save-call').click();
			await checkDialog(page, 'Browse the samples');
			await checkDialog(page, 'Show the surprises', () =>
				expect(page.getByRole('listitem').first()).toBeVisible(),
			);
			await checkDialog(page, 'Compare isolation', async () => {
				await page.getByTestId('compare-run').click();
				await expect(page.locator('[data-testid=compare-column][data-status=settled]')).toHaveCount(3);
			});
			await checkDialog(page, 'Two policies, one call', async () => {
				await page.getByRole('button', { name: 'Run both' }).click();
				await expect(page.locator('[data-testid=policies-side][data-status=settled]')).toHaveCount(2);
			});
			await checkDialog(page, 'Inspect the component');
			await checkDialog(page, 'Share…');
			await checkDialog(page, 'Sessions…', () =>
				expect(page.getByTestId('session-item').first()).toBeVisible(),
			);
			await checkDialog(page, 'Verify the saved calls');
			await checkDialog(page, 'Use in Wassette');
			await checkDialog(page, 'Use an index of components');
			await checkDialog(page, 'Propose the least policy');
			await checkDialog(page, 'Load a component from an address');
			await checkDialog(page, 'New tool', () => expect(page.getByTestId('tool-source')).toBeVisible());
			await checkDialog(page, 'Show the keyboard shortcuts');
			await checkDialog(page, 'Help and known');
			await page.keyboard.press('ControlOrMeta+k');
			await check(page, 'the palette');
			await page.keyboard.press('Escape');
			const link = await page.evaluate(() => window.tapedeck.link());
			await page.goto(link);
			await expect(page.getByTestId('open-summary')).toBeVisible();
			await check(page, 'the summary of a link');
			await page.getByRole('button', { name: 'Replace', exact: true }).click();
			await page.getByTestId('scenario-page').getByRole('button', { name: 'Verify' }).click();
			await expect(page.getByTestId('scenario-stamp')).toContainText('Reproduced');
			await check(page, 'the page of a scenario');
			await command(page, 'Start the lessons');
			await expect(page.getByTestId('lesson')).toBeVisible();
			await check(page, 'a lesson');
		});
	});
}

test('axe finds nothing in the form of every type', async ({ page }) => {
	test.setTimeout(120_000);
	await openDeck(page);
	await pick(page, 'saw.wasm', component('saw'));
	for (const name of [
		'saw-bytes',
		'saw-option',
		'saw-result',
		'saw-flags',
		'saw-variant',
		'saw-record',
		'saw-list',
	]) {
		await page.locator(`[data-testid=tool-item][data-name="${name}"]`).click();
		await page.getByTestId('run').click();
		await check(page, name);
	}
});
