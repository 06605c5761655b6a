import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { startMcpServer } from './fixtures/mcp-server';
import { component, openDeck, pick } from './page';

/* Every pane and dialog in both themes, wide and narrow, through axe; and a whole session without a mouse. */

const sizes = [
	{ width: 1440, height: 900 },
	{ width: 390, height: 844 },
];

async function check(page: Page, what: string) {
	const { violations } = await new AxeBuilder({ page })
		// Frames of the sandbox hold no content, and their scripts let nothing in.
		.setLegacyMode(true)
		.analyze();
	const found = violations.flatMap(({ id, nodes }) =>
		nodes.map(({ html, any, all, none }) => ({
			id,
			html: html.slice(0, 200),
			why: [...any, ...all, ...none]
				.map(({ message }) => message)
				.join(' ')
				.slice(0, 200),
		})),
	);
	expect(found, what).toEqual([]);
}

async function command(page: Page, words: string) {
	await page.keyboard.press('ControlOrMeta+k');
	await expect(page.getByRole('combobox').or(page.getByRole('searchbox')).last()).toBeFocused();
	await page.keyboard.type(words);
	await page.keyboard.press('Enter');
}

for (const size of sizes) {
	for (const theme of ['light', 'dark'] as const) {
		test(`axe finds nothing at ${size.width} px in the ${theme} theme`, async ({ page }) => {
			test.setTimeout(180_000);
			const server = await startMcpServer({ greet: { answer: () => 'hello' } });
			try {
				await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
				await page.setViewportSize(size);
				await page.goto('./');
				await expect(page.getByTestId('run')).toBeVisible();
				await check(page, 'the first visit');
				await page.getByTestId('run').click();
				await expect(page.getByTestId('result')).toHaveAttribute('data-status', 'ok');
				await page.getByTestId('save-call').click();
				await check(page, 'a result');
				await command(page, 'Connect to an MCP server');
				await check(page, 'the dialog for a server');
				await page.getByLabel(/Address of an MCP server/).fill('nonsense');
				await page.keyboard.press('Enter');
				await expect(page.getByRole('alert')).toBeVisible();
				await check(page, 'the dialog with a problem');
				await page.getByLabel(/Address of an MCP server/).fill(server.address);
				await page.keyboard.press('Enter');
				await expect(page.getByRole('dialog')).toHaveCount(0);
				for (const where of ['tools', 'call', 'files', 'variables', 'network', 'policy', 'problems']) {
					await command(page, `Go to the ${where}`);
					await check(page, `the ${where}`);
				}
				await command(page, 'Go to the steps');
				await page.getByTestId('run-steps').click();
				await expect(page.getByTestId('step')).not.toHaveAttribute('data-status', 'running');
				await expect(page.getByTestId('run-steps')).toBeVisible();
				await page.getByTestId('step').getByRole('button', { expanded: false }).click();
				await check(page, 'the steps, one open');
				await command(page, 'Go to the wire');
				await page.getByTestId('wire-row').filter({ hasText: 'tools/call' }).first().click();
				await page.getByRole('button', { name: 'Pin' }).click();
				await check(page, 'the wire, a message open and pinned');
				await command(page, 'Go to the activity');
				await check(page, 'the activity');
				await page.getByTestId('activity-row').first().getByRole('button').first().click();
				await check(page, 'the activity, a row open');
				for (const dialog of ['Help', 'Show the keyboard shortcuts', 'Load a component from an address']) {
					await command(page, dialog);
					await check(page, dialog);
					await page.keyboard.press('Escape');
				}
				await page.keyboard.press('ControlOrMeta+k');
				await check(page, 'the palette');
			} finally {
				await server.close();
			}
		});
	}
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

test('a whole session goes by keyboard alone', async ({ page }) => {
	test.setTimeout(120_000);
	await openDeck(page);
	const press = (...keys: string[]) =>
		keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
	const focused = page.locator(':focus');
	/** Presses Tab until what is focused has this name. */
	const tabTo = async (name: RegExp, key = 'Tab') => {
		for (let presses = 0; presses < 40; presses++) {
			await page.keyboard.press(key);
			const label = await focused
				.evaluate((element) => element.getAttribute('aria-label') ?? element.textContent ?? '')
				.catch(() => '');
			if (name.test(label.trim())) return;
		}
		throw new Error(`Tab never came to ${String(name)}`);
	};

	// Run what is there.
	await press('ControlOrMeta+Enter');
	await expect(page.getByTestId('result')).toHaveAttribute('data-status', 'ok');
	// Change the argument, and run into a denial.
	await press('Alt+2');
	await expect(focused).toHaveJSProperty('tagName', 'TEXTAREA');
	await press('ControlOrMeta+a');
	await page.keyboard.type('/home/user');
	await press('ControlOrMeta+Enter');
	const denied = page.locator('[data-testid=activity-row][data-verdict=deny]');
	await expect(denied.first()).toBeVisible();
	// Keep it as a step.
	await tabTo(/^Save this call$/);
	await press('Enter');
	// Open the denied row, and give what it lacks.
	await press('Alt+4');
	await tabTo(/denied/);
	await press('ArrowDown', 'ArrowUp', 'Enter');
	await tabTo(/^Apply and run again$/);
	await press('Enter');
	await expect(page.getByTestId('policy-editor')).toContainText('fs:///home/user');
	await expect(page.getByTestId('result')).toHaveAttribute('data-status', 'ok');
	// The step tells that something else happens now; expect that instead.
	await command(page, 'Go to the steps');
	await tabTo(/^Run all$/);
	await press('Enter');
	await expect(page.getByTestId('step')).toHaveAttribute('data-status', 'failed');
	await tabTo(/list-directory|\/home\/user/);
	await press('Enter');
	await tabTo(/^Expect what it did$/);
	await press('Enter');
	await expect(page.getByTestId('step')).toHaveAttribute('data-status', 'passed');
	await tabTo(/^Delete step 1$/, 'Shift+Tab');
	await press('Enter');
	await expect(page.getByTestId('step')).toHaveCount(0);
	await tabTo(/^Undo$/);
	await press('Enter');
	await expect(page.getByTestId('step')).toHaveCount(1);
	// Look at the wire: to a message, through the list, and pin it.
	await command(page, 'Go to the wire');
	await tabTo(/tools\/call|initialize/);
	await press('ArrowDown', 'ArrowDown', 'Enter');
	await expect(page.getByRole('region', { name: 'Message' })).toBeVisible();
	await tabTo(/^Pin$/);
	await press('Enter');
	await expect(page.getByRole('list', { name: 'Pinned messages' }).getByTestId('wire-row')).toHaveCount(1);
	// A tool of Wassette, found by its name, through the palette.
	await command(page, 'list-components');
	await press('ControlOrMeta+Enter');
	await expect(page.getByTestId('result')).toContainText('files');
});
