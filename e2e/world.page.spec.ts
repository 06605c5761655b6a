import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { startWitness } from './fixtures/witness';
import { component, openDeck, pick, run, setArguments, tool } from './page';
import { test } from './test';

/* The world as a person sets it up in the page: commands, services, stand-ins, routes, surroundings, limits. */

const call = (page: Page, name: string, args: Record<string, unknown> = {}) =>
	page.evaluate(([which, given]) => window.tapedeck.callTool(which, given), [name, args] as const);

/** Opens a sample's scenario as it is, or with other parts. */
const openSample = (page: Page, name: string, over: Record<string, unknown> = {}) => {
	const text = readFileSync(new URL(`../static-components/${name}/sample.json`, import.meta.url), 'utf8');
	const { scenario } = JSON.parse(text) as { scenario: Record<string, unknown> };
	return page.evaluate((opened) => window.tapedeck.open(opened as never), { ...scenario, ...over });
};

test.beforeEach(({ page }) => openDeck(page));

test('a command takes arguments and standard input, and its output is in the activity', async ({ page }) => {
	await openSample(page, 'greet');
	await tool(page, 'wasi_cli_run_0_2_0_run').click();
	await setArguments(page, { arguments: ['greet', '--loudly'], stdin: 'Good morning!\n' });
	await run(page);
	const output = await page.evaluate(() =>
		window.tapedeck
			.activity()
			.map((entry) => (entry.kind === 'output' ? entry.text : ''))
			.join(''),
	);
	expect(output).toBe('Hello, Ada!\nargument 1: --loudly\nYou said: Good morning!\n');
});

test('a service is sent a request and its response shows status, headers and body', async ({ page }) => {
	await openSample(page, 'hello-http');
	const answer = await call(page, 'wasi_http_incoming-handler_0_2_0_handle', { method: 'PUT', path: '/a?b' });
	expect(answer.structuredContent).toEqual({
		result: {
			ok: {
				status: 200,
				headers: [['content-type', 'text/plain; charset=utf-8']],
				body: 'Hello! You sent PUT /a?b\n',
				encoding: 'text',
				trailers: null,
			},
		},
	});
	await tool(page, 'wasi_http_incoming-handler_0_2_0_handle').click();
	await run(page);
	await expect(page.getByTestId('result')).toContainText('Hello! You sent GET /');
	await expect(page.getByTestId('result')).toContainText('200');
});

test('imports that nobody provides are named, and stand-ins can answer them', async ({ page }) => {
	await pick(page, 'missing-import.wasm', component('missing-import'));
	const list = page.getByTestId('component-list');
	await expect(list).toContainText('Nothing here provides');
	const { tools } = await page.evaluate(() => ({
		tools: [...document.querySelectorAll('[data-testid=tool-item]')].map((item) =>
			item.getAttribute('data-name'),
		),
	}));
	const name = tools[0]!;
	const refused = await call(page, name, {});
	expect(refused.isError).toBe(true);
	expect(JSON.stringify(refused.content)).toContain('nothing here provides');
	await list.getByLabel(/Let placeholders answer/).check();
	await call(page, name, {});
	const reasons = await page.evaluate(() =>
		window.tapedeck.activity().flatMap((entry) => (entry.kind === 'host-call' ? [entry.reason] : [])),
	);
	expect(reasons).toContain('stand-in');
	await expect(page.getByTestId('activity-row').getByText('stand-in').first()).toBeVisible();

	// The choice is in the link, whose card says so, and in what is kept for a reload.
	const link = await page.evaluate(() => window.tapedeck.link());
	await list.getByLabel(/Let placeholders answer/).uncheck();
	await page.evaluate((text) => (location.hash = text), link.slice(link.indexOf('#')));
	await expect(page.getByTestId('open-summary')).toContainText(
		'Placeholders answer what nothing here provides',
	);
	await page.getByRole('button', { name: 'Replace', exact: true }).click();
	await expect(list.getByLabel(/Let placeholders answer/)).toBeChecked();
	await page.reload();
	await expect(list.getByLabel(/Let placeholders answer/)).toBeChecked();
});

test('a live response is kept as a route with one press, and answers without the network', async ({
	page,
}) => {
	const server = await startWitness();
	const policy = `version: "1.0"\npermissions:\n  network:\n    allow:\n      - host: "${server.host}:${server.port}"\n`;
	const source = { bytes: component('heavy').toString('base64url') };
	await page.evaluate((scenario) => window.tapedeck.open(scenario), {
		version: 1 as const,
		engine: 'documented',
		components: [{ id: 'heavy', source, policy }],
	});
	const args = { authority: `${server.host}:${server.port}`, path: '/x?y=z', 'tick-milliseconds': 1000 };
	await tool(page, 'receive').click();
	await setArguments(page, args);
	await run(page);
	await page.locator('[data-testid=activity-row][data-capability=network] button').first().click();
	await page.getByRole('button', { name: 'Keep the response as a route' }).click();
	await server.close();
	const again = await call(page, 'receive', args);
	expect(again.structuredContent).toMatchObject({ result: { ok: ['heard'.length, 0] } });

	await page.getByRole('tab', { name: 'Network' }).click();
	const saved = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Export the routes as a HAR file' }).click();
	const har = readFileSync(await (await saved).path());
	await page.getByRole('button', { name: 'Remove this route' }).click();
	await expect(page.getByTestId('network')).toContainText('Canned answers appear here');
	await page.getByLabel('HAR file', { exact: true }).setInputFiles({
		name: 'routes.har',
		mimeType: 'application/json',
		buffer: har,
	});
	await expect(page.getByTestId('network')).toContainText('1 route added.');
	expect((await call(page, 'receive', args)).isError).toBe(false);
});

test('a fixed clock and a seed are set in the page, and a lowered limit ends a call by name', async ({
	page,
}) => {
	await page.getByRole('tab', { name: 'Settings' }).click();
	await page.getByLabel('Fixed clock').check();
	await page.getByLabel('Random numbers from a seed').check();
	await page.getByLabel('Seed', { exact: true }).fill('abc');
	await page.getByLabel('Deadline, s').fill('0.5');
	await page.getByLabel('Deadline, s').blur();
	const scenario = await page.evaluate(() => window.tapedeck.scenario());
	expect(scenario.world).toMatchObject({
		clock: { start: '2026-01-01T00:00:00.000Z' },
		random: { seed: 'abc' },
	});
	expect(scenario.limits).toEqual({ callMs: 500 });
	await pick(page, 'loop.wasm', component('loop'));
	await expect(tool(page, 'spin')).toBeVisible();
	const ended = await call(page, 'spin');
	expect(JSON.stringify(ended.content)).toContain('longer than 500 ms');
	// A component that arrives brings its policy to the front.
	await page.getByRole('tab', { name: 'Settings' }).click();
	await page.getByRole('button', { name: 'Defaults' }).click();
	await expect(page.getByLabel('Deadline, s')).toHaveValue('30');
});
