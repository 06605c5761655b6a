import { expect } from '@playwright/test';
import { command, component, openDeck, pick, tool } from './page';
import { test } from './test';

// The editor as it is where it came ahead: it does not change under the keys.
test.use({ savesData: false });

/* A whole session without a mouse, and what the keys of the page do while a dialog is open. */

test('a whole session goes by keyboard alone', async ({ page }) => {
	test.setTimeout(120_000);
	await openDeck(page);
	const press = (...keys: string[]) =>
		keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
	const focused = page.locator(':focus');
	/** Presses Tab until what is focused has this name. */
	const tabTo = async (name: RegExp, key = 'Tab') => {
		const passed: string[] = [];
		for (let presses = 0; presses < 100; presses++) {
			await page.keyboard.press(key);
			const label = await page.evaluate(() => {
				const element = document.activeElement;
				return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
			});
			passed.push(label.trim().slice(0, 40));
			if (name.test(label.trim())) return;
		}
		throw new Error(`Tab never came to ${String(name)}, but to: ${passed.join(' | ')}`);
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
	await press('ArrowDown', 'ArrowUp', 'ArrowDown');
	await expect(page.locator('[data-testid=activity-row][data-verdict=deny]:focus-within')).toBeVisible();
	await press('Enter');
	await tabTo(/^Grant and run: /);
	await press('Enter');
	await expect(page.getByTestId('policy-editor')).toContainText('fs:///home/user');
	// From the editor, Tab goes on: it does not indent.
	await press('Alt+3');
	await expect(page.locator('[data-testid=policy-editor] :focus')).toHaveJSProperty('tagName', 'TEXTAREA');
	await press('Tab');
	await expect(page.locator('[data-testid=policy-editor] :focus')).toHaveCount(0);
	await expect(page.getByTestId('result')).toHaveAttribute('data-status', 'ok');
	// Take it back, give it again, and put the offer to take it back away.
	await tabTo(/^Undo$/);
	await press('Enter');
	await expect(page.getByTestId('policy-editor')).not.toContainText('fs:///home/user');
	await press('ControlOrMeta+Enter');
	await expect(page.getByTestId('denial')).toContainText('Denied: read /home/user');
	await tabTo(/^Grant and run: /);
	await press('Enter');
	await expect(page.getByTestId('policy-editor')).toContainText('fs:///home/user');
	await expect(page.getByTestId('result')).toHaveAttribute('data-status', 'ok');
	await tabTo(/^Undo$/);
	await tabTo(/^Dismiss$/);
	await press('Enter');
	// The step tells that something else happens now; expect that instead.
	await command(page, 'Go to the steps');
	await expect(focused).toHaveText('Run all');
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
	await command(page, 'Go to the messages');
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

test('while a dialog is open, no key reaches what lies behind it', async ({ page }) => {
	await openDeck(page);
	const calls = () =>
		page.evaluate(() => window.tapedeck.activity().filter(({ kind }) => kind === 'tool-call').length);
	for (const words of ['Help and known', 'Share…', 'Sessions…', 'Use in Wassette']) {
		await command(page, words);
		const dialog = page.getByRole('dialog');
		await expect(dialog).toBeVisible();
		// What stands there while it is fetched is another one.
		await expect(dialog.getByText('Loading …')).toHaveCount(0);
		const name = await dialog.getAttribute('aria-labelledby');
		for (const keys of ['ControlOrMeta+Enter', 'ControlOrMeta+k', 'Alt+4', 'Alt+2', '?'])
			await page.keyboard.press(keys);
		await expect(dialog).toHaveAttribute('aria-labelledby', name!);
		await page.keyboard.press('Escape');
		await expect(dialog).toHaveCount(0);
	}
	// A run would be over before this one, which is the only one.
	await page.keyboard.press('ControlOrMeta+Enter');
	await expect(page.getByTestId('result')).toHaveAttribute('data-status', 'ok');
	expect(await calls()).toBe(1);
});

test('a dialog that closes gives the keyboard back to where it was', async ({ page }) => {
	await openDeck(page);
	for (const name of ['Share', 'Sessions', 'Help', 'Use in Wassette', 'Surprises', 'Commands']) {
		const opener = page.getByRole('banner').getByRole('button', { name, exact: true });
		await opener.focus();
		await page.keyboard.press('Enter');
		await expect(page.getByRole('dialog')).toBeVisible();
		await page.keyboard.press('Escape');
		await expect(page.getByRole('dialog')).toHaveCount(0);
		await expect(opener).toBeFocused();
	}
});

test(
	'forms of records, options, lists and variants are filled in by keyboard alone',
	{ tag: '@long' },
	async ({ page }) => {
		await openDeck(page);
		await pick(page, 'types.wasm', component('types'));
		const { keyboard } = page;
		const focused = page.locator(':focus');
		const fill = async (...texts: string[]) => {
			for (const text of texts) {
				await keyboard.type(text);
				await keyboard.press('Tab');
			}
		};
		const choose = async (name: string) => {
			await keyboard.press('ControlOrMeta+k');
			await keyboard.type(name);
			await expect(page.getByRole('dialog').getByRole('option').first()).toContainText(name);
			await keyboard.press('Enter');
			await expect(tool(page, name)).toHaveAttribute('aria-current', 'true');
			await keyboard.press('Alt+2');
		};
		const result = page.getByTestId('result');

		// A record of records, with an option and a list.
		await choose('echo-segment');
		await fill('1', '2', '3', '4');
		await expect(focused).toHaveAttribute('type', 'radio');
		await keyboard.press('ArrowRight');
		await keyboard.press('Tab');
		await fill('a label');
		for (const tag of ['red', 'blue']) {
			await expect(focused).toHaveAttribute('aria-label', 'Add an item to tags');
			await keyboard.press('Enter');
			await expect(focused).toHaveJSProperty('tagName', 'TEXTAREA');
			await keyboard.type(tag);
			while ((await focused.getAttribute('aria-label')) !== 'Add an item to tags')
				await keyboard.press('Tab');
		}
		await keyboard.press('ControlOrMeta+Enter');
		await expect(result).toHaveAttribute('data-status', 'ok');
		for (const text of ['a label', 'red', 'blue']) await expect(result).toContainText(text);

		// A variant, and in it a list of records.
		await choose('echo-shape');
		await keyboard.type('polygon');
		await keyboard.press('Tab');
		await keyboard.press('Enter');
		await fill('10', '20');
		await keyboard.press('ControlOrMeta+Enter');
		await expect(result).toContainText('polygon');
		await expect(result).toContainText('20');
	},
);
