import { expect, type Page } from '@playwright/test';
import { openDeck, tool } from './page';
import { test } from './test';

/* Steps that take their arguments from earlier results: bound in the list, run as one, offered as one tool, and stopped by name. */

const policyOf = (rest: string) => `version: "1.0"\npermissions:\n${rest}`;
const scenario = {
	version: 1,
	title: 'Keep a catalogue',
	components: [
		{
			id: 'fetch',
			source: { sample: 'fetch' },
			policy: policyOf('  network:\n    allow:\n      - host: "tapes.example.com"\n'),
		},
		{ id: 'text', source: { sample: 'text' }, policy: policyOf('  {}\n') },
		{
			id: 'files',
			source: { sample: 'files' },
			policy: policyOf(
				'  storage:\n    allow:\n      - uri: "fs:///out"\n        access: ["read", "write"]\n',
			),
		},
	],
	world: {
		network: 'routes',
		files: { '/out': { directory: true } },
		routes: [
			{ url: 'https://tapes.example.com/list', headers: [['content-type', 'text/plain']], body: 'side A' },
		],
	},
	calls: [
		{ tool: 'fetch', arguments: { url: 'https://tapes.example.com/list' } },
		{ tool: 'replace', arguments: { text: 'side B', pattern: 'side', replacement: 'tape' } },
		{ tool: 'write-file', arguments: { path: '/out/list.txt', content: 'nothing' } },
	],
};

const steps = (page: Page) => page.getByTestId('step');
const showSteps = (page: Page) => page.getByRole('tab', { name: /^Steps/ }).click();
const written = (page: Page) =>
	page.evaluate(() => window.tapedeck.scenario().world?.files?.['/out/list.txt']);
const runAll = async (page: Page) => {
	await page.getByTestId('run-steps').click();
	await expect(page.getByTestId('run-steps')).toBeVisible();
};

test.describe('a flow', () => {
	test('is made of steps, runs as one, is offered as a tool, and travels', async ({ page }) => {
		await openDeck(page);
		await page.evaluate((text) => window.tapedeck.open(text), JSON.stringify(scenario));
		const before = await page.evaluate(
			() => [...document.querySelectorAll('[data-testid=tool-item]')].length,
		);
		await showSteps(page);
		const second = steps(page).nth(1);
		await second.getByRole('button', { expanded: false }).click();
		const from = second.getByLabel('Where text comes from');
		// Only what fits is offered: the whole result is no text.
		await expect(from.locator('optgroup option')).toHaveText(['/ok']);
		await from.focus();
		await page.keyboard.type('/ok');
		await expect(second.getByTestId('taken')).toContainText('step 1');
		await second.getByRole('button', { name: 'Use the saved value for text' }).click();
		await expect(second.getByTestId('taken')).toHaveCount(0);
		await from.selectOption('1:/ok');
		await second.getByRole('button', { expanded: true }).first().click();
		const third = steps(page).nth(2);
		await third.getByRole('button', { expanded: false }).click();
		await third.getByLabel('Where content comes from').selectOption('2:/ok');

		await runAll(page);
		await expect(page.getByTestId('steps-summary')).toContainText('3 passed');
		expect(await written(page)).toBe('tape A');

		await page.getByTestId('offer-flow').click();
		const flow = page.getByTestId('flow');
		await expect(flow).toContainText('3 steps, asks for url');
		await expect(flow).toContainText('fetch may reach tapes.example.com.');
		await expect(flow).toContainText('text may use no file, no host and no variable.');
		await expect(flow).toContainText('files may read and write fs:///out.');
		await expect(tool(page, 'keep-a-catalogue')).toBeVisible();
		await expect(page.getByTestId('tool-item')).toHaveCount(before + 1);
		// Its form begins with what is saved with its steps.
		await tool(page, 'keep-a-catalogue').click();
		await expect(page.getByTestId('call-form').getByRole('textbox')).toHaveValue(
			'https://tapes.example.com/list',
		);
		await showSteps(page);

		const link = await page.evaluate(() => window.tapedeck.link());
		await page.reload();
		await expect(page.getByTestId('tool-item').first()).toBeVisible();
		await page.evaluate((text) => window.tapedeck.open(text), link);
		const called = await page.evaluate(() =>
			window.tapedeck.callTool('keep-a-catalogue', { url: 'https://tapes.example.com/list' }),
		);
		expect(called.isError).toBeFalsy();
		expect(await written(page)).toBe('tape A');
		// It may do no more than its parts, each under its own policy.
		const denied = await page.evaluate(() =>
			window.tapedeck.callTool('keep-a-catalogue', { url: 'https://other.example.com/' }),
		);
		expect(JSON.stringify(denied)).toContain('The flow keep-a-catalogue stopped at step 1 (fetch).');
		await showSteps(page);
		await runAll(page);
		await expect(page.getByTestId('steps-summary')).toContainText('3 passed');
	});

	test('stops at its first failure, and says by name what was not there', async ({ page }) => {
		await openDeck(page);
		const [first, second, third] = scenario.calls;
		const calls = [
			{ ...first, arguments: { url: 'https://other.example.com/' } },
			{ ...second, take: { text: { from: 1, pointer: '/ok' } } },
			{ ...third, take: { content: { from: 2, pointer: '/ok' } } },
			{ ...second, take: { text: { from: 2, pointer: '/gone' } } },
		];
		await page.evaluate((text) => window.tapedeck.open(text), JSON.stringify({ ...scenario, calls }));
		await showSteps(page);
		await runAll(page);
		await expect(steps(page).nth(1)).toHaveAttribute('data-status', 'failed');
		await expect(steps(page).nth(2).getByTestId('step-difference')).toHaveText(
			'It was not made: its flow stopped at step 1 (fetch).',
		);
		expect(await written(page)).toBeUndefined();
		await steps(page).nth(3).getByRole('button', { expanded: false }).click();
		await expect(steps(page).nth(3)).toContainText(
			'is taken from /gone of step 2 (replace), whose results have nothing there.',
		);
	});
});
