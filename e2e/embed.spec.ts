import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { expect, type FrameLocator, type Page } from '@playwright/test';
import { allowedRows, deniedRows } from './page';
import { test } from './test';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** The function that the documentation gives to copy. */
const snippet = /```js\n(\/\*\*[\s\S]*?)```/.exec(read('docs/embedding.md'))?.[1] ?? '';

const text = read('static-surprises/deny-list.tapedeck.json');
const scenario: unknown = JSON.parse(text);
/** What stands after the address of a page to show a scenario. */
const linkTo = (json: string) => `#td1.${deflateRawSync(json).toString('base64url')}`;
const fragment = linkTo(text);

declare global {
	interface Window {
		connectTapedeck: (
			frame: HTMLIFrameElement,
			onactivity?: (entries: { kind: string; outcome?: string }[]) => void,
		) => (method: string, ...params: unknown[]) => Promise<unknown>;
		entries: { kind: string; outcome?: string }[];
		ask: ReturnType<Window['connectTapedeck']>;
		messages: unknown[];
	}
}

/** A site of another origin, with a page that embeds and a scenario that others may fetch. It notes what it was asked for. */
async function otherSite(): Promise<{ origin: string; requests: string[]; server: Server }> {
	const requests: string[] = [];
	const server = createServer((request, response) => {
		requests.push(request.url ?? '');
		if (request.url === '/scenario.tapedeck.json') {
			response
				.writeHead(200, { 'content-type': 'application/json', 'access-control-allow-origin': '*' })
				.end(text);
		} else {
			response
				.writeHead(200, { 'content-type': 'text/html' })
				.end(`<!doctype html><title>A course</title><h1>A course</h1><script>${snippet}</script>`);
		}
	});
	await new Promise<void>((resolve) => server.listen(0, resolve));
	return { origin: `http://localhost:${(server.address() as AddressInfo).port}`, requests, server };
}

/** Opens the other site's page with a frame in it, and waits until the frame has loaded. */
async function embed(page: Page, origin: string, address: string): Promise<FrameLocator> {
	await page.goto(`${origin}/`);
	await page.evaluate(
		(src) =>
			new Promise<void>((resolve) => {
				const frame = document.createElement('iframe');
				frame.style.cssText = 'width:960px;height:600px';
				frame.src = src;
				frame.onload = () => resolve();
				document.body.append(frame);
				window.entries = [];
				window.messages = [];
				window.ask = window.connectTapedeck(frame, (entries) => window.entries.push(...entries));
				addEventListener('message', ({ data }) => window.messages.push(data));
			}),
		address,
	);
	return page.frameLocator('iframe');
}

let site: Awaited<ReturnType<typeof otherSite>>;
test.beforeAll(async () => (site = await otherSite()));
test.afterAll(() => {
	site.server.close();
	site.server.closeAllConnections();
});

test.describe('an embedded page', () => {
	test('shows what it would load, fetches and runs nothing before a press, and then runs', async ({
		page,
		baseURL,
	}) => {
		const fetched: string[] = [];
		page.on('request', (request) => request.url().endsWith('.wasm') && fetched.push(request.url()));
		const frame = await embed(page, site.origin, `${baseURL}embed.html${fragment}`);
		await expect(frame.getByTestId('open-summary')).toContainText('A deny list denies nothing');
		await expect(frame.getByTestId('open-summary')).toContainText('read fs:///data');
		await expect(frame.getByTestId('load-and-run')).toBeEnabled();
		expect(fetched.filter((url) => /files-|fetch-/.test(url))).toEqual([]);
		await expect(frame.getByTestId('activity')).toHaveCount(0);

		await frame.getByTestId('load-and-run').click();
		await expect(frame.getByTestId('result')).toHaveAttribute('data-status', 'ok');
		await expect(frame.getByTestId('result')).toContainText('A plan that is made up.');
		await expect(frame.locator('[data-testid=activity-row][data-verdict=allow]').first()).toBeVisible();
		await expect(frame.getByTestId('policy-editor')).toContainText('deny');
		// Nobody had asked for anything, so nothing was told.
		expect(await page.evaluate(() => window.messages)).toEqual([]);
	});

	test('shows the parts, the theme and the tool that its address asks for', async ({ page, baseURL }) => {
		await page.goto(`${baseURL}embed.html?show=call&theme=dark&tool=fetch${fragment}`);
		await page.getByTestId('load').click();
		await expect(page.getByTestId('call-form')).toBeVisible();
		await expect(page.getByRole('heading', { name: 'fetch' })).toBeVisible();
		await expect(page.getByTestId('activity')).toHaveCount(0);
		await expect(page.getByTestId('policy-editor')).toHaveCount(0);
		await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
		await page.getByTestId('run').click();
		await expect(page.getByTestId('result')).toContainText('A list of tapes');
	});

	test('fetches a scenario at another address after a press, and asks again before it loads', async ({
		page,
		baseURL,
	}) => {
		site.requests.length = 0;
		const src = encodeURIComponent(`${site.origin}/scenario.tapedeck.json`);
		await page.goto(`${baseURL}embed.html?src=${src}`);
		await expect(page.getByTestId('fetch-scenario')).toBeVisible();
		await page.getByTestId('confirm-local').check();
		expect(site.requests).toEqual([]);
		await page.getByTestId('fetch-scenario').click();
		await expect(page.getByTestId('open-summary')).toContainText('A deny list denies nothing');
		expect(site.requests).toEqual(['/scenario.tapedeck.json']);
		await page.getByTestId('load-and-run').click();
		await expect(allowedRows(page).first()).toBeVisible();
	});

	test('says what is wrong with its address', async ({ page, baseURL }) => {
		await page.goto(`${baseURL}embed.html#td1.!!!`);
		await expect(page.getByRole('alert')).toContainText('damaged');
		await page.goto(`${baseURL}embed.html?src=javascript:alert(1)`);
		await expect(page.getByRole('alert')).toContainText('no https address');
	});

	test('teaches from one line of script: words, calls and results, as high and as dark as the page wants', async ({
		page,
		baseURL,
	}) => {
		// All of the card in sight: right after a scroll by a script the browser still takes a press for one on the page around.
		await page.setViewportSize({ width: 1280, height: 1000 });
		await page.goto(site.origin);
		await page.evaluate(
			([source, scenario]) => {
				document.body.style.background = '#111';
				const script = document.createElement('script');
				script.src = source!;
				script.dataset.scenario = scenario;
				script.dataset.show = 'scenario,tools,result';
				document.body.append(script);
			},
			[`${baseURL}embed.js`, fragment],
		);
		const frame = page.frameLocator('iframe');
		await expect(frame.getByTestId('scenario-call').first()).toContainText('expects');
		await expect(page.locator('iframe')).toHaveCSS('border-top-width', '0px');
		await expect(frame.locator('html')).toHaveAttribute('data-theme', 'dark');
		const height = () => page.locator('iframe').evaluate((element) => element.clientHeight);
		await expect.poll(height).not.toBe(480);
		const card = await height();
		await frame.getByTestId('load').click();
		await expect(frame.getByTestId('tool-list')).toBeVisible();
		await expect(frame.getByTestId('run')).toHaveCount(0);
		const call = frame.getByTestId('scenario-call').first();
		await call.getByRole('button').click();
		await expect(call).toHaveAttribute('data-status', 'passed');
		await expect(frame.getByTestId('result')).toBeVisible();
		await frame.getByRole('button', { name: 'Verify' }).click();
		await expect(frame.getByText('Reproduced under')).toBeVisible();
		await expect
			.poll(() => page.locator('iframe').evaluate((element) => element.clientHeight))
			.not.toBe(card);
	});

	test('shows one part at a time where it is narrow', async ({ page, baseURL }) => {
		await page.setViewportSize({ width: 390, height: 700 });
		await page.goto(`${baseURL}embed.html${fragment}`);
		await page.getByTestId('load-and-run').click();
		await expect(page.getByTestId('result')).toBeVisible();
		await page.getByRole('tab', { name: 'Activity' }).click();
		await expect(allowedRows(page).first()).toBeVisible();
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
	});
});

test.describe('a page of another origin', () => {
	const call = (page: Page, method: string, ...params: unknown[]) =>
		page.evaluate(
			([name, values]) =>
				window.ask(name as string, ...(values as unknown[])).then(
					(result) => ({ result }),
					(error: Error) => ({ error: error.message }),
				),
			[method, params] as const,
		);

	test('opens a scenario when the reader agrees, calls its tools and hears of its activity', async ({
		page,
		baseURL,
	}) => {
		const frame = await embed(page, site.origin, `${baseURL}embed.html`);
		expect(await call(page, 'hello')).toMatchObject({ result: { protocol: 1 } });
		expect(await call(page, 'callTool', 'fetch', {})).toMatchObject({
			error: expect.stringContaining('not found'),
		});

		const opening = call(page, 'open', scenario);
		await expect(frame.getByTestId('open-summary')).toContainText(`${site.origin}, asks for it`);
		await frame.getByTestId('load').click();
		expect(await opening).toEqual({ result: undefined });

		await call(page, 'subscribe');
		const denied = await call(page, 'callTool', 'fetch', { url: 'https://elsewhere.example/' });
		expect(JSON.stringify(denied)).toContain('HttpRequestDenied');
		await expect
			.poll(() => page.evaluate(() => window.entries.map(({ outcome }) => outcome)))
			.toContain('deny');
		await expect(frame.locator('[data-testid=activity-row][data-verdict=deny]').first()).toBeVisible();
		expect(await call(page, 'activity')).toMatchObject({ result: expect.any(Array) });
	});

	test('runs, grants and learns nothing where the reader refuses', async ({ page, baseURL }) => {
		const frame = await embed(page, site.origin, `${baseURL}embed.html${fragment}`);
		await frame.getByTestId('load').click();
		await expect(frame.getByTestId('run')).toBeVisible();
		for (const [method, ...params] of [
			['activity'],
			['scenario'],
			['callTool', 'fetch', { url: 'https://tapes.example.com/' }],
			['setPolicy', 'fetch', 'version: "1.0"\npermissions: {}\n'],
			['setEngine', 'documented'],
			['open', { version: 1, components: [] }],
		] as [string, ...unknown[]][]) {
			const asked = call(page, method, ...params);
			await expect(frame.getByTestId('open-summary')).toContainText(site.origin);
			await frame.getByTestId('refuse').click();
			expect(await asked).toEqual({ error: 'The person at the page refused.' });
		}
		await frame.getByTestId('run').click();
		await expect(frame.getByTestId('result')).toContainText('A plan');
		expect(await page.evaluate(() => window.entries)).toEqual([]);
	});

	test('cannot exchange a proposal for another under the reader’s press', async ({ page, baseURL }) => {
		const frame = await embed(page, site.origin, `${baseURL}embed.html`);
		const first = call(page, 'open', { version: 1, title: 'Harmless', components: [] });
		await expect(frame.getByTestId('load')).toBeEnabled();
		const second = call(page, 'open', scenario);
		expect(await first).toEqual({ error: 'Another proposal took its place.' });
		// What is on show now is the other one, and it is not yet to be agreed to.
		await expect(frame.getByTestId('open-summary')).not.toContainText('Harmless');
		await frame.getByTestId('refuse').click();
		expect(await second).toMatchObject({ error: expect.stringContaining('refused') });
		await expect(frame.getByTestId('run')).toHaveCount(0);
	});

	test('is asked again after the reader changed the policy', async ({ page, baseURL }) => {
		const frame = await embed(page, site.origin, `${baseURL}embed.html`);
		const opening = call(page, 'open', scenario);
		await frame.getByTestId('load').click();
		await opening;
		await call(page, 'callTool', 'fetch', { url: 'https://elsewhere.example/' });
		await frame.getByTestId('grant').first().click();
		const asked = call(page, 'callTool', 'fetch', { url: 'https://elsewhere.example/' });
		await expect(frame.getByTestId('open-summary')).toContainText('asks to call the tools');
		await frame.getByTestId('refuse').click();
		expect(await asked).toMatchObject({ error: expect.stringContaining('refused') });
	});

	test('is heard only through the frame that it made', async ({ page, baseURL, context }) => {
		const frame = await embed(page, site.origin, `${baseURL}embed.html${fragment}`);
		await expect(frame.getByTestId('load')).toBeVisible();
		// A frame beside it, which can reach it by way of their parent, is not the page around it.
		const heard = await page.evaluate(
			(src) =>
				new Promise<string>((resolve) => {
					addEventListener('message', ({ data }) => typeof data === 'string' && resolve(data));
					const sibling = document.createElement('iframe');
					sibling.srcdoc = `<script>
						addEventListener('message', () => parent.postMessage('answered', '*'));
						parent.frames[0].postMessage({ tapedeck: 1, id: 1, method: 'hello' }, '${new URL(src).origin}');
						fetch('/done').then(() => parent.postMessage('silent', '*'));
					</script>`;
					document.body.append(sibling);
				}),
			`${baseURL}`,
		);
		expect(heard).toBe('silent');
		expect(await call(page, 'hello')).toMatchObject({ result: { protocol: 1 } });
		await context.close();
	});
});

test('denied rows are told from allowed ones in the frame too', async ({ page, baseURL }) => {
	const other = linkTo(read('static-surprises/wildcard-host.tapedeck.json'));
	await page.goto(`${baseURL}embed.html${other}`);
	// Only routes answer, so that a rule for any host reaches nobody's machine, and no second word is asked for.
	await expect(page.getByTestId('load-and-run')).toBeEnabled();
	await expect(page.getByTestId('confirm-local')).toHaveCount(0);
	await page.getByTestId('load-and-run').click();
	await expect(deniedRows(page).first()).toBeVisible();
});

test('parts that a low frame has no height for are shown one at a time, and a press leads to what it is about', async ({
	page,
	baseURL,
}) => {
	await page.setViewportSize({ width: 844, height: 390 });
	await page.goto(`${baseURL}embed.html?show=scenario,call,policy,activity${fragment}`);
	await page.getByTestId('load').click();
	const parts = page.getByRole('tablist', { name: 'Parts' });
	await expect(parts.getByRole('tab')).toHaveText(['Scenario', 'Call', 'Policy', 'Activity']);
	await page.getByTestId('scenario-call').nth(1).getByRole('button').click();
	await expect(parts.getByRole('tab', { name: 'Call' })).toHaveAttribute('aria-selected', 'true');
	await expect(page.getByTestId('result')).toBeInViewport();
	await expect(page.getByTestId('run')).toBeInViewport({ ratio: 1 });
	// Where there is height, all of them are there at once.
	await page.setViewportSize({ width: 844, height: 720 });
	await expect(parts).toHaveCount(0);
	await expect(page.getByTestId('run')).toBeVisible();
	await expect(page.getByTestId('activity')).toBeVisible();
});
