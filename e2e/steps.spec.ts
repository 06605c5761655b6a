import { expect, type Page } from '@playwright/test';
import { component, openDeck, pick, run, setArguments, tool } from './page';
import { test } from './test';

/* Saved calls: recorded with what they did, run in order, judged, edited, and carried along with the scenario. */

const steps = (page: Page) => page.getByTestId('step');
const showSteps = (page: Page) => page.getByRole('tab', { name: /^Steps/ }).click();
const runAll = async (page: Page) => {
	await page.getByTestId('run-steps').click();
	await expect(page.getByTestId('run-steps')).toBeVisible();
};

/** Runs the sample where its policy grants it and where it does not, and saves both. */
async function saveTwo(page: Page) {
	await openDeck(page);
	await run(page);
	await page.getByTestId('save-call').click();
	await setArguments(page, { path: '/home/user' });
	await run(page);
	await page.getByTestId('save-call').click();
	await showSteps(page);
	await expect(steps(page)).toHaveCount(2);
}

test.describe('steps', () => {
	test('say what will be there, and are saved from the console', async ({ page }) => {
		await openDeck(page);
		await showSteps(page);
		await expect(page.getByTestId('steps')).toContainText('Calls you save appear here');
		await page.getByRole('button', { name: 'Save the call in the console' }).click();
		await expect(steps(page)).toHaveCount(1);
		await expect(steps(page)).toHaveAttribute('data-status', 'none');
	});

	test('keep what a call did, and pass as long as it does that', async ({ page }) => {
		await saveTwo(page);
		const { calls } = await page.evaluate(() => window.tapedeck.scenario());
		expect(calls).toMatchObject([
			{ arguments: { path: '/data' }, expect: { text: expect.stringContaining('notes.txt') } },
			{ expect: { activity: expect.arrayContaining([expect.objectContaining({ outcome: 'deny' })]) } },
		]);
		await runAll(page);
		await expect(steps(page).nth(0)).toHaveAttribute('data-status', 'passed');
		await expect(steps(page).nth(1)).toHaveAttribute('data-status', 'passed');
		await expect(page.getByTestId('steps-summary')).toContainText('2 passed');
	});

	test('fail with the first difference in words once the policy grants more', async ({ page }) => {
		await saveTwo(page);
		await page.evaluate(() => {
			const { id, policy } = window.tapedeck.scenario().components[0]!;
			window.tapedeck.setPolicy(id, policy!.replace('fs:///data', 'fs:///'));
		});
		await runAll(page);
		await expect(steps(page).nth(0)).toHaveAttribute('data-status', 'passed');
		await expect(steps(page).nth(1)).toHaveAttribute('data-status', 'failed');
		await expect(steps(page).nth(1).getByTestId('step-difference')).toContainText(/Expected .*, but it/);
		await expect(page.getByRole('tab', { name: /^Steps/ })).toContainText('1');
	});

	test('are saved from a call in the activity', async ({ page }) => {
		await openDeck(page);
		await run(page);
		await page.getByRole('button', { name: /Save this call of .* as a step/ }).click();
		await page.getByRole('button', { name: 'Show the steps' }).click();
		await expect(steps(page)).toHaveCount(1);
		const { calls } = await page.evaluate(() => window.tapedeck.scenario());
		expect(calls![0]).toMatchObject({
			arguments: { path: '/data' },
			expect: { outcome: 'result', activity: expect.arrayContaining([]) },
		});
	});

	test('are judged anew as what is expected of them is edited', async ({ page }) => {
		await saveTwo(page);
		await runAll(page);
		const first = steps(page).first();
		await first.getByRole('button', { expanded: false }).click();
		await first.getByLabel('Expected outcome').selectOption('err');
		await expect(first).toHaveAttribute('data-status', 'failed');
		await expect(first.getByTestId('step-difference')).toContainText('Expected an err');
		await first.getByLabel('It ends in').uncheck();
		await expect(first).toHaveAttribute('data-status', 'passed');
		await first.getByLabel('Expected text').fill('no such words');
		await expect(first.getByTestId('step-difference')).toContainText('no such words');
		await first.getByRole('button', { name: 'Expect what it did' }).click();
		await expect(first).toHaveAttribute('data-status', 'passed');
	});

	test('are moved, run alone, deleted, and brought back', async ({ page }) => {
		await saveTwo(page);
		await page.getByRole('button', { name: 'Move step 2 up' }).click();
		await expect(steps(page).nth(0)).toContainText('/home/user');
		await page.getByRole('button', { name: 'Run step 2' }).click();
		await expect(steps(page).nth(1)).toHaveAttribute('data-status', 'passed');
		await expect(steps(page).nth(0)).toHaveAttribute('data-status', 'none');
		await page.getByRole('button', { name: 'Delete step 1' }).click();
		await expect(steps(page)).toHaveCount(1);
		await page.getByRole('button', { name: 'Undo' }).click();
		await expect(steps(page).nth(0)).toContainText('/home/user');
		await expect(steps(page)).toHaveCount(2);
	});

	test('travel with the scenario, and are put back into the console', async ({ page }) => {
		await saveTwo(page);
		const link = await page.evaluate(() => window.tapedeck.link());
		await page.reload();
		await expect(page.getByTestId('tool-item').first()).toBeVisible();
		await page.evaluate((text) => window.tapedeck.open(text), link);
		await showSteps(page);
		await expect(steps(page)).toHaveCount(2);
		await runAll(page);
		await expect(page.getByTestId('steps-summary')).toContainText('2 passed');
		await steps(page).nth(1).getByRole('button', { expanded: false }).click();
		await page.getByRole('button', { name: 'Open in the console' }).click();
		await expect(page.getByTestId('call-form')).toContainText(/path/);
		await expect(page.getByTestId('call-form').getByRole('textbox').first()).toHaveValue('/home/user');
	});

	test('stop at once, and the guest with them', async ({ page }) => {
		await openDeck(page);
		await pick(page, 'loop.wasm', component('loop'));
		await tool(page, 'spin').click();
		await page.getByTestId('save-call').click();
		await showSteps(page);
		await page.getByTestId('run-steps').click();
		await expect(steps(page)).toHaveAttribute('data-status', 'running');
		await page.getByTestId('stop-steps').click();
		await expect(steps(page)).toHaveAttribute('data-status', 'stopped');
		await expect(page.getByTestId('run-steps')).toBeEnabled();
	});
});
