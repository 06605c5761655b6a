import { expect, type Page } from '@playwright/test';
import { starters } from '../src/author/starters';
import digests from './fixtures/starter-digests.json' with { type: 'json' };
import { openDeck } from './page';
import { test } from './test';

const dialog = (page: Page) => page.getByRole('dialog', { name: 'New tool' });
const outcome = (page: Page) => page.getByTestId('build-outcome');

async function openPane(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Add a component' }).click();
	await page.getByRole('menuitem', { name: /New tool/ }).click();
	await expect(dialog(page)).toBeVisible();
}

const fill = (page: Page, id: 'tool-wit' | 'tool-source', text: string) =>
	page.getByTestId(id).getByRole('textbox').fill(text);

test.describe('a tool that is written in the page', () => {
	test('is built, run, denied and granted; its link carries the source, opens without running, and gives the same digest', async ({
		page,
		browser,
	}) => {
		await openDeck(page);
		await openPane(page);
		await dialog(page).getByRole('button', { name: 'Starters' }).click();
		await page.getByRole('menuitem', { name: /Read a file/ }).click();

		await fill(page, 'tool-source', 'export function readText(path) {\n  return nope(;\n}');
		await page.keyboard.press('Control+s');
		await expect(outcome(page)).toHaveAttribute('data-status', 'problems');
		await expect(outcome(page)).toContainText('JavaScript, line 2');
		await fill(
			page,
			'tool-wit',
			'package local:tool;\nworld w {\n  export read-text: func() -> nothing-known;\n}',
		);
		await page.keyboard.press('Control+s');
		await expect(outcome(page)).toContainText('WIT, line 3');

		await dialog(page).getByRole('button', { name: 'Starters' }).click();
		await page.getByRole('menuitem', { name: /Read a file/ }).click();
		await dialog(page).getByRole('button', { name: 'Run', exact: true }).click();
		await expect(dialog(page)).toBeHidden();
		await expect(page.getByTestId('result')).toContainText('Water the plants.');

		await page.evaluate(() => window.tapedeck.setPolicy('read-file', 'version: "1.0"\npermissions: {}\n'));
		await page.getByTestId('run').click();
		await expect(page.getByTestId('result')).toContainText('Denied');
		await page.getByTestId('result').getByRole('button', { name: 'Grant and run' }).click();
		await expect(page.getByTestId('result')).toContainText('Water the plants.');

		const { link, sha256 } = await page.evaluate(async () => ({
			link: await window.tapedeck.link(),
			sha256: window.tapedeck.scenario().components.find(({ id }) => id === 'read-file')!.sha256,
		}));
		expect(link.length).toBeLessThan(4096);

		const elsewhere = await browser.newContext();
		const other = await elsewhere.newPage();
		await other.goto(link.replace('127.0.0.1', 'localhost'));
		await expect(other.getByTestId('open-summary')).toContainText('Opening runs nothing of it');
		await expect(other.getByTestId('authored-source')).toContainText('getDirectories');
		await other.getByRole('button', { name: 'Open', exact: true }).click();
		await expect(other.getByTestId('tool-item')).toHaveAttribute('data-name', 'read-text');
		expect(await other.evaluate(() => window.tapedeck.activity())).toEqual([]);
		const answer = await other.evaluate(() =>
			window.tapedeck.callTool('read-text', { path: '/notes/today.txt' }),
		);
		expect(JSON.stringify(answer)).toContain('Water the plants.');
		expect(await other.evaluate(() => window.tapedeck.scenario().components[0]!.sha256)).toBe(sha256);
		await elsewhere.close();
	});

	test('has the same digest here as everywhere, and does what its starter says', async ({ page }) => {
		test.setTimeout(180_000);
		await openDeck(page);
		for (const { id, wit, js, wat, policy, world, call } of starters) {
			const sha256 = (digests as Record<string, string>)[id]!;
			// What is built has to have the digest that the scenario names; otherwise the call fails, and says so.
			const { answer, denied } = await page.evaluate(
				async ([id, source, sha256, policy, world, call]) => {
					await window.tapedeck.open({
						version: 1,
						components: [{ id, source: { author: source }, sha256, policy }],
						...(world && { world }),
					});
					const { content, isError } = await window.tapedeck.callTool(call.tool, call.arguments);
					const denied = window.tapedeck
						.activity()
						.some((entry) => entry.kind === 'host-call' && entry.outcome === 'deny');
					return { answer: { isError, content }, denied };
				},
				[id, { wit, ...(js === undefined ? { wat } : { js }) }, sha256, policy, world, call] as const,
			);
			expect.soft(answer, id).toMatchObject({ isError: false });
			// The environment is read as a whole, so the starter that reads a variable meets the one that it is not given.
			expect.soft(denied, id).toBe(id === 'denied' || id === 'read-variable');
		}
	});

	test('runs its top level without a grant, and no longer than a call may; a denial names its line', async ({
		page,
	}) => {
		await openDeck(page);
		const build = (js: string) =>
			page.evaluate(
				(js) =>
					window.tapedeck
						.build({
							wit: 'package a:b;\nworld w { import wasi:cli/environment@0.2.0; import wasi:filesystem/preopens@0.2.0; export f: func() -> string; }',
							js,
						})
						.then(
							({ sha256 }) => sha256,
							(error: Error) => error.message,
						),
				js,
			);
		// What the top level sees is in the snapshot: nothing of this session.
		await page.evaluate(() =>
			window.tapedeck.open({
				version: 1,
				components: [],
				world: { variables: { TOKEN: 'canary' }, files: { '/x': 'y' } },
			}),
		);
		const peek =
			"import { getEnvironment } from 'wasi:cli/environment@0.2.0';\nimport { getDirectories } from 'wasi:filesystem/preopens@0.2.0';\nconst seen = JSON.stringify([getEnvironment(), getDirectories().length]);\nif (seen !== '[[],0]') throw new Error(seen);\nexport const f = () => seen;";
		expect(await build(peek)).toMatch(/^[0-9a-f]{64}$/);
		expect(await build("export const f = () => '';\n\nthrow new Error('at the top');")).toBe(
			'line 3: Error: at the top',
		);

		await openPane(page);
		await fill(page, 'tool-source', 'export function greet() {}\nfor (;;);');
		await dialog(page).getByRole('button', { name: 'Build', exact: true }).click();
		await expect(outcome(page)).toContainText('Running the top level');
		await dialog(page).getByRole('button', { name: 'Stop', exact: true }).click();
		await expect(outcome(page)).toHaveAttribute('data-status', 'none');
	});
});
