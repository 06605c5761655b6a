import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { component, openDeck, openMessage, pick, run, tool } from './page';
import { test } from './test';

/* What crosses between client and server: shown whole, searched, filtered, kept, sent again, taken along. */

const rows = (page: Page) => page.getByTestId('wire-row');
const showWire = (page: Page) => page.getByRole('tab', { name: 'Messages' }).click();

async function played(page: Page) {
	await openDeck(page);
	await run(page);
	await showWire(page);
}

test.describe('the wire', () => {
	test('shows every message with its direction, method, id and duration', async ({ page }) => {
		await played(page);
		await expect(rows(page).first()).toContainText('initialize');
		const request = rows(page).filter({ hasText: 'tools/call' }).filter({ hasText: 'request' });
		const response = rows(page).filter({ hasText: 'tools/call' }).filter({ hasText: 'response' });
		await expect(request).toContainText('→');
		await expect(response).toContainText('←');
		await expect(response).toContainText(/\d (ms|s)/);
		await response.click();
		await expect(page.getByRole('region', { name: 'Message' })).toContainText('"jsonrpc": "2.0"');
		await expect(page.getByRole('region', { name: 'Message' })).toContainText('notes.txt');
	});

	test('is searched and filtered, and says when nothing is left', async ({ page }) => {
		await played(page);
		await page.getByLabel('Kind').selectOption('notification');
		await expect(rows(page).filter({ hasText: 'request' })).toHaveCount(0);
		await expect(rows(page).first()).toContainText('notification');
		await page.getByLabel('Direction').selectOption('client→server');
		await expect(rows(page)).toHaveCount(1);
		await page.getByRole('button', { name: 'Clear filters' }).click();
		await page.getByLabel('Search messages').fill('nothing like this');
		await expect(page.getByTestId('wire')).toContainText('No message matches');
		await page.getByLabel('Search messages').fill('notes.txt');
		await expect(rows(page)).toHaveCount(1);
	});

	test('keeps a pinned message when the rest is cleared, and sends a call again', async ({ page }) => {
		await played(page);
		await openMessage(page, rows(page).filter({ hasText: 'tools/call' }).filter({ hasText: 'request' }));
		await page.getByRole('button', { name: 'Pin' }).click();
		await page.getByRole('button', { name: 'Clear', exact: true }).click();
		await expect(rows(page)).toHaveCount(1);
		await page.getByRole('button', { name: 'Replay' }).click();
		await expect(page.getByTestId('result')).toHaveAttribute('data-status', 'ok');
		await showWire(page);
		await expect(rows(page).filter({ hasText: 'response' }).filter({ hasText: 'tools/call' })).toHaveCount(1);
	});

	test('is exported as JSON, what is shown of it', async ({ page }) => {
		await played(page);
		await page.getByLabel('Kind').selectOption('request');
		const [download] = await Promise.all([
			page.waitForEvent('download'),
			page.getByRole('button', { name: 'Export' }).click(),
		]);
		const exported = JSON.parse(readFileSync(await download.path(), 'utf8'));
		expect(download.suggestedFilename()).toBe('tapedeck-wire.json');
		expect(exported.map(({ method }: { method: string }) => method)).toEqual(
			expect.arrayContaining(['initialize', 'tools/list', 'tools/call']),
		);
		expect(exported.at(-1).message).toMatchObject({ jsonrpc: '2.0', method: 'tools/call' });
	});

	test('carries what a guest prints as log messages, and how a call gets on as progress', async ({
		page,
	}) => {
		await openDeck(page);
		await pick(page, 'print.wasm', component('print'));
		await tool(page, 'print').click();
		await page.evaluate(() => window.tapedeck.callTool('print', { text: 'said by the guest', times: 2 }));
		await showWire(page);
		await page.getByLabel('Kind').selectOption('notification');
		await openMessage(page, rows(page).filter({ hasText: 'notifications/message' }).first());
		await expect(page.getByRole('region', { name: 'Message' })).toContainText('said by the guest');
		await expect(rows(page).filter({ hasText: 'notifications/progress' }).first()).toBeVisible();
	});

	test('tells the server to stop, which ends the guest and answers nothing', async ({ page }) => {
		await openDeck(page);
		await pick(page, 'loop.wasm', component('loop'));
		await tool(page, 'spin').click();
		await page.getByTestId('run').click();
		await page.getByTestId('stop').click();
		await expect(page.getByTestId('result')).toContainText('Stopped');
		await showWire(page);
		// Among fewer rows it is in view.
		await page.getByLabel('Kind').selectOption('notification');
		await expect(rows(page).filter({ hasText: 'notifications/cancelled' })).toHaveCount(1);
		await page.getByRole('tab', { name: 'Activity' }).click();
		await expect(page.getByTestId('activity').locator('[data-status=stopped]')).toBeVisible();
		// Another call starts at once: the stopped one holds nothing up.
		await tool(page, 'ping').click();
		await run(page);
		await expect(page.getByTestId('result')).toHaveAttribute('data-status', 'ok');
	});
});
