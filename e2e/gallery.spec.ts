import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { openDeck } from './page';
import { test } from './test';

test.describe.configure({ timeout: 120_000 });

const folder = join(import.meta.dirname, '../static-components');
const json = (...path: string[]) => JSON.parse(readFileSync(join(folder, ...path), 'utf8'));
const samples = json('index.json') as { name: string; title: string; hostile: boolean }[];

const gallery = (page: Page) => page.getByRole('dialog', { name: 'Samples' });
const cards = (page: Page) => page.getByTestId('sample');

async function openGallery(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Samples', exact: true }).click();
	await page.getByRole('menuitem', { name: /Browse all/ }).click();
	await expect(gallery(page)).toBeVisible();
}

/** One of each kind: written in a language of its own, made of several, hostile. What each does is held by components/samples.spec.ts. */
const ofEachKind = ['fetch', 'pages', 'exfiltrator'];

for (const { name, title } of samples) {
	test(
		`${name} opens ready to run with one press`,
		{ tag: ofEachKind.includes(name) ? [] : '@long' },
		async ({ page }) => {
			const { call: own, scenario } = json(name, 'sample.json');
			// A sample of several components opens as the page that it is, at its first call.
			const call = scenario.components.length > 1 ? scenario.calls[0] : own;
			await openDeck(page);
			await openGallery(page);
			await gallery(page).getByRole('button', { name: title, exact: true }).click();
			await expect(gallery(page)).toBeHidden();
			await expect(page.locator('[data-testid=tool-item][aria-current=true]')).toHaveAttribute(
				'data-name',
				call.tool,
			);
			const policies = (components: readonly { id: string; policy?: string | null }[]) =>
				components.map(({ id, policy }) => [id, policy ?? null]);
			await expect
				.poll(async () => policies((await page.evaluate(() => window.tapedeck.scenario())).components))
				.toEqual(policies(scenario.components));
			const opened = await page.evaluate(() => window.tapedeck.scenario());
			// A directory that something else lies in is not told on its own.
			const files = Object.entries(scenario.world?.files ?? {}).filter(
				([, content]) => typeof content === 'string',
			);
			expect(opened.world?.files).toMatchObject(Object.fromEntries(files));
			expect(opened.world?.variables).toMatchObject(scenario.world?.variables ?? {});

			const [{ expect: expected }] = scenario.calls;
			if (expected.outcome === 'error') {
				// What cannot be called says so in the place of a result.
				await expect(page.getByTestId('run')).toBeDisabled();
				return;
			}
			await page.getByTestId('run').click();
			await expect(page.getByTestId('result')).toHaveAttribute('data-status', /ok|empty/);
			const [made] = await page.evaluate(() =>
				window.tapedeck.activity().flatMap((entry) => (entry.kind === 'tool-call' ? [entry] : [])),
			);
			expect(made).toMatchObject({ tool: call.tool, arguments: call.arguments });
			if (scenario.components.length === 1) expect(made).toMatchObject({ component: name });
		},
	);
}

test.describe('the gallery', () => {
	test('finds samples by words, tag and language, and says when there are none', async ({ page }) => {
		await openDeck(page);
		await openGallery(page);
		await expect(cards(page)).toHaveCount(samples.length);
		await page.getByRole('searchbox', { name: 'Search samples' }).fill('knowledge');
		await expect(cards(page)).toHaveCount(1);
		await expect(cards(page)).toHaveAttribute('data-name', 'notes');
		await page.getByRole('searchbox', { name: 'Search samples' }).fill('nothing like this');
		await expect(gallery(page)).toContainText('No sample fits.');
		await gallery(page).getByRole('button', { name: 'Show all samples' }).click();
		await expect(cards(page)).toHaveCount(samples.length);

		await gallery(page).getByRole('button', { name: 'limits', exact: true }).click();
		await expect(cards(page)).toHaveCount(3);
		await gallery(page).getByRole('combobox', { name: 'Language' }).selectOption('C');
		await expect(cards(page)).toHaveCount(1);
		await expect(cards(page)).toHaveAttribute('data-name', 'file-filler');
		await gallery(page).getByRole('button', { name: 'limits', exact: true }).click();
		await expect(cards(page)).not.toHaveCount(1);
	});

	test('labels the hostile samples, and no others', async ({ page }) => {
		await openDeck(page);
		await openGallery(page);
		for (const { name, hostile } of samples) {
			const card = page.locator(`[data-testid=sample][data-name="${name}"]`);
			await expect(card.getByText('Hostile on purpose')).toHaveCount(hostile ? 1 : 0);
		}
	});

	test('is worked by the keyboard alone', async ({ page }) => {
		await openDeck(page);
		await page.keyboard.press('Control+k');
		await page.getByRole('combobox', { name: 'Search commands' }).fill('browse the samples');
		await page.keyboard.press('Enter');
		await expect(page.getByRole('searchbox', { name: 'Search samples' })).toBeFocused();
		await page.keyboard.press('ArrowDown');
		await page.keyboard.press('ArrowDown');
		await expect(gallery(page).getByRole('button', { name: samples[1]!.title, exact: true })).toBeFocused();
		await page.keyboard.press('ArrowUp');
		await page.keyboard.press('ArrowUp');
		await expect(page.getByRole('searchbox', { name: 'Search samples' })).toBeFocused();
		await page.keyboard.type('hash and');
		await expect(cards(page)).toHaveCount(1);
		await page.keyboard.press('Enter');
		await expect(gallery(page)).toBeHidden();
		await expect(page.locator('[data-testid=tool-item][data-name=uuid]')).toBeVisible();
	});

	test('closes with Escape and opens nothing', async ({ page }) => {
		await openDeck(page);
		await openGallery(page);
		await page.keyboard.press('Escape');
		await expect(gallery(page)).toBeHidden();
		expect(await page.evaluate(() => window.tapedeck.scenario().components.map(({ id }) => id))).toEqual([
			'files',
		]);
	});

	test('has no accessibility problem in either theme', { tag: '@long' }, async ({ page }) => {
		await openDeck(page);
		await openGallery(page);
		await gallery(page).getByRole('button', { name: 'storage', exact: true }).click();
		await expectAccessible(page, 'the gallery, with a filter on');
	});

	test('fits a narrow screen, and leads to the call there', async ({ page }) => {
		await page.setViewportSize({ width: 390, height: 844 });
		await page.goto('./');
		await expect(page.getByTestId('run')).toBeVisible();
		await page
			.getByRole('button', { name: 'Activity' })
			.or(page.getByRole('tab', { name: 'Activity' }))
			.first()
			.click();
		await openGallery(page);
		expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
		await gallery(page).getByRole('button', { name: 'Tell the time', exact: true }).click();
		await expect(page.getByTestId('run')).toBeInViewport();
		await expect(page.getByText('local_time-server_time_get-current-time').first()).toBeVisible();
	});
});
