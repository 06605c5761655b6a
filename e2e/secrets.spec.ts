import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { decodeLink } from '../src/core/scenario/decode-link';
import { echoers, echoes, echoPolicy, everythingKept, found, secret } from './fixtures/echoed-secret';
import { command, component, openDeck } from './page';
import { test } from './test';

async function download(page: Page, press: () => Promise<void>): Promise<Buffer> {
	const [file] = await Promise.all([page.waitForEvent('download'), press()]);
	return readFileSync(await file.path());
}

test('a secret that guests echo by every channel leaves the page in nothing, and is kept in nothing', async ({
	page,
	context,
}) => {
	test.slow();
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	await openDeck(page);
	const button = (name: string) => page.getByRole('button', { name, exact: true });
	await page.evaluate(
		async ([components, yaml]) => {
			for (const [id, base64] of components) {
				await window.tapedeck.load(
					Uint8Array.from(atob(base64!), (one) => one.charCodeAt(0)),
					id!,
				);
				window.tapedeck.setPolicy(id!, yaml);
			}
		},
		[echoers.map((name) => [name, component(name).toString('base64')]), echoPolicy] as const,
	);

	// The value stands in the field before anybody said that it is a secret: until the row is left, nothing knows of it.
	await page.getByRole('tab', { name: 'Variables' }).click();
	await page.getByLabel('Name of a new variable').fill('API_KEY');
	await button('Add').click();
	await expect(page.getByText('API_KEY is marked secret, for its name looks like one.')).toBeVisible();
	await button('Remove API_KEY').click();
	await expect(page.getByLabel('Value of API_KEY')).toHaveCount(0);
	await page.getByLabel('Name of a new variable').fill('ECHOED');
	await button('Add').click();
	const row = page
		.getByTestId('variables')
		.getByRole('listitem')
		.filter({ has: page.getByLabel('Value of ECHOED') });
	await expect(row.getByRole('checkbox')).toBeChecked({ checked: false });
	await row.getByLabel('Value of ECHOED').pressSequentially(secret);
	await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
	expect(found(JSON.stringify(await page.evaluate(() => window.tapedeck.scenario())))).toEqual([]);
	await row.getByRole('checkbox').check();
	await button('Add').focus();

	const call = (name: string, args: object) =>
		page.evaluate(
			async ([tool, given]) => {
				const { content } = await window.tapedeck.callTool(tool as string, given as Record<string, unknown>);
				return content.map((item) => (item.type === 'text' ? item.text : '')).join('');
			},
			[name, args] as const,
		);
	// The control: the guest does have it.
	expect(JSON.parse(await call('variables', {}))).toContainEqual(['ECHOED', secret]);
	for (const [name, args] of echoes) await call(name, args);

	await page.keyboard.press('Escape');
	await page.getByTestId('share').click();
	const link = await page.getByTestId('share-link').inputValue();
	const outputs: Record<string, string> = {
		link: link + JSON.stringify(await decodeLink(new URL(link).hash)),
	};
	for (const name of ['Copy link', 'Copy Markdown', 'Copy issue report']) {
		await button(name).click();
		outputs[name] = await page.evaluate(() => navigator.clipboard.readText());
	}
	outputs['file'] = String(await download(page, () => button('Download .tapedeck.json').click()));
	await page.keyboard.press('Escape');
	await page.getByRole('tab', { name: 'Messages' }).click();
	outputs['wire'] = String(await download(page, () => button('Export').click()));
	const bundle = await download(page, () => command(page, 'download bundle'));
	outputs['bundle'] = Object.entries(unzipSync(bundle))
		.filter(([path]) => !path.endsWith('.wasm'))
		.map(([path, bytes]) => path + Buffer.from(bytes).toString())
		.join('\n');
	outputs['scenario'] = JSON.stringify(await page.evaluate(() => window.tapedeck.scenario()));
	await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
	await expect
		.poll(async () => (await page.evaluate(everythingKept)).includes('echo.txt'), 'the session is kept')
		.toBe(true);
	outputs['what the browser keeps'] = await page.evaluate(everythingKept);
	for (const [what, text] of Object.entries(outputs)) {
		expect(text.length, what).toBeGreaterThan(50);
		expect(found(text), what).toEqual([]);
	}
	expect(outputs['scenario']).toContain('[secret ECHOED]');
});
