import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { expect, type Page } from '@playwright/test';
import { startWitness, type Witness } from './fixtures/witness';
import { component, openDeck, pick, run, tool } from './page';
import { test } from './test';

const digestOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const linkOf = (scenario: object | string) => {
	const text = typeof scenario === 'string' ? scenario : JSON.stringify(scenario);
	return `#td1.${deflateRawSync(Buffer.from(text)).toString('base64url')}`;
};
const hosts = (...names: string[]) =>
	`version: "1.0"\npermissions:\n  network:\n    allow:\n${names.map((name) => `      - host: "${name}"\n`).join('')}`;
const script = '<img src=x onerror="globalThis.pwned=1"><script>globalThis.pwned=1</script>\u202e';

const files = {
	version: 1,
	title: 'Reads a note',
	description: 'What one grant allows.',
	components: [
		{
			id: 'files',
			source: { sample: 'files' },
			sha256: digestOf(component('files')),
			policy:
				'version: "1.0"\npermissions:\n  storage:\n    allow:\n      - uri: "fs:///data"\n        access: ["read"]\n',
		},
	],
	world: { files: { '/data/a.txt': 'hello' }, variables: { API_KEY: { secret: true } } },
	calls: [
		{
			tool: 'list-directory',
			arguments: { path: '/data' },
			expect: {
				outcome: 'result',
				activity: [{ capability: 'storage', target: '/data', outcome: 'allow' }],
			},
		},
	],
	limits: { callMs: 20_000 },
};

const card = (page: Page) => page.getByTestId('open-summary');
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** Every request of a page that is for a component, the transpiler, a sandbox or another site. */
function watchRequests(page: Page, site: string): string[] {
	const seen: string[] = [];
	page.on('request', (request) => {
		const { origin, pathname } = new URL(request.url());
		const isOwn = request.url().startsWith('data:') || origin === new URL(site).origin;
		if (!isOwn || /\.wasm$|runner\.html$|broker\.html$/.test(pathname)) seen.push(request.url());
	});
	return seen;
}

let witness: Witness;
test.beforeAll(async () => {
	witness = await startWitness((request, response) => {
		response.setHeader('access-control-allow-origin', '*');
		response.end(request.url?.endsWith('.json') ? JSON.stringify(files) : component('files'));
	});
});
test.afterAll(() => witness.close());

test.describe('a link', () => {
	test('opens to a card that says what it holds, and fetches, compiles and runs nothing', async ({
		page,
		baseURL,
	}) => {
		const requests = watchRequests(page, baseURL!);
		await page.goto(`./${linkOf(files)}`);
		for (const words of [
			...['Reads a note', 'What one grant allows.', 'files', files.components[0]!.sha256],
			...['read fs:///data', 'API_KEY', 'list-directory', 'a result', '1 allowed', '20,000 ms', '129 KB'],
		])
			await expect(card(page)).toContainText(words);
		await expect(page.getByTestId('tool-item').filter({ hasText: 'list-directory' })).toHaveCount(0);
		expect(requests).toEqual([]);
		await button(page, 'Open').click();
		await expect(tool(page, 'list-directory')).toBeVisible();
		await expect(page.getByTestId('scenario-title')).toHaveText('Reads a note');
		expect(requests.some((url) => url.includes('files'))).toBe(true);
		expect(await page.evaluate(() => window.tapedeck.activity())).toEqual([]);
		await run(page);
		await expect(page.getByTestId('result')).toContainText('a.txt');
		expect(new URL(page.url()).hash).toBe(linkOf(files));
	});

	test('has a page, an address until it is changed, and a way back', async ({ page }) => {
		await openDeck(page);
		await page.evaluate(() => window.tapedeck.setPolicy('files', '# mine\n'));
		const link = linkOf({
			...files,
			description: 'What **one grant** allows: see [its line](#policy:5).\n\n- <b>no HTML</b>',
			world: { ...files.world, variables: {} },
		});
		await page.evaluate((hash) => (location.hash = hash), link);
		await expect(card(page)).toContainText('<b>no HTML</b>');
		await button(page, 'Replace').click();
		const scenario = page.getByRole('region', { name: 'Scenario' });
		await expect(scenario.getByRole('heading', { name: 'Reads a note' })).toBeVisible();
		await expect(scenario.locator('strong', { hasText: 'one grant' })).toBeVisible();
		await scenario.getByRole('button', { name: 'its line' }).click();
		await expect(page.getByTestId('policy-editor')).toContainText('fs:///data');

		const call = page.getByTestId('scenario-call').first();
		await call.getByRole('button').click();
		await expect(call).toHaveAttribute('data-status', 'passed');
		await expect(page.getByTestId('result')).toContainText('a.txt');
		await button(page, 'Verify').click();
		await expect(scenario.getByText('Reproduced under Wassette 0.8.1')).toBeVisible();
		expect(new URL(page.url()).hash).toBe(link);
		await expect
			.poll(() => page.evaluate(() => sessionStorage.length + localStorage.length))
			.toBeGreaterThan(0);
		await page.reload();
		await expect(scenario).toBeVisible();
		await expect(card(page)).toHaveCount(0);
		expect(new URL(page.url()).hash).toBe(link);

		await button(page, 'Edit title and description').click();
		await page.getByRole('textbox', { name: 'Title' }).fill('Mine now');
		await expect(page.getByTestId('scenario-changed')).toBeVisible();
		expect(new URL(page.url()).hash).toBe('');
		await button(page, 'Done').click();
		await button(page, 'As it was opened').click();
		await expect(scenario.getByRole('heading', { name: 'Reads a note' })).toBeVisible();
		expect(new URL(page.url()).hash).toBe(link);

		await page.evaluate((hash) => (location.hash = hash), linkOf({ ...files, title: 'Another' }));
		await button(page, 'Open in a copy').click();
		await expect(page.getByText('This is a copy.')).toContainText('under Sessions');
		await page.goBack();
		await expect(scenario.getByRole('heading', { name: 'Reads a note' })).toBeVisible();
		await page.goForward();
		await expect(scenario.getByRole('heading', { name: 'Another' })).toBeVisible();
		await expect(card(page)).toHaveCount(0);

		await page.reload();
		await expect(scenario.getByRole('heading', { name: 'Another' })).toBeVisible();
		await button(page, 'Back to the session before').click();
		await expect(scenario.getByRole('heading', { name: 'Reads a note' })).toBeVisible();
		await expect(page.getByTestId('policy-editor')).toContainText('fs:///data');
	});

	test('that is put aside leaves a first visit as it is', async ({ page }) => {
		await page.goto(`./${linkOf(files)}`);
		await button(page, 'Do not open').click();
		await expect(tool(page, 'list-directory')).toBeVisible();
		await expect(page.getByTestId('policy-editor')).toContainText('fs:///data');
		await expect(page.getByTestId('scenario-title')).toHaveCount(0);
	});

	test('that arrives in an open page asks too, and keeps, replaces or copies what is there', async ({
		page,
	}) => {
		await openDeck(page);
		await page.evaluate(() =>
			window.tapedeck.setPolicy('files', 'version: "1.0"\npermissions: {}\n# mine\n'),
		);
		const arrive = () => page.evaluate((hash) => (location.hash = hash), linkOf(files));
		await arrive();
		await button(page, 'Keep mine').click();
		await expect(page.getByTestId('policy-editor')).toContainText('# mine');
		await arrive();
		await button(page, 'Open in a copy').click();
		await expect(page.getByTestId('scenario-title')).toHaveText('Reads a note');
		await button(page, 'Sessions').click();
		await expect(page.getByTestId('session-item')).toHaveCount(2);
		await expect(page.locator('[data-testid=session-item][data-current=true]')).toContainText('Reads a note');
		await page.locator('[data-testid=session-item][data-current=false]').getByText('Open').click();
		await expect(page.getByTestId('policy-editor')).toContainText('# mine');
		await arrive();
		await button(page, 'Replace').click();
		await expect(page.getByTestId('policy-editor')).not.toContainText('# mine');
	});

	test('with other bytes than it names is refused, and says so', async ({ page }) => {
		const wrong = {
			version: 1,
			components: [
				{
					id: 'far',
					source: { url: `${witness.origin}/far.wasm` },
					sha256: 'a'.repeat(64),
					policy: null,
				},
			],
		};
		await page.goto(`./${linkOf(wrong)}`);
		await expect(card(page)).toContainText(`${witness.origin}/far.wasm`);
		expect(witness.heard.filter(({ what }) => what.includes('far.wasm'))).toEqual([]);
		await page.getByTestId('confirm-local').check();
		await button(page, 'Open').click();
		await expect(page.getByRole('alert')).toContainText('not the one that this scenario was made with');
		expect(await page.evaluate(() => window.tapedeck.scenario().components)).toEqual([]);
		expect(witness.heard.filter(({ what }) => what.includes('far.wasm')).length).toBe(1);
	});

	test('whose policy reaches the own network needs a word of its own', async ({ page }) => {
		const local = {
			...files,
			components: [{ ...files.components[0], policy: hosts('127.0.0.1:9000', 'a.example') }],
		};
		await page.goto(`./${linkOf(local)}`);
		await expect(card(page)).toContainText('127.0.0.1:9000');
		await expect(button(page, 'Open')).toBeDisabled();
		await page.getByLabel('It may reach these hosts').check();
		await button(page, 'Open').click();
		await expect(tool(page, 'list-directory')).toBeVisible();
	});

	const hostile: readonly (readonly [string, () => string, RegExp])[] = [
		['cut off', () => linkOf(files).slice(0, -60), /damaged/],
		['a bomb', () => linkOf(`{"version":1,"title":"${'a'.repeat(40 * 2 ** 20)}"}`), /more than 4 MiB/],
		['of a later version', () => linkOf({ version: 2, components: [] }), /version 2/],
		['of wrong types', () => linkOf({ version: 1, components: [{ id: 5 }] }), /wrong at components\[0\]/],
		['with a prototype', () => linkOf('{"__proto__":{"version":1,"components":[]}}'), /no version number/],
		['of 1 MB of nothing', () => `#td1.${'A'.repeat(2 ** 20 + 1)}`, /longer than 1 MiB/],
	];
	test('that is damaged, too much or of another form is refused with a reason and leaves the session alone', async ({
		page,
	}) => {
		await openDeck(page);
		const before = await page.evaluate(() => JSON.stringify(window.tapedeck.scenario()));
		for (const [name, link, message] of hostile)
			await test.step(name, async () => {
				await page.evaluate((hash) => (location.hash = hash), link());
				await expect(page.getByTestId('open-refused')).toContainText(message);
				await button(page, 'Close').last().click();
				await expect(page.getByTestId('open-refused')).toHaveCount(0);
				expect(await page.evaluate(() => JSON.stringify(window.tapedeck.scenario()))).toBe(before);
			});
	});

	test('with scripts in every text shows them as text', async ({ page }) => {
		const texts = {
			...{ version: 1, title: script, description: script },
			components: [{ id: script.slice(0, 120), source: { file: script }, policy: `# ${script}` }],
			world: { variables: { [script]: { secret: true } } },
			calls: [{ tool: script.slice(0, 120), arguments: { [script]: script }, expect: { text: script } }],
		};
		await page.goto(`./${linkOf(texts)}`);
		await expect(card(page)).toContainText('<script>globalThis.pwned=1</script>');
		await expect(card(page)).toContainText('RLO');
		expect(await page.evaluate(() => 'pwned' in globalThis)).toBe(false);
	});
});

test.describe('a scenario', () => {
	test('at an address is fetched only after a word, and then opens to its card', async ({ page }) => {
		const address = `${witness.origin}/there.json`;
		const heard = () => witness.heard.filter(({ what }) => what.includes('there.json'));
		await page.goto(`./?src=${encodeURIComponent(address)}`);
		await expect(page.getByRole('dialog')).toContainText(address);
		expect(heard()).toEqual([]);
		await page.getByTestId('confirm-local').check();
		await button(page, 'Fetch').click();
		await expect(card(page)).toContainText('Reads a note');
		expect(heard()).toHaveLength(1);
		expect(heard()[0]?.headers.referer).toBeUndefined();
		await button(page, 'Open').click();
		await expect(tool(page, 'list-directory')).toBeVisible();
	});

	test('in a file opens to its card', async ({ page }) => {
		await openDeck(page);
		await pick(page, 'mine.tapedeck.json', Buffer.from(JSON.stringify(files)), 'application/json');
		await expect(card(page)).toContainText('Reads a note');
	});

	test('whose component is a file lets its reader supply it, and no other', async ({ page }) => {
		const bytes = component('greet');
		const scenario = {
			version: 1,
			components: [{ id: 'mine', source: { file: 'mine.wasm' }, sha256: digestOf(bytes), policy: null }],
		};
		await page.goto(`./${linkOf(scenario)}`);
		await expect(button(page, 'Open')).toBeDisabled();
		const supply = (buffer: Buffer) =>
			page
				.getByLabel('File of mine')
				.setInputFiles({ name: 'mine.wasm', mimeType: 'application/wasm', buffer });
		await supply(component('loop'));
		await expect(page.getByRole('alert')).toContainText('is not the component mine');
		await supply(bytes);
		await button(page, 'Open').click();
		await expect(tool(page, 'wasi_cli_run_0_2_0_run')).toBeVisible();
	});

	test('that a script opens needs no card and runs nothing', async ({ page }) => {
		await openDeck(page);
		await page.evaluate((scenario) => window.tapedeck.open(scenario as never), files);
		await expect(page.getByTestId('scenario-title')).toHaveText('Reads a note');
		await expect(card(page)).toHaveCount(0);
		expect(await page.evaluate(() => window.tapedeck.activity())).toEqual([]);
	});
});
