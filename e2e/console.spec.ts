import { expect, type Page } from '@playwright/test';
import { startWitness } from './fixtures/witness';
import { component, deniedRows, openDeck, openMessage, pick, run, setArguments, tool } from './page';
import { test } from './kept';

/* Results of every kind, Wassette's own tools, and what several components have in common. */

const result = (page: Page) => page.getByTestId('result');
const callTool = (page: Page, name: string, args: Record<string, unknown>) =>
	page.evaluate(([what, given]) => window.tapedeck.callTool(what, given), [name, args] as const);
const textOf = ({ content }: { content: readonly object[] }) => (content[0] as { text: string }).text;

async function call(page: Page, name: string, args: object) {
	await tool(page, name).click();
	await setArguments(page, args);
	await run(page);
}

test.describe('a result', () => {
	test('that is a WIT err is labelled so, and one that is empty does not look like none', async ({
		page,
	}) => {
		await openDeck(page);
		await pick(page, 'types.wasm', component('types'));
		await call(page, 'make-result', { text: 'the reason', ok: false });
		await expect(result(page)).toHaveAttribute('data-status', 'ok');
		await expect(result(page)).toContainText('The tool returned a WIT err');
		await expect(result(page)).toContainText('the reason');
		await call(page, 'nothing', {});
		await expect(result(page)).toHaveAttribute('data-status', 'empty');
		await expect(result(page)).toContainText('Done');
		await call(page, 'echo-bytes', { value: [0, 255, 104] });
		await expect(result(page)).toContainText('00 ff 68');
	});

	test('that is an error stands out, with the parts of its time, its memory and its host calls', async ({
		page,
	}) => {
		await openDeck(page);
		await pick(page, 'trap.wasm', component('trap'));
		await call(page, 'unreachable', {});
		await expect(result(page)).toHaveAttribute('data-status', 'error');
		await expect(result(page)).toContainText('isError is true');
		await pick(page, 'many-host-calls.wasm', component('many-host-calls'));
		await call(page, 'read-variables', { times: 3 });
		await expect(result(page)).toContainText(/instantiate/i);
		await expect(result(page)).toContainText(/memory/i);
		await expect(result(page)).toContainText(/host call/i);
	});

	test('that is a picture is shown as one', async ({ page }) => {
		const png = [
			...Buffer.from(
				'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
				'base64',
			),
		];
		await openDeck(page);
		await pick(page, 'types.wasm', component('types'));
		await call(page, 'echo-bytes', { value: png });
		await expect(result(page).getByRole('img').first()).toBeVisible();
	});

	test('of 10 MB arrives without the page standing still', async ({ page }) => {
		test.setTimeout(90_000);
		await openDeck(page);
		await pick(page, 'big-result.wasm', component('big-result'));
		await tool(page, 'text').click();
		await setArguments(page, { length: 9_900_000 });
		await page.getByTestId('run').click();
		await expect(result(page)).toHaveAttribute('data-status', 'ok', { timeout: 60_000 });
		await expect(result(page)).toContainText('characters left. Copying takes all of it.');
		// What is shown is a part of it, so that the page answers at once.
		expect(await result(page).evaluate((element) => element.textContent!.length)).toBeLessThan(100_000);
		await page.getByRole('tab', { name: 'Messages' }).click();
		await expect(page.getByTestId('wire')).toBeVisible();
	});
});

test.describe("Wassette's own tools", () => {
	test('grant what the page grants: a press on Grant is a call of the tool, and an edit that can be undone', async ({
		page,
	}) => {
		await openDeck(page);
		await setArguments(page, { path: '/home/user' });
		await run(page);
		await deniedRows(page).first().getByTestId('grant').click();
		await expect(result(page)).toHaveAttribute('data-status', 'ok');
		await expect(page.getByTestId('policy-editor')).toContainText('fs:///home/user');
		await page.getByRole('tab', { name: 'Messages' }).click();
		await page.getByLabel('Search messages').fill('grant-storage-permission');
		await page.getByLabel('Kind').selectOption('request');
		await expect(page.getByTestId('wire-row')).toHaveCount(1);
		await openMessage(page, page.getByTestId('wire-row'));
		await expect(page.getByRole('region', { name: 'Message' })).toContainText('fs:///home/user');
		await page.getByRole('button', { name: 'Undo' }).click();
		await expect(page.getByTestId('policy-editor')).not.toContainText('fs:///home/user');
	});

	test('tell of a policy, and take back what they granted', async ({ page }) => {
		await openDeck(page);
		const id = await page.evaluate(() => window.tapedeck.scenario().components[0]!.id);
		const details = { host: 'added.example' };
		await callTool(page, 'grant-network-permission', { component_id: id, details });
		const policy = JSON.parse(textOf(await callTool(page, 'get-policy', { component_id: id })));
		expect(policy).toMatchObject({ status: 'policy found', component_id: id });
		await expect(page.getByTestId('policy-editor')).toContainText('added.example');
		await callTool(page, 'revoke-network-permission', { component_id: id, details });
		await expect(page.getByTestId('policy-editor')).not.toContainText('added.example');
	});

	test('search the samples, and an index that the user names', async ({ page }) => {
		const index = [{ name: 'weather', description: 'Tells the weather', uri: 'oci://ghcr.io/x/weather' }];
		const server = await startWitness((_, response) => {
			response.setHeader('access-control-allow-origin', '*');
			response.end(JSON.stringify(index));
		});
		try {
			await openDeck(page);
			const search = async (query: string) =>
				JSON.parse(textOf(await callTool(page, 'search-components', { query }))).components;
			expect(await search('files')).toEqual([expect.objectContaining({ uri: 'sample:files' })]);
			expect(await search('tells the weather')).toEqual([]);
			await page.keyboard.press('ControlOrMeta+k');
			await page.keyboard.type('index of components');
			await page.keyboard.press('Enter');
			await page.getByLabel('Address of an index').fill(`${server.origin}/index.json`);
			await page.getByRole('button', { name: 'Load', exact: true }).click();
			await expect(page.getByRole('dialog')).toContainText('1 component from');
			expect(await search('tells the weather')).toEqual(index);
		} finally {
			await server.close();
		}
	});
});

test('a tool that two components offer is reported as they are loaded, and answered as Wassette answers', async ({
	page,
}) => {
	await openDeck(page);
	await pick(page, 'loop.wasm', component('loop'));
	await expect(tool(page, 'ping')).toBeVisible();
	await pick(page, 'other-loop.wasm', component('loop'));
	await expect(page.getByText(/loop and other-loop offer the same tool, spin/).first()).toBeVisible();
	await expect(tool(page, 'ping')).toHaveCount(2);
	await expect(tool(page, 'ping').first()).toContainText('in 2 components: calls fail');
	await tool(page, 'ping').first().click();
	await expect(page.getByTestId('shared-name')).toContainText('answers every call of it with an error');
	await run(page);
	await expect(result(page)).toContainText("Multiple components found for tool 'ping': loop, other-loop");
});
