import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { componentOfWit } from '../src/component/fixtures';
import { expectAccessible } from './axe';
import { component, openDeck, pick, tool } from './page';
import { test } from './kept';

/** Loads a component and opens the view of what is inside it. */
async function inspect(page: Page, name: string, firstTool: string, bytes = component(name)): Promise<void> {
	await openDeck(page);
	await pick(page, `${name}.wasm`, bytes);
	await expect(tool(page, firstTool)).toBeVisible({ timeout: 20_000 });
	await page.getByRole('button', { name: `Inspect ${name}`, exact: true }).click();
	await expect(page.getByTestId('inspect')).toBeVisible();
}

const couldDo = (page: Page, kind: string) =>
	page.getByTestId('inspect-could-do').locator(`[data-kind=${kind}]`);

test('a component shows its WIT with docs, its digest, its language and its sizes', async ({ page }) => {
	await inspect(page, 'files', 'list-directory');
	const sha256 = await page.evaluate(
		() => window.tapedeck.scenario().components.find(({ id }) => id === 'files')?.sha256,
	);
	await expect(page.getByTestId('inspect-digest')).toHaveText(sha256!);
	const wit = page.getByTestId('inspect-wit');
	await expect(wit).toContainText('export list-directory: func(');
	await expect(wit).toContainText(/\/\/\/ .*\n\s*export list-directory/);
	await expect(page.getByTestId('inspect')).toContainText('Rust');
	await expect(page.getByTestId('inspect-sections').locator('li').first()).toContainText('code');
});

test('the digest can be copied', async ({ page, context }) => {
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	await inspect(page, 'time', 'local_time-server_time_get-current-time');
	await page.getByRole('button', { name: 'Copy the digest' }).click();
	const copied = await page.evaluate(() => navigator.clipboard.readText());
	expect(copied).toBe(await page.getByTestId('inspect-digest').textContent());
});

test('what a component asks for is said in words, with the imports that say so', async ({ page }) => {
	await inspect(page, 'exfiltrator', 'improve-prompt');
	const asks = page.getByTestId('inspect-asks');
	await expect(asks.locator('[data-kind=storage]')).toContainText('read and write files');
	await expect(asks.locator('[data-kind=network]')).toContainText('HTTP requests');
	await expect(asks.locator('[data-kind=environment]')).toContainText('environment variables');
	await asks.locator('[data-kind=network] summary').click();
	await expect(asks).toContainText('wasi:http/outgoing-handler@0.2.0');
});

test('what a component could do follows the policy and the engine', async ({ page }) => {
	await inspect(page, 'exfiltrator', 'improve-prompt');
	for (const kind of ['storage', 'network', 'environment'])
		await expect(couldDo(page, kind)).toHaveAttribute('data-extent', 'nothing');
	await expect(page.getByTestId('inspect-leak')).toContainText('It reaches nothing of yours and no host');
	const policy = [
		'version: "1.0"',
		'permissions:',
		'  storage:',
		'    allow: [{uri: "fs:///home", access: ["read"]}]',
		'  network:',
		'    allow: [{host: "collector.example.net"}, {host: "*.example.org"}]',
		'',
	].join('\n');
	await page.evaluate((text) => window.tapedeck.setPolicy('exfiltrator', text), policy);
	await expect(couldDo(page, 'storage')).toContainText('read /home');
	await expect(couldDo(page, 'network')).toContainText('collector.example.net');
	await expect(couldDo(page, 'network')).not.toContainText('*.example.org');
	await expect(page.getByTestId('inspect-leak')).toContainText('it could send to collector.example.net');
	await page.evaluate(() => window.tapedeck.setEngine('documented'));
	await expect(couldDo(page, 'network')).toContainText('*.example.org');
});

test('a rule that is named leads to its line in the policy', async ({ page }) => {
	await inspect(page, 'exfiltrator', 'improve-prompt');
	await page.evaluate(() =>
		window.tapedeck.setPolicy(
			'exfiltrator',
			'version: "1.0"\npermissions:\n  storage:\n    allow:\n      - uri: "fs:///data"\n        access: ["read"]\n',
		),
	);
	await couldDo(page, 'storage').getByRole('button', { name: 'line 5' }).click();
	await expect(page.getByTestId('inspect')).toBeHidden();
	await expect(page.getByTestId('policy-editor')).toContainText('fs:///data');
});

test('functions that Wassette cannot call are listed with the reason', async ({ page }) => {
	const shop = await componentOfWit(
		'package a:b; world root-world { export plain: func(); export shop: interface { resource cart { constructor(); size: func() -> u32; } } }',
	);
	await inspect(page, 'shop', 'plain', Buffer.from(shop));
	const exports = page.getByTestId('inspect-exports').locator('li');
	await expect(exports.filter({ hasText: 'plain: func' })).toHaveAttribute('data-callable', 'true');
	const method = exports.filter({ hasText: '[method]cart.size' });
	await expect(method).toHaveAttribute('data-callable', 'false');
	await expect(method).toContainText('Wassette cannot call it');
	await expect(page.getByTestId('inspect')).toContainText('Resources: cart');
});

test('the WAT is printed on demand', async ({ page }) => {
	await inspect(page, 'time', 'local_time-server_time_get-current-time');
	await expect(page.getByTestId('inspect-wat')).toBeHidden();
	await page.getByTestId('inspect-wat-show').click();
	await expect(page.getByTestId('inspect-wat')).toContainText('(component');
	await expect(page.getByTestId('inspect-wat')).toContainText('(core module');
});

test('says how much of the printer has come while it is fetched for the WAT', async ({ page }) => {
	await inspect(page, 'time', 'local_time-server_time_get-current-time');
	// Its WebAssembly comes in two files: one at once, so that there is something to count, and the other when it is let.
	let release = () => {};
	const held = new Promise<void>((resolve) => (release = resolve));
	await page.route(/wasm-tools\.core-[^/]*\.wasm$/, async (route) => {
		await held;
		await route.continue();
	});
	await page.getByTestId('inspect-wat-show').click();
	await expect(page.getByText(/^Fetching the printer, \d/)).toBeVisible();
	release();
	await expect(page.getByTestId('inspect-wat')).toContainText('(component');
});

test('a long WAT is cut, and says so', async ({ page }) => {
	await inspect(page, 'weather', 'get-weather');
	await page.getByTestId('inspect-wat-show').click();
	await expect(page.getByText(/Cut after 2,097,152 characters of/)).toBeVisible({ timeout: 20_000 });
});

test('the view is reached from the palette, and says what it is for where nothing is loaded', async ({
	page,
}) => {
	await openDeck(page);
	await page.keyboard.press('Control+k');
	await page.getByRole('combobox').fill('inspect');
	await page.keyboard.press('Enter');
	await expect(page.getByTestId('inspect')).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(page.getByTestId('inspect')).toBeHidden();
});

test('the view has no accessibility violations in either theme', async ({ page }) => {
	await inspect(page, 'exfiltrator', 'improve-prompt');
	await expectAccessible(page, 'the view', '[data-testid=inspect]');
});

test('the view fits a narrow page', async ({ page }) => {
	await inspect(page, 'exfiltrator', 'improve-prompt');
	await page.setViewportSize({ width: 390, height: 844 });
	await expect(page.getByTestId('inspect-could-do')).toBeVisible();
	const overflow = await page.getByTestId('inspect').evaluate((view) => view.scrollWidth - view.clientWidth);
	expect(overflow).toBeLessThanOrEqual(0);
});

test('a component is by whom its signature says, once somebody says who that should be', async ({ page }) => {
	const bytes = component('files');
	const [maker, other] = [0, 1].map(() => generateKeyPairSync('ec', { namedCurve: 'P-256' }));
	const pem = ({ publicKey }: { publicKey: KeyObject }) =>
		publicKey.export({ type: 'spki', format: 'pem' }).toString();
	const signature = sign('sha256', bytes, maker!.privateKey).toString('base64');
	await openDeck(page);
	await pick(page, 'files.wasm', bytes);
	await expect(tool(page, 'list-directory')).toBeVisible({ timeout: 20_000 });
	await pick(page, 'files.wasm.sig', Buffer.from(signature), 'text/plain');
	await page.getByRole('button', { name: 'Inspect files', exact: true }).click();
	const view = page.getByTestId('inspect-signers');
	const state = view.getByTestId('signature-state');
	await expect(state).toHaveText(/Signed with a key, which nobody has named here/);
	// From here on there is no network, and nothing asks for one.
	const asked: string[] = [];
	page.on('request', (request) => asked.push(request.url()));
	await page.context().setOffline(true);
	const control = new URL('not-there.json', page.url()).href;
	expect(await page.evaluate((url) => fetch(url).catch(() => null), control)).toBeNull();
	const expectKey = async (key: string) => {
		await view.getByText('Say who it should be signed by').click();
		await view.getByLabel('Or a public key (PEM)').fill(key);
		await view.getByRole('button', { name: 'Expect this signer' }).click();
	};
	await expectKey(pem(other!));
	await expect(state).toHaveAttribute('data-state', 'misfit');
	await expect(state).toContainText('is not one of these bytes by this key');
	await view.getByRole('button', { name: 'Expect nobody' }).click();
	await expectKey(pem(maker!));
	await expect(state).toHaveAttribute('data-state', 'expected');
	await expect(state).toContainText('Signed with the key sha256:');
	// What was expected travels: the component is let in elsewhere by it alone.
	const { components } = await page.evaluate(() => window.tapedeck.scenario());
	expect(components).toMatchObject([{ signer: { key: pem(maker!).trim() }, signatures: [signature] }]);
	expect(asked).toEqual([control]);
	await page.context().setOffline(false);

	// Demanded of another, it is let in neither by a script nor by a link or file, but by the person alone.
	const demanding = await page.evaluate((key) => {
		const scenario = window.tapedeck.scenario();
		return JSON.stringify({
			...scenario,
			title: 'Demanding',
			components: scenario.components.map((each) => ({ ...each, signer: { key }, insisted: true })),
		});
	}, pem(other!));
	const refusal = await page.evaluate(
		(text) => window.tapedeck.open(text).catch((error: Error) => error.message),
		demanding,
	);
	expect(refusal).toContain('The signature does not fit.');
	await page.keyboard.press('Escape');
	await pick(page, 'demanding.json', Buffer.from(demanding), 'application/json');
	const dialog = page.getByRole('dialog');
	await expect(page.getByTestId('insist')).toHaveCount(0);
	const press = dialog.getByRole('button', { name: /^(?:Open|Replace)$/ });
	await press.click();
	await expect(dialog.getByRole('alert')).toContainText('is not one of these bytes by this key');
	await page.getByTestId('insist').check();
	await press.click();
	await expect(dialog).toHaveCount(0);
	expect(await page.evaluate(() => window.tapedeck.scenario().title)).toBe('Demanding');
});
