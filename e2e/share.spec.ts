import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Browser, type Page } from '@playwright/test';
import type { ActivityEntry, HostCallEntry } from '../src/core/activity';
import { startWitness } from './fixtures/witness';
import { component, openDeck, pick, run, tool } from './page';
import { test } from './test';

const samples = join(import.meta.dirname, '../static-components');
const scenarioOf = (name: string) =>
	JSON.parse(readFileSync(join(samples, name, 'sample.json'), 'utf8')).scenario;
const names = (JSON.parse(readFileSync(join(samples, 'index.json'), 'utf8')) as { name: string }[]).map(
	({ name }) => name,
);

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** A record with what was written in one go, however many messages that took. */
function inOneGo(activity: readonly ActivityEntry[]): ActivityEntry[] {
	const entries: ActivityEntry[] = [];
	for (const entry of activity) {
		const last = entries.at(-1);
		if (entry.kind === 'output' && last?.kind === 'output' && entry.stream === last.stream)
			entries[entries.length - 1] = { ...last, text: last.text + entry.text };
		else entries.push(entry);
	}
	return entries;
}

/** What a record says, durations aside, and its numbers counted anew. */
function comparable(activity: readonly ActivityEntry[]): unknown[] {
	const calls = [...new Set(activity.map((entry) => (entry as HostCallEntry).callId))];
	return inOneGo(activity).map((entry, id) => {
		const { callId, ...rest } = entry as HostCallEntry;
		const untimed: Record<string, unknown> = { ...rest };
		for (const key of ['at', 'duration', 'times', 'revision']) delete untimed[key];
		return { ...untimed, id, callId: calls.indexOf(callId) };
	});
}

const asked = (activity: readonly ActivityEntry[]) =>
	activity.flatMap((entry) =>
		entry.kind === 'host-call'
			? [[entry.capability, entry.operation, entry.target, entry.outcome, entry.result]]
			: [],
	);

/** Makes every saved call through the door; the record that they leave. */
async function play(page: Page): Promise<ActivityEntry[]> {
	return page.evaluate(async () => {
		const before = window.tapedeck.activity().at(-1)?.id ?? 0;
		for (const { tool, arguments: args } of window.tapedeck.scenario().calls ?? [])
			await window.tapedeck.callTool(tool, args).catch(() => null);
		return window.tapedeck.activity().filter(({ id }) => id > before);
	});
}

async function freeze(page: Page): Promise<void> {
	await page.getByTestId('share').click();
	await button(page, 'Make repeatable').click();
	await expect(page.getByTestId('freeze-section')).toHaveAttribute('data-frozen', 'true');
	await button(page, 'Close').click();
}

/** Opens a link in a browser profile that has never seen this page. */
async function openAfresh(browser: Browser, link: string): Promise<Page> {
	const page = await (await browser.newContext()).newPage();
	await page.goto(link);
	const confirm = page.getByLabel('It may reach these hosts');
	await expect(page.getByTestId('open-summary')).toBeVisible();
	if (await confirm.isVisible()) await confirm.check();
	await button(page, 'Open').click();
	await expect(page.getByTestId('open-summary')).toHaveCount(0);
	return page;
}

test.describe('a frozen world', () => {
	for (const [at, name] of names.entries()) {
		test(
			`of the sample ${name} shows the same activity in a fresh browser profile`,
			{ tag: at > 0 ? '@long' : [] },
			async ({ page, browser }) => {
				test.slow();
				await openDeck(page);
				await page.evaluate((scenario) => window.tapedeck.open(scenario), scenarioOf(name));
				const live = await play(page);
				await freeze(page);
				const link = await page.evaluate(() => window.tapedeck.link());
				const sent = await play(page);
				const other = await openAfresh(browser, link);
				const received = await play(other);
				expect(received.length).toBeGreaterThan(0);
				expect(comparable(received)).toEqual(comparable(sent));
				expect(asked(received)).toEqual(asked(live));
				await other.context().close();
			},
		);
	}

	test('answers by routes what the live network answered, and nothing goes out', async ({
		page,
		browser,
	}) => {
		test.slow();
		const witness = await startWitness((_, response) => {
			response.setHeader('access-control-allow-origin', '*');
			response.end('from the live network');
		});
		await openDeck(page);
		await page.evaluate(
			([scenario, origin]) =>
				window.tapedeck.open({
					...scenario,
					components: [
						{
							...scenario.components[0],
							policy: 'version: "1.0"\npermissions:\n  network:\n    allow:\n      - host: "127.0.0.1"\n',
						},
					],
					world: { variables: { KEY: { secret: true } } },
					calls: [{ tool: 'fetch', arguments: { url: `${origin}/page?a=1` } }],
				}),
			[scenarioOf('fetch'), witness.origin] as const,
		);
		const live = await play(page);
		expect(witness.heard).toHaveLength(1);
		await freeze(page);
		const other = await openAfresh(browser, await page.evaluate(() => window.tapedeck.link()));
		const received = await play(other);
		expect(witness.heard).toHaveLength(1);
		expect(asked(received)).toEqual(asked(live));
		expect(JSON.stringify(received)).toContain('from the live network');
		await other.context().close();
		await witness.close();
	});

	test('can be taken back', async ({ page }) => {
		await openDeck(page);
		await freeze(page);
		expect(await page.evaluate(() => window.tapedeck.scenario().world?.network)).toBe('routes');
		await button(page, 'Undo').click();
		expect(await page.evaluate(() => window.tapedeck.scenario().world?.network)).toBe('live');
	});
});

test.describe('verifying', () => {
	test('says that all is as expected, and names the first difference once it is not', async ({ page }) => {
		test.slow();
		await openDeck(page);
		await run(page);
		await freeze(page);
		await page.getByTestId('share').click();
		await button(page, 'Verify').click();
		await expect(page.getByTestId('share-dialog')).toContainText('Reproduced under Wassette 0.8.1');
		await button(page, 'Close').click();
		await page.evaluate(() => window.tapedeck.setPolicy('files', 'version: "1.0"\npermissions: {}\n'));
		await page.keyboard.press('Control+k');
		await page.keyboard.type('verify the saved');
		await page.keyboard.press('Enter');
		await expect(page.getByTestId('verify')).toHaveAttribute('data-status', 'failed');
		await expect(page.getByTestId('verify')).toContainText(
			'First difference. Call 1, list-directory: Expected',
		);
		await button(page, 'Expect what happened').click();
		await button(page, 'Verify').last().click();
		await expect(page.getByTestId('verify')).toHaveAttribute('data-status', 'passed');
	});
});

test.describe('the share dialog', () => {
	test('gives a link that brings everything back, without secrets', async ({ page, browser, context }) => {
		await context.grantPermissions(['clipboard-read', 'clipboard-write']);
		await openDeck(page);
		await page.evaluate(() =>
			window.tapedeck.open({
				...window.tapedeck.scenario(),
				world: { ...window.tapedeck.scenario().world, variables: { API_KEY: { secret: true } } },
			}),
		);
		await page.getByRole('tab', { name: 'Variables' }).click();
		await page.locator('input[type=password]').fill('hunter2hunter2');
		await page.getByTestId('share').click();
		await page.getByRole('textbox', { name: 'Title' }).fill('Mine to share');
		await page.getByRole('textbox', { name: 'Description' }).fill('Words about it');
		await expect(page.getByTestId('share-dialog')).toContainText('Value of the secret API_KEY (left out)');
		await expect(page.getByTestId('share-length')).toHaveAttribute('data-tone', 'plain');
		const link = await page.getByTestId('share-link').inputValue();
		await button(page, 'Copy link').click();
		expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);
		await button(page, 'Copy Markdown').click();
		expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`[Mine to share](${link})`);
		await button(page, 'Copy issue report').click();
		const report = await page.evaluate(() => navigator.clipboard.readText());
		for (const words of ['## Mine to share', 'Wassette 0.8.1', '```yaml', 'fs:///data'])
			expect(report).toContain(words);
		const [file] = await Promise.all([
			page.waitForEvent('download'),
			button(page, 'Download .tapedeck.json').click(),
		]);
		expect(file.suggestedFilename()).toBe('mine-to-share.tapedeck.json');
		const text = readFileSync(await file.path(), 'utf8');
		expect(JSON.parse(text)).toMatchObject({ version: 1, title: 'Mine to share' });
		expect(
			text + report + (await page.evaluate(() => JSON.stringify(window.tapedeck.scenario()))),
		).not.toContain('hunter2');
		const other = await openAfresh(browser, link);
		await expect(other.getByTestId('scenario-title')).toHaveText('Mine to share');
		await expect(tool(other, 'list-directory')).toBeVisible();
		await other.context().close();
	});

	test('leaves out the parts that are unticked, and says when a link is long', async ({ page }) => {
		await openDeck(page);
		await page.evaluate(() => {
			const noise = (length: number) =>
				Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) => byte.toString(36)).join('');
			return window.tapedeck.open({
				...window.tapedeck.scenario(),
				world: { files: { '/data/noise.txt': noise(8000) } },
			});
		});
		await page.getByTestId('share').click();
		await expect(page.getByTestId('share-length')).toHaveAttribute('data-tone', 'red');
		await page.getByRole('checkbox', { name: 'Files' }).uncheck();
		await expect(page.getByTestId('share-length')).toHaveAttribute('data-tone', 'plain');
	});

	test('leaves out what a sample left behind that is here no more', async ({ page }) => {
		await openDeck(page);
		await page.getByRole('button', { name: 'Samples' }).click();
		await page.getByRole('menuitem', { name: /Fetch a page/ }).click();
		await expect(tool(page, 'fetch')).toBeVisible();
		await page.getByTestId('share').click();
		const behind = page.getByRole('checkbox', { name: /What a sample left behind/ });
		await expect(behind).not.toBeChecked();
		const shorter = (await page.getByTestId('share-link').inputValue()).length;
		await behind.check();
		const longer = (await page.getByTestId('share-link').inputValue()).length;
		expect(longer - shorter).toBeGreaterThan(400);
	});

	test('carries small components inside, and says of large ones that the receiver supplies them', async ({
		page,
	}) => {
		await openDeck(page);
		await pick(page, 'loop.wasm', component('loop'));
		await pick(page, 'greet.wasm', component('greet'));
		await expect(tool(page, 'wasi_cli_run_0_2_0_run')).toBeVisible();
		await page.getByTestId('share').click();
		await expect(page.getByTestId('share-dialog')).toContainText('from a file, carried inside');
		await expect(page.getByTestId('share-dialog')).toContainText('the receiver supplies the file greet.wasm');
	});
});
