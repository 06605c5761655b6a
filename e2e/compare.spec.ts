import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { openDeck, run, setArguments } from './page';
import { test } from './test';

const sample = (name: string) =>
	JSON.parse(readFileSync(join(import.meta.dirname, `../static-components/${name}/sample.json`), 'utf8')) as {
		scenario: { calls: { arguments: object }[]; world: object };
	};

/** Opens the scenario of a sample, its call filled in (or other arguments), and the comparison. */
async function openComparison(page: Page, name: string, world: object = {}, args?: object): Promise<void> {
	await openDeck(page);
	const { scenario } = sample(name);
	await page.evaluate((opened) => window.tapedeck.open(opened as never), {
		...scenario,
		world: { ...scenario.world, ...world },
	});
	await setArguments(page, args ?? scenario.calls[0]!.arguments);
	await page.getByTestId('compare-open').click();
}

const column = (page: Page, id: string) => page.locator(`[data-testid=compare-column][data-isolation=${id}]`);

async function compare(page: Page): Promise<void> {
	await page.getByTestId('compare-run').click();
	for (const id of ['process', 'container', 'wassette'])
		await expect(column(page, id)).toHaveAttribute('data-status', /settled|refused/);
	await expect(page.getByTestId('compare-run')).toBeVisible();
}

const writeCompose = (page: Page, text: string) =>
	page.getByRole('textbox', { name: 'compose.yaml' }).fill(text);

/** What a column lists, as `target verdict`. */
async function listed(page: Page, id: string, kind: string): Promise<string[]> {
	const items = column(page, id).getByTestId(`compare-${kind}`).locator('li');
	return items.evaluateAll((all) => all.map((item) => `${item.dataset.target} ${item.dataset.verdict}`));
}

async function everything(page: Page, id: string) {
	return {
		read: await listed(page, id, 'read'),
		written: await listed(page, id, 'written'),
		hosts: await listed(page, id, 'hosts'),
		variables: await listed(page, id, 'variables'),
	};
}

const places = [
	'/home/user/.ssh/id_ed25519',
	'/home/user/.aws/credentials',
	'/home/user/.env',
	'/data/notes.txt',
	'/etc/passwd',
];

test.describe('the exfiltrator under three kinds of isolation', () => {
	test('gets nothing under its policy, and exactly this under the others', async ({ page }) => {
		await openComparison(page, 'exfiltrator');
		await compare(page);
		expect(await everything(page, 'wassette')).toEqual({
			read: places.map((path) => `${path} denied`),
			written: [],
			hosts: ['collector.example.net denied'],
			variables: ['API_TOKEN denied', 'HOME denied'],
		});
		expect(await everything(page, 'container')).toEqual({
			read: places.map((path) => `${path} ${path === '/data/notes.txt' ? 'let-through' : 'nothing-there'}`),
			written: [],
			hosts: ['collector.example.net let-through'],
			variables: ['API_TOKEN let-through', 'HOME denied'],
		});
		expect(await everything(page, 'process')).toEqual({
			read: places.map((path) => `${path} ${path === '/home/user/.env' ? 'nothing-there' : 'let-through'}`),
			written: [],
			hosts: ['collector.example.net let-through'],
			variables: ['API_TOKEN let-through', 'HOME let-through'],
		});
		const said = (id: string) => column(page, id).getByTestId('compare-result');
		await expect(said('wassette')).toContainText('it read 0 variables and 0 of 5 files, and could not send');
		await expect(said('container')).toContainText('it read 1 variable and 1 of 5 files, and sent');
		await expect(said('process')).toContainText('it read 2 variables and 4 of 5 files, and sent');
	});

	test('gets less from a container with no network and no variables', async ({ page }) => {
		await openComparison(page, 'exfiltrator');
		await writeCompose(
			page,
			'services:\n  tool:\n    network_mode: none\n    volumes: ["~:/home/user:ro"]\n',
		);
		await compare(page);
		expect(await everything(page, 'container')).toEqual({
			read: places.map((path) =>
				/id_ed25519|credentials/.test(path) ? `${path} let-through` : `${path} nothing-there`,
			),
			written: [],
			hosts: ['collector.example.net denied'],
			variables: ['API_TOKEN denied', 'HOME denied'],
		});
	});

	test('leaves no trace in the session', async ({ page }) => {
		await openComparison(page, 'exfiltrator');
		const before = await page.evaluate(() => JSON.stringify(window.tapedeck.scenario()));
		await compare(page);
		expect(await page.evaluate(() => window.tapedeck.activity())).toEqual([]);
		expect(await page.evaluate(() => JSON.stringify(window.tapedeck.scenario()))).toBe(before);
	});
});

test('what a hostile tool gets is one press away from the first screen, and so is the way back', async ({
	page,
}) => {
	await openDeck(page);
	await page.getByRole('button', { name: 'Steal my secrets' }).click();
	const haul = (id: string) => column(page, id).getByTestId('compare-haul');
	await expect(haul('process')).toContainText('4 files read');
	await expect(haul('process')).toContainText('2 variables seen');
	await expect(haul('container')).toContainText('1 host reached');
	await expect(haul('wassette')).toHaveText('It got nothing');
	await page.getByRole('button', { name: 'Close', exact: true }).click();
	await expect(page.getByTestId('scenario-page')).toContainText('Steal some secrets');
	expect(new URL(page.url()).hash).toMatch(/^#td1\./);
	await page.goBack();
	await expect(page.getByTestId('policy-editor')).toContainText('fs:///data');
	await expect(page.getByTestId('scenario-page')).toHaveCount(0);
});

test('a call under two policies shows the rows that change', async ({ page }) => {
	await openDeck(page);
	await run(page);
	await page.evaluate(() => window.tapedeck.setPolicy('files', 'version: "1.0"\npermissions: {}\n'));
	await page.getByRole('button', { name: 'Two policies' }).click();
	const dialog = page.getByRole('dialog');
	await expect(dialog.getByRole('combobox', { name: 'The other policy' })).toContainText(
		'As it was at the last call',
	);
	await dialog.getByRole('button', { name: 'Run both' }).click();
	await expect(dialog.locator('[data-side=now]')).toContainText('err');
	await expect(dialog.locator('[data-side=other]')).toContainText('notes.txt');
	await expect(dialog.getByText('1 row changed')).toBeVisible();
	const row = dialog.getByTestId('changed-row');
	await expect(row).toHaveAttribute('data-target', '/data');
	await expect(row.getByRole('cell').first()).toContainText('denied');
	await expect(row.getByRole('cell').last()).toContainText('allowed');
	expect(
		await page.evaluate(() => window.tapedeck.activity().filter(({ kind }) => kind === 'tool-call').length),
	).toBe(1);
});

test('a comparison sends nothing, whatever the network of the world', async ({ page }) => {
	const requests: string[] = [];
	page.on('request', (request) => requests.push(request.url()));
	await openComparison(page, 'exfiltrator', { network: 'live', routes: [] });
	await compare(page);
	await expect(column(page, 'process').getByTestId('compare-hosts')).toContainText(
		'Would have been reached; a comparison sends nothing.',
	);
	expect(requests.filter((url) => url.includes('collector.example.net'))).toEqual([]);
});

test('a comparison keeps no file', async ({ page }) => {
	await openComparison(page, 'file-filler');
	const before = await page.evaluate(() => Object.keys(window.tapedeck.scenario().world?.files ?? {}));
	await compare(page);
	await expect(column(page, 'process').getByTestId('compare-written').locator('li').first()).toBeVisible();
	expect(await page.evaluate(() => Object.keys(window.tapedeck.scenario().world?.files ?? {}))).toEqual(
		before,
	);
});

test.describe('the compose file', () => {
	test('shows its problems with their lines, and a container with one does not start', async ({ page }) => {
		await openComparison(page, 'exfiltrator');
		await writeCompose(page, 'x: &a [1]\nservices:\n  tool:\n    volumes: *a\n');
		const problems = page.getByTestId('compose-problems');
		await expect(problems).toHaveAttribute('data-status', 'error');
		await expect(problems).toContainText('Aliases are not read here: write the value out');
		await expect(problems).toContainText('line 4');
		await compare(page);
		await expect(column(page, 'container')).toHaveAttribute('data-status', 'refused');
		await expect(column(page, 'process')).toHaveAttribute('data-status', 'settled');
	});

	test('can start over, and what was compared before an edit is out of date', async ({ page }) => {
		await openComparison(page, 'exfiltrator');
		await compare(page);
		await expect(page.getByText('changed: run again')).toBeHidden();
		await writeCompose(page, 'services:\n  a:\n    image: x\n  b:\n    network_mode: none\n');
		await expect(page.getByText('changed: run again')).toBeVisible();
		await page.getByLabel('Service').selectOption('b');
		await compare(page);
		expect(await listed(page, 'container', 'hosts')).toEqual(['collector.example.net denied']);
		await page.getByRole('button', { name: 'Start over' }).click();
		await expect(page.getByTestId('compose-editor')).toContainText('mem_limit');
	});
});

test('a comparison can be stopped', async ({ page }) => {
	// Many times what it is done with while a busy machine looks.
	await openComparison(page, 'cpu-hog', {}, { limit: 1_000_000_000 });
	await page.getByTestId('compare-run').click();
	await expect(column(page, 'process')).toHaveAttribute('data-status', 'running');
	await page.getByTestId('compare-stop').click();
	await expect(page.getByTestId('compare-run')).toBeVisible();
	await expect(column(page, 'wassette')).toHaveAttribute('data-status', 'none');
});

test('the comparison says that two of the three are models, and what they leave out', async ({ page }) => {
	await openComparison(page, 'exfiltrator');
	await expect(column(page, 'process').getByText('model', { exact: true })).toBeVisible();
	await expect(column(page, 'container').getByText('model', { exact: true })).toBeVisible();
	await expect(column(page, 'wassette').getByText('model', { exact: true })).toBeHidden();
	await column(page, 'container').getByText('What this model leaves out').click();
	await expect(column(page, 'container').getByText('system calls')).toBeVisible();
	await expect(column(page, 'container').getByText('capabilities')).toBeVisible();
});

test('the comparison has no accessibility violations in either theme', { tag: '@long' }, async ({ page }) => {
	await openComparison(page, 'exfiltrator');
	await compare(page);
	await expectAccessible(page, 'the comparison', '[data-testid=compare]');
});

test('the columns stand one below the other on a narrow page', async ({ page }) => {
	await openComparison(page, 'exfiltrator');
	await page.setViewportSize({ width: 390, height: 844 });
	const [first, second] = [column(page, 'process'), column(page, 'container')];
	const [above, below] = [await first.boundingBox(), await second.boundingBox()];
	expect(below!.y).toBeGreaterThanOrEqual(above!.y + above!.height);
	expect(below!.x).toBe(above!.x);
	expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});
