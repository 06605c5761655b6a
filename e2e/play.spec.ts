import { expect, type Page } from '@playwright/test';
import { allowedRows, component, deniedRows, openDeck, pick, run, tool } from './page';
import { test } from './test';

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

const policyOf = (page: Page, id: string) =>
	page.evaluate(
		(wanted) => window.tapedeck.scenario().components.find((one) => one.id === wanted)?.policy,
		id,
	);

const timeTool = 'local_time-server_time_get-current-time';
const key = '/home/user/.ssh/id_ed25519';

test.describe('a read outside the policy', () => {
	const cases = {
		'the sample': ['files', async () => {}],
		'a dropped component': ['my-tools', (page: Page) => pick(page, 'my-tools.wasm', component('files'))],
	} as const;

	for (const [what, [id, load]] of Object.entries(cases)) {
		test(`of ${what} is denied, granted with one press, and then succeeds`, async ({ page }) => {
			await openDeck(page);
			await load(page);
			await expect(page.getByRole('button', { name: `Unload ${id}` })).toBeVisible();
			await tool(page, 'read-file').click();
			await page.getByRole('textbox', { name: 'path' }).fill(key);
			await run(page);
			await expect(page.getByTestId('result')).toContainText('err');

			const denied = deniedRows(page).filter({ hasText: key });
			await expect(denied.first()).toHaveAttribute('data-capability', 'storage');
			await denied.first().getByRole('button').first().click();
			await expect(page.getByTestId('activity')).toContainText('denied, no rule');

			await denied.first().getByTestId('grant').click();
			await expect(page.getByTestId('result')).toContainText('a key that no component should see');
			await expect(page.getByTestId('policy-editor')).toContainText('fs:///home/user/.ssh');
			expect(await policyOf(page, id)).toContain('fs:///home/user/.ssh');
			await expect(allowedRows(page).filter({ hasText: key }).first()).toBeVisible();

			await page.getByRole('button', { name: 'Undo' }).click();
			await run(page);
			await expect(deniedRows(page).filter({ hasText: key }).last()).toBeVisible();
			expect((await policyOf(page, id)) ?? '').not.toContain('.ssh');
		});
	}
});

test.describe('a guest that never returns', () => {
	test('is stopped by Stop, the page staying usable, and the next call works', async ({ page }) => {
		await openDeck(page);
		await pick(page, 'loop.wasm', component('loop'));
		await tool(page, 'spin').click();
		await page.getByTestId('run').click();
		await expect(page.getByTestId('stop')).toBeVisible();
		await expect(page.getByTestId('console').getByText(/^running \d/)).toBeVisible();
		await page.getByRole('searchbox', { name: 'Search tools' }).fill('spin');
		await expect(page.getByTestId('tool-item')).toHaveCount(1);
		await page.getByTestId('stop').click();
		await expect(page.getByTestId('result')).toContainText('Stopped');
		await expect(page.getByTestId('run')).toBeEnabled();
		await pick(page, 'time.wasm', component('time'));
		await page.getByRole('searchbox', { name: 'Search tools' }).fill('');
		await tool(page, timeTool).click();
		await run(page);
		await expect(page.getByTestId('result')).toHaveAttribute('data-status', 'ok');
	});

	test('is ended at its deadline with words that name the limit, and the next call works', async ({
		page,
	}) => {
		await openDeck(page);
		const texts = await page.evaluate(async (bytes) => {
			await window.tapedeck.open({
				version: 1,
				components: [
					{ id: 'loop', source: { bytes }, policy: null },
					{ id: 'time', source: { sample: 'time' }, policy: null },
				],
				limits: { callMs: 2000 },
			});
			const results = [
				await window.tapedeck.callTool('spin', {}),
				await window.tapedeck.callTool('local_time-server_time_get-current-time', {}),
			];
			return results.map(({ isError, content }) => [isError ?? false, JSON.stringify(content)]);
		}, component('loop').toString('base64url'));
		expect(texts[0]).toEqual([true, expect.stringMatching(/2 s|2000 ms|deadline/)]);
		expect(texts[1]).toEqual([false, expect.stringMatching(/\d{4}-\d\d-\d\d/)]);
	});
});

test.describe('the tools of a component', () => {
	test('have the names that Wassette gives them, and are followed by its own', async ({ page }) => {
		await openDeck(page);
		await pick(page, 'types.wasm', component('types'));
		await expect(tool(page, 'tapedeck_types_choices_echo-colour')).toBeVisible();
		await expect(tool(page, 'echo-u64')).toBeVisible();
		await page.getByRole('button', { name: "Wassette's own tools" }).click();
		await expect(tool(page, 'grant-storage-permission')).toBeVisible();
		const names = await page
			.getByTestId('tool-item')
			.evaluateAll((items) => items.map((item) => (item as HTMLElement).dataset['name']));
		for (const name of names) expect(name).toMatch(/^[a-zA-Z0-9_-]{1,128}$/);
	});

	test('are announced when a component comes and goes', async ({ page }) => {
		await openDeck(page);
		await page.getByRole('tab', { name: 'Messages' }).click();
		const announced = page.getByTestId('wire').getByText('notifications/tools/list_changed');
		await pick(page, 'time.wasm', component('time'));
		await expect(tool(page, timeTool)).toBeVisible();
		await expect(announced.last()).toBeVisible();
		const before = await announced.count();
		await page.getByRole('button', { name: 'Unload time' }).click();
		await expect(tool(page, timeTool)).toHaveCount(0);
		await expect(announced).toHaveCount(before + 1);
	});
});
