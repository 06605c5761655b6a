import { expect, test as base, type Page } from '@playwright/test';
import { deniedRows, pick, unknownComponent } from './page';

/* A phone: 390 pixels, fingers, one column. Everything is done by touch alone. */

const test = base.extend<{ phone: Page }>({
	phone: async ({ page }, use) => {
		await page.goto('./');
		await expect(page.getByTestId('run')).toBeVisible();
		await use(page);
	},
});

test.use({ viewport: { width: 390, height: 760 }, hasTouch: true, isMobile: true });

type Tab = 'Tools' | 'Call' | 'Policy' | 'Inputs' | 'Activity';

const go = (page: Page, name: Tab) =>
	page
		.getByRole('navigation', { name: 'Panes' })
		.getByRole('button', { name: new RegExp(`${name}$`) })
		.tap();

async function run(page: Page): Promise<void> {
	await go(page, 'Call');
	await page.getByTestId('run').tap();
	await expect(page.getByTestId('result')).toHaveAttribute('data-status', /ok|error|empty/);
}

/** Nothing sticks out of the screen, and what is pressed is large enough. */
async function expectFits(page: Page): Promise<void> {
	const { width, small } = await page.evaluate(() => ({
		width: document.documentElement.scrollWidth,
		small: [...document.querySelectorAll<HTMLElement>('button, select, [role=tab], [role^=menuitem]')]
			.filter((element) => element.checkVisibility())
			.map((element) => ({
				what: element.getAttribute('aria-label') ?? element.innerText.trim(),
				box: element.getBoundingClientRect(),
			}))
			.filter(({ box }) => box.width > 0 && (box.width < 40 || box.height < 40))
			.map(({ what, box }) => `${what}: ${Math.round(box.width)} × ${Math.round(box.height)}`),
	}));
	expect(width).toBe(390);
	expect(small).toEqual([]);
}

test('a sample is picked, its tool run, and its result read', async ({ phone }) => {
	await phone.getByRole('button', { name: 'Samples' }).tap();
	await phone.getByRole('menuitem', { name: /Work on text/ }).tap();
	await go(phone, 'Tools');
	await expectFits(phone);
	await phone.locator('[data-testid=tool-item][data-name=render]').tap();
	await run(phone);
	await expect(phone.getByTestId('result')).toContainText('Dear Ada');
	await expectFits(phone);
});

test('a denial is seen, opened and lifted by a grant', async ({ phone }) => {
	await phone.getByLabel('path').fill('/home/user');
	await run(phone);
	await go(phone, 'Activity');
	const denied = deniedRows(phone).first();
	await expect(denied).toBeVisible();
	await expectFits(phone);
	await denied.tap();
	const detail = phone.getByRole('region', { name: 'Detail of the host call' });
	await expect(detail).toContainText('/home/user');
	await expectFits(phone);
	await phone.getByRole('button', { name: 'Close the detail' }).tap();
	await phone.getByTestId('grant').first().tap();
	await go(phone, 'Policy');
	await expect(phone.getByTestId('policy-editor').locator('textarea')).toHaveValue(/fs:\/\/\/home\/user/);
});

test('the policy is edited, and the next run follows it', async ({ phone }) => {
	await go(phone, 'Policy');
	const editor = phone.getByTestId('policy-editor').locator('textarea');
	await editor.tap();
	await editor.fill('version: "1.0"\npermissions: {}\n');
	await expectFits(phone);
	await run(phone);
	await expect(phone.getByTestId('result')).not.toContainText('notes.txt');
	await go(phone, 'Policy');
	await editor.fill('version: [');
	await expect(phone.locator('main')).toContainText('The text does not parse');
});

test('files, variables and routes are edited', async ({ phone }) => {
	await go(phone, 'Inputs');
	const part = phone.getByRole('combobox', { name: 'Inputs' });
	await phone.getByText('notes.txt').tap();
	const content = phone.getByLabel('Content of /data/notes.txt');
	await content.fill('Changed on a phone.\n');
	await expectFits(phone);

	await part.selectOption('variables');
	await phone.getByLabel('Name of a new variable').fill('GREETING');
	await phone.getByRole('button', { name: 'Add' }).tap();
	await phone.getByLabel('Value of GREETING').fill('value');
	await expectFits(phone);

	await part.selectOption('network');
	await phone.getByRole('button', { name: 'Add a route' }).tap();
	const pattern = phone.getByLabel('URL pattern');
	const row = phone.getByRole('button', { name: /example\.com/ });
	await expect(row).toBeVisible();
	if (!(await pattern.isVisible())) await row.tap();
	await pattern.fill('https://other.example/*');
	await expectFits(phone);

	const { world } = await phone.evaluate(() => window.tapedeck.scenario());
	expect(world?.files?.['/data/notes.txt']).toBe('Changed on a phone.\n');
	expect(world?.variables).toMatchObject({ GREETING: 'value' });
	expect(world?.routes?.map(({ url }) => url)).toEqual(['https://other.example/*']);
});

test('the wire, the commands and the theme are at hand', async ({ phone }) => {
	await run(phone);
	await go(phone, 'Activity');
	await phone.getByRole('combobox', { name: 'Record' }).selectOption('wire');
	await phone.getByText('tools/call').first().tap();
	await expect(phone.getByLabel('Message', { exact: true })).toContainText('list-directory');
	await expectFits(phone);

	await phone.getByRole('button', { name: 'Commands' }).tap();
	await phone.getByRole('combobox', { name: 'Search commands' }).fill('theme');
	await phone.getByRole('option', { name: /theme/i }).first().tap();
	await expect(phone.getByRole('combobox', { name: 'Search commands' })).toHaveCount(0);
	const toggle = phone.getByRole('button', { name: /Use the (dark|light) theme/ });
	const before = await toggle.getAttribute('aria-label');
	await toggle.tap();
	await expect(toggle).not.toHaveAttribute('aria-label', before ?? '');
});

test('a keyboard on the screen leaves Run in sight', async ({ phone }) => {
	await phone.getByRole('button', { name: 'Samples' }).tap();
	await phone.getByRole('menuitem', { name: /Work on text/ }).tap();
	await go(phone, 'Call');
	await phone.getByLabel('template').tap();
	// What `interactive-widget=resizes-content` makes of it.
	await phone.setViewportSize({ width: 390, height: 400 });
	await expect(phone.getByTestId('run')).toBeInViewport();
	await phone.getByTestId('run').tap();
	await expect(phone.getByTestId('result')).toContainText('Dear Ada');
});

test('the large editor is not fetched where it is not used', async ({ page }) => {
	const fetched: string[] = [];
	page.on('request', (request) => fetched.push(request.url()));
	await page.goto('./');
	await go(page, 'Policy');
	await expect(page.getByTestId('policy-editor').locator('textarea')).toBeVisible();
	await page.waitForLoadState('networkidle');
	expect(fetched.filter((url) => /monaco|editor\.api/i.test(url))).toEqual([]);
});

test('what is on its way is told where one is, and choices of one kind are of one size', async ({
	phone,
}) => {
	let release = () => {};
	const held = new Promise<void>((resolve) => (release = resolve));
	await phone.route(/wasm-tools[^/]*\.wasm$/, async (route) => {
		await held;
		await route.continue();
	});
	await go(phone, 'Tools');
	await pick(phone, 'mine.wasm', unknownComponent('greet'));
	const task = phone.getByRole('listitem').filter({ hasText: 'mine.wasm' });
	await expect(task).toContainText('Fetching the transpiler');
	await go(phone, 'Call');
	await expect(phone.getByRole('list', { name: 'On their way' })).toContainText('Fetching the transpiler');
	release();
	await expect(phone.getByRole('list', { name: 'On their way' })).toHaveCount(0);
	await go(phone, 'Inputs');
	await phone.getByRole('combobox', { name: 'Inputs' }).selectOption('network');
	const radios = phone.getByRole('radio');
	await expect(radios).toHaveCount(3);
	const sizes = await radios.evaluateAll((all) =>
		all.map((radio) => [radio.clientWidth, radio.clientHeight].join(' × ')),
	);
	expect(sizes).toEqual(['22 × 22', '22 × 22', '22 × 22']);
});
