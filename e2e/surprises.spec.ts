import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { expect, type Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { allowedRows, deniedRows, openDeck, run } from './page';
import { test } from './test';

const folder = join(import.meta.dirname, '..', 'static-surprises');
const files = readdirSync(folder).filter((name) => name.endsWith('.tapedeck.json'));

const surprise = (page: Page, name: string) => page.locator(`[data-testid=surprise][data-name="${name}"]`);

async function openSurprises(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Surprises', exact: true }).click();
	await expect(page.getByRole('dialog', { name: 'Surprises' })).toBeVisible();
}

test.describe('each surprise', () => {
	// One page for all of them, as the command has it.
	test.describe.configure({ mode: 'default' });
	let page: Page;
	test.beforeAll(async ({ browser, baseURL }) => {
		page = await browser.newPage();
		await page.goto(`${baseURL}verify.html`);
	});
	test.afterAll(() => page.close());

	for (const [at, file] of files.entries()) {
		test(
			`${file} does what it says, by decisions and by calls`,
			{ tag: at % 4 > 0 ? '@long' : [] },
			async () => {
				const outcome = await page.evaluate(
					(text) => window.tapedeckVerify(text),
					readFileSync(join(folder, file), 'utf8'),
				);
				expect(outcome.ok ? outcome.checks.filter(({ passed }) => !passed) : outcome.error).toEqual([]);
				expect(outcome.ok && outcome.checks.length).toBeGreaterThan(0);
			},
		);
	}
});

test.describe('the gallery of surprises', () => {
	test('opens one, runs it with one press under its release, and otherwise as documented', async ({
		page,
	}) => {
		await openDeck(page);
		await openSurprises(page);
		await surprise(page, 'wildcard-host').getByTestId('open-surprise').click();
		await expect(page.getByRole('dialog')).toHaveCount(0);
		await expect(page.getByTestId('policy-editor')).toContainText('*.example.com');
		await run(page);
		await expect(deniedRows(page).first()).toContainText('https://tapes.example.com/');
		await expect(deniedRows(page).first()).toContainText('engines disagree');

		await page.evaluate(() => window.tapedeck.setEngine('documented'));
		await run(page);
		await expect(allowedRows(page).first()).toContainText('https://tapes.example.com/');
		await expect(page.getByTestId('result')).toContainText('A list of tapes');
	});

	test('loads a policy with its component as the release does: by itself, and a newer one only where a person says so', async ({
		page,
	}) => {
		const policyOf = () => page.evaluate(() => window.tapedeck.scenario().components[0]?.policy);
		const card = page.getByTestId('arrivals');
		const load = page.getByRole('button', { name: 'Load', exact: true });
		await openDeck(page);
		await openSurprises(page);
		await surprise(page, 'bundled-policy').getByTestId('open-surprise').click();
		await expect(card.getByTestId('coming-policy')).toContainText(
			'attaches the policy that came with it by itself: its author decides',
		);
		await expect(card).toContainText('USER_NAME');
		await load.click();
		await expect(card).toHaveCount(0);
		await expect.poll(policyOf).toContain('What its author thinks that it needs');
		await run(page);
		await expect(page.getByTestId('result')).toContainText('it read 1 variable');

		await openSurprises(page);
		const entry = surprise(page, 'bundled-policy');
		await entry.getByRole('button', { name: /^Open under 0\.8\.1/ }).click();
		// What was loaded is the person's.
		await entry.getByRole('button', { name: 'Replace' }).click();
		await expect(card.getByTestId('coming-policy')).toContainText('does not attach it by itself');
		await load.click();
		await expect(card).toHaveCount(0);
		await expect.poll(policyOf).toBeNull();
	});

	test('searches, and says why some are not shown', async ({ page }) => {
		await openDeck(page);
		await openSurprises(page);
		await page.getByRole('searchbox', { name: 'Search the surprises' }).fill('trailing slashes');
		await expect(page.getByTestId('surprise')).toHaveCount(1);
		await expect(page.getByTestId('surprise')).toContainText('this project ships no exploit');
		await page.getByRole('searchbox', { name: 'Search the surprises' }).fill('zebra');
		await page.getByRole('button', { name: 'Show all' }).click();
		await expect(page.getByTestId('surprise')).toHaveCount(37);
	});

	test('asks before it takes away what was edited, and not otherwise', async ({ page }) => {
		await openDeck(page);
		await openSurprises(page);
		await surprise(page, 'deny-list').getByTestId('open-surprise').click();
		await expect(page.getByRole('dialog')).toHaveCount(0);
		await openSurprises(page);
		await surprise(page, 'trailing-dot').getByTestId('open-surprise').click();
		await expect(page.getByRole('dialog')).toHaveCount(0);

		await page.evaluate(() => window.tapedeck.setPolicy('fetch', 'version: "1.0"\npermissions: {}\n'));
		await openSurprises(page);
		const card = surprise(page, 'deny-list');
		await card.getByTestId('open-surprise').click();
		await card.getByRole('button', { name: 'Keep mine' }).click();
		expect(await page.evaluate(() => window.tapedeck.scenario().title)).toBe(
			'A dot at the end makes another host',
		);
		await card.getByTestId('open-surprise').click();
		await card.getByRole('button', { name: 'Replace' }).click();
		await expect(page.getByRole('dialog')).toHaveCount(0);
		expect(await page.evaluate(() => window.tapedeck.scenario().title)).toBe('A deny list denies nothing');
	});

	test('is reached from Help and from the palette, where it is narrow too', async ({ page }) => {
		await page.setViewportSize({ width: 390, height: 800 });
		await page.goto('./');
		await page.getByRole('button', { name: 'Help' }).click();
		await page.getByRole('button', { name: 'Show the surprises' }).click();
		await expect(page.getByRole('dialog', { name: 'Surprises' })).toBeVisible();
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
		await page.keyboard.press('Escape');
		await page.keyboard.press('ControlOrMeta+k');
		await page.getByLabel('Search commands').fill('surprises');
		await page.keyboard.press('Enter');
		await expect(page.getByRole('dialog', { name: 'Surprises' })).toBeVisible();
	});
});

test.describe('no accessibility problem is found, in either theme,', () => {
	test('in the gallery of surprises, and in what leads to an installed Wassette', async ({ page }) => {
		await openDeck(page);
		await openSurprises(page);
		await expectAccessible(page, 'the gallery of surprises');
		await page.keyboard.press('Escape');
		await page.getByRole('button', { name: 'Use in Wassette' }).click();
		await expect(page.getByTestId('manifest')).toBeVisible();
		await expectAccessible(page, 'what leads to an installed Wassette');
	});

	test('in the embedded page, before and after a press', async ({ page }) => {
		const text = readFileSync(join(folder, 'port-in-host.tapedeck.json'));
		await page.goto(`embed.html#td1.${deflateRawSync(text).toString('base64url')}`);
		// It names the reader's own machine, which takes a word of its own.
		await page.getByTestId('confirm-local').check();
		await expect(page.getByTestId('load-and-run')).toBeEnabled();
		await expectAccessible(page, 'the embedded page');
		await page.getByTestId('load-and-run').click();
		await expect(page.getByTestId('result')).toBeVisible();
		await expectAccessible(page, 'the embedded page with a result');
	});
});
