import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { allowedRows, openDeck, pick, run, setArguments, tool, unknownComponent } from './page';
import { serveFolders, type StaticServer } from './fixtures/static-server';

// Each test takes the server away, so each has its own.
test.describe('without a network, on a second visit', () => {
	test.use({ serviceWorkers: 'allow' });

	let server: StaticServer;
	test.beforeEach(async () => {
		server = await serveFolders({ '/a/deck/': join(import.meta.dirname, '..', 'dist') });
	});
	test.afterEach(() => server.close());

	test('a sample opens from a link and runs', async ({ page, context }) => {
		await openDeck(page, `${server.origin}/a/deck/`);
		await page.evaluate(() => navigator.serviceWorker.ready);
		const link = await page.evaluate(() => window.tapedeck.link());
		await page.close();
		await server.close();

		const again = await context.newPage();
		await again.goto(link);
		await expect(again.getByTestId('open-summary')).toBeVisible();
		await again.getByRole('dialog').getByRole('button', { name: 'Open', exact: true }).click();
		await expect(again.getByTestId('tool-item').first()).toBeVisible();
		await tool(again, 'list-directory').click();
		await setArguments(again, { path: '/data' });
		await run(again);
		await expect(again.getByTestId('result')).toHaveAttribute('data-status', 'ok');
		await expect(allowedRows(again).first()).toBeVisible();
	});

	test(
		'another sample, which was never opened, runs, and a component of one’s own is transpiled and runs',
		{ tag: '@long' },
		async ({ page, context }) => {
			await openDeck(page, `${server.origin}/a/deck/`);
			await page.evaluate(() => navigator.serviceWorker.ready);
			await page.close();
			await server.close();

			const again = await context.newPage();
			await openDeck(again, `${server.origin}/a/deck/`);
			const result = await again.evaluate(async () => {
				await window.tapedeck.callTool('load-component', { path: 'sample:text' });
				return window.tapedeck.callTool('render', {
					template: 'Dear {{ name }},\nyour tape "{{ title }}" is ready.\n',
					values: [
						{ name: 'name', text: 'Ada' },
						{ name: 'title', text: 'Holiday 1987' },
					],
				});
			});
			expect(result.isError).toBeFalsy();
			expect(result.content).toHaveLength(1);

			await pick(again, 'mine.wasm', unknownComponent('greet'));
			await expect(tool(again, 'wasi_cli_run_0_2_0_run')).toBeVisible();
		},
	);
});

test('what a network answers in the place of a file is passed on and not kept, and the file is once it comes', async ({
	browser,
}) => {
	const dist = join(import.meta.dirname, '..', 'dist');
	let intercepted = (path: string) => path.endsWith('/verify.html');
	const server = await serveFolders({ '/deck/': dist }, 0, '', (path) =>
		intercepted(path) ? '<!doctype html><title>Sign in</title>' : null,
	);
	const context = await browser.newContext({ serviceWorkers: 'allow' });
	const page = await context.newPage();
	/** What is kept of this site that is not the site's. */
	const kept = () =>
		page.evaluate(async () => {
			const wrong: string[] = [];
			let all = 0;
			for (const name of await caches.keys()) {
				const cache = await caches.open(name);
				for (const request of await cache.keys()) {
					all += 1;
					const text = await (await cache.match(request))!.text();
					if (text.includes('<title>Sign in')) wrong.push(request.url);
				}
			}
			return { wrong, all };
		});
	await openDeck(page, `${server.origin}/deck/`);
	const state = await page.evaluate(async () => {
		const registration = await navigator.serviceWorker.register('offline.js');
		const worker = registration.installing ?? registration.waiting ?? registration.active;
		return new Promise((resolve) => {
			const look = () =>
				['installed', 'activated', 'redundant'].includes(worker!.state) && resolve(worker!.state);
			worker!.addEventListener('statechange', look);
			look();
		});
	});
	expect([state, (await kept()).wrong]).toEqual(['redundant', []]);

	intercepted = () => false;
	await openDeck(page, `${server.origin}/deck/`);
	await page.evaluate(() => navigator.serviceWorker.ready);
	await openDeck(page, `${server.origin}/deck/`);
	const chunk = readdirSync(join(dist, 'assets')).find((name) => /^Monaco.*\.js$/.test(name))!;
	intercepted = (path) => path.endsWith(chunk);
	const get = () => page.evaluate(async (name) => (await fetch(`assets/${name}`)).text(), chunk);
	expect(await get()).toContain('Sign in');
	intercepted = () => false;
	expect(await get()).toBe(readFileSync(join(dist, 'assets', chunk), 'utf8'));
	intercepted = () => true;
	// It is kept from here on.
	expect(await get()).not.toContain('Sign in');
	const { wrong, all } = await kept();
	expect(wrong).toEqual([]);
	expect(all).toBeGreaterThan(20);
	await context.close();
	await server.close();
});

test(
	'a component that was loaded before is not transpiled again, until everything is cleared',
	{ tag: '@long' },
	async ({ page }) => {
		// Those that were given something to do: one more is started ahead of the next component.
		await page.addInitScript(() => {
			const { postMessage } = Worker.prototype;
			Worker.prototype.postMessage = function (this: Worker, ...args: [unknown]) {
				const { mode } = args[0] as { mode?: string };
				if (mode) sessionStorage.transpiled = Number(sessionStorage.transpiled ?? 0) + 1;
				postMessage.apply(this, args);
			} as typeof postMessage;
		});
		const transpiled = () => page.evaluate(() => Number(sessionStorage.transpiled ?? 0));
		const mine = tool(page, 'wasi_cli_run_0_2_0_run');
		await openDeck(page);
		expect(await transpiled()).toBe(0);
		await pick(page, 'mine.wasm', unknownComponent('greet'));
		await expect(mine).toBeVisible();
		expect(await transpiled()).toBe(1);
		await page.reload();
		await openDeck(page);
		await pick(page, 'mine.wasm', unknownComponent('greet'));
		await expect(mine).toBeVisible();
		await mine.click();
		await run(page);
		await expect(page.getByTestId('result')).toHaveAttribute('data-status', 'ok');
		expect(await transpiled()).toBe(1);

		await page.keyboard.press('Control+k');
		await page.getByRole('combobox').or(page.getByRole('searchbox')).first().fill('Sessions');
		await page.keyboard.press('Enter');
		await page.getByRole('button', { name: 'Clear all data…' }).click();
		await page.getByRole('button', { name: 'Clear everything' }).click();
		await expect(page.getByRole('button', { name: 'Unload mine' })).toHaveCount(0);
		await pick(page, 'mine.wasm', unknownComponent('greet'));
		await expect(mine).toBeVisible();
		expect(await transpiled()).toBe(2);
	},
);
