import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { shortCode } from '../scripts/short-code';
import { readPrebuilt } from '../src/component/prebuilt-file';
import { prebuiltPath } from '../src/component/prebuilt-path';
import { command, component, openDeck, pick, run, tool, unknownComponent } from './page';

const heavy = /js-component-bindgen|wasm-tools/;
const prebuilt = /\/prebuilt\d/;
const monaco = /MonacoEditor|editor\.api/;

/** The names of all files of the site that a page has asked for, its workers included. */
function watchFiles(page: Page): string[] {
	const asked: string[] = [];
	page.on('request', (request) => asked.push(new URL(request.url()).pathname));
	return asked;
}

const editor = (page: Page) => page.getByTestId('policy-editor');
const greets = 'wasi_cli_run_0_2_0_run';

test.describe('a sample', () => {
	test('runs without the transpiler, which is fetched when the page has nothing else to do', async ({
		page,
	}) => {
		const asked = watchFiles(page);
		await openDeck(page);
		await run(page);
		await expect(page.getByTestId('result')).toContainText('notes.txt');
		expect(asked.filter((path) => prebuilt.test(path))).toHaveLength(1);
		await expect.poll(() => asked.some((path) => heavy.test(path))).toBe(true);
		const first = (pattern: RegExp) => asked.findIndex((path) => pattern.test(path));
		expect(first(heavy)).toBeGreaterThan(first(prebuilt));
	});

	test('is loaded, run and looked into where the transpiler cannot come at all', async ({ page }) => {
		await page.route(heavy, (route) => route.abort());
		await openDeck(page);
		await run(page);
		await expect(page.getByTestId('result')).toContainText('notes.txt');
		await page.evaluate(() => window.tapedeck.callTool('load-component', { path: 'sample:weather' }));
		await expect(page.getByRole('button', { name: 'Unload weather' })).toBeVisible();
	});

	test('dropped as a file is known by its digest', async ({ page }) => {
		await page.route(heavy, (route) => route.abort());
		await openDeck(page);
		await pick(page, 'mine.wasm', component('greet'));
		await expect(tool(page, greets)).toBeVisible();
	});

	test('is transpiled where the file made of it is missing', async ({ page }) => {
		await page.route(prebuilt, (route) => route.fulfill({ status: 404 }));
		await openDeck(page);
		await run(page);
		await expect(page.getByTestId('result')).toContainText('notes.txt');
	});

	test('plays without the transpiler in an embedded deck, and in the page that verifies', async ({
		page,
	}) => {
		await page.route(heavy, (route) => route.abort());
		await openDeck(page);
		const scenario = await page.evaluate(() => JSON.stringify(window.tapedeck.scenario()));
		for (const address of ['./embed.html', './verify.html']) {
			await page.goto(address);
			await page.waitForFunction(() => 'tapedeck' in window);
			const result = await page.evaluate(async (opened) => {
				await window.tapedeck.open(opened);
				return window.tapedeck.callTool('list-directory', { path: '/data' });
			}, scenario);
			expect(result.isError).toBeFalsy();
		}
	});

	for (const name of ['files', 'eval', 'time']) {
		test(
			`${name} comes with exactly what the transpiler makes of it in this browser, shortened`,
			{ tag: name === 'files' ? [] : '@long' },
			async ({ page }) => {
				await page.route(prebuilt, (route) => route.abort());
				await openDeck(page);
				await page.evaluate(
					(id) => window.tapedeck.callTool('load-component', { path: `sample:${id}` }),
					name,
				);
				const { sha256 } = await page.evaluate(
					(id) => window.tapedeck.scenario().components.find((one) => one.id === id)!,
					name,
				);
				const kept = () => page.evaluate(readCache, sha256!);
				await expect.poll(kept).not.toBeNull();
				const { key, made } = (await kept())!;
				const [transpiler, mode] = key.split(' ') as [string, 'jspi' | 'sync'];
				const path = prebuiltPath({ transpiler, mode, sha256: sha256! });
				const file: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '../dist', path), 'utf8'));
				const shipped = readPrebuilt(file, component(name), { transpiler, mode, sha256: sha256! });
				const whole = JSON.parse(made) as { program: { source: string } };
				whole.program.source = await shortCode(whole.program.source);
				expect(JSON.parse(JSON.stringify(shipped, asHex))).toEqual(whole);
			},
		);
	}
});

const asHex = (_: string, value: unknown) =>
	value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value;

/** What the page has kept of a component that it transpiled, its bytes in hex; null where there is nothing yet. Runs in the page. */
async function readCache(sha256: string): Promise<{ key: string; made: string } | null> {
	const database = await new Promise<IDBDatabase>((resolve, reject) => {
		const opening = indexedDB.open('tapedeck-programs');
		opening.onsuccess = () => resolve(opening.result);
		opening.onerror = () => reject(opening.error);
	});
	const wait = <T>(request: IDBRequest<T>) =>
		new Promise<T>((resolve, reject) => {
			request.onsuccess = () => resolve(request.result);
			request.onerror = () => reject(request.error);
		});
	const programs = database.transaction('programs').objectStore('programs');
	const keys = (await wait(programs.getAllKeys())) as string[];
	const key = keys.find((one) => one.endsWith(sha256));
	const value: unknown = key === undefined ? null : await wait(programs.get(key));
	database.close();
	return key === undefined
		? null
		: {
				key,
				made: JSON.stringify(value, (_, part: unknown) =>
					part instanceof Uint8Array
						? Array.from(part, (byte) => byte.toString(16).padStart(2, '0')).join('')
						: part,
				),
			};
}

test.describe('the first sample', () => {
	/** Keeps what the page asks for by these names from it, until it is let. */
	async function hold(page: Page, names: RegExp): Promise<() => void> {
		let release = () => {};
		const held = new Promise<void>((resolve) => (release = resolve));
		await page.route(names, async (route) => {
			await held;
			await route.continue();
		});
		return release;
	}

	test('is shown while MCP is still on its way, and can be run as soon as that is here', async ({ page }) => {
		const release = await hold(page, /connect-console/);
		await openDeck(page);
		await page.getByTestId('run').click();
		release();
		await expect(page.getByTestId('result')).toContainText('notes.txt');
	});

	test('is asked for while the page still looks for a session, and once', async ({ page }) => {
		const asked = watchFiles(page);
		// Storage answers when it is let.
		await page.addInitScript(() => {
			const { open } = IDBFactory.prototype;
			IDBFactory.prototype.open = function (...args) {
				const request = open.apply(this, args);
				const held = new Promise<void>((resolve) => Object.assign(window, { letStorage: resolve }));
				const { addEventListener } = request;
				request.addEventListener = (type: string, listener: EventListener) =>
					void addEventListener.call(
						request,
						type,
						(event) => void held.then(() => listener.call(request, event)),
					);
				return request;
			};
		});
		await page.goto('./');
		const files = () => asked.filter((path) => /files-[^/]*\.wasm$/.test(path));
		await expect.poll(files).toHaveLength(1);
		await expect(page.getByTestId('tool-item').first()).toBeHidden();
		await page.evaluate(() => (window as unknown as { letStorage: () => void }).letStorage());
		await expect(page.getByTestId('tool-item').first()).toBeVisible();
		expect(files()).toHaveLength(1);
		expect(asked.filter((path) => prebuilt.test(path))).toHaveLength(1);
	});

	test('is asked for again where the first try failed', async ({ page }) => {
		let tries = 0;
		await page.route(/files-[^/]*\.wasm$/, (route) => (tries++ === 0 ? route.abort() : route.continue()));
		await openDeck(page);
		expect(tries).toBe(2);
	});

	test('comes while its sandbox is being made', async ({ page }) => {
		const release = await hold(page, /files-[^/]*\.wasm$/);
		await page.goto('./');
		await expect(page.locator('iframe[title=Sandbox]')).toHaveCount(1);
		release();
		await expect(page.getByTestId('tool-item').first()).toBeVisible();
		await run(page);
		await expect(page.getByTestId('result')).toContainText('notes.txt');
	});
});

test.describe('a component that is not ours', () => {
	test('waits for the transpiler, and says how much of it has come', async ({ page }) => {
		let release = () => {};
		const held = new Promise<void>((resolve) => (release = resolve));
		// One of the two comes at once, so that there is something to count, and the other when it is let.
		await page.route(/wasm-tools[^/]*\.wasm$/, async (route) => {
			await held;
			await route.continue();
		});
		await openDeck(page);
		await pick(page, 'mine.wasm', unknownComponent('greet'));
		const task = page.getByRole('listitem').filter({ hasText: 'mine.wasm' });
		await expect(task.getByRole('status')).toHaveText(/^Fetching the transpiler, \d\.\d of 5\.6 MiB$/);
		// The strip says so too, wherever one looks.
		await expect(page.getByRole('contentinfo')).toContainText('fetching the transpiler');
		release();
		await expect(tool(page, greets)).toBeVisible();
	});

	test('is loaded at the second try where the transpiler could not be fetched ahead', async ({ page }) => {
		await page.route(heavy, (route) => route.abort());
		const asked = watchFiles(page);
		await openDeck(page);
		await run(page);
		await expect.poll(() => asked.some((path) => heavy.test(path))).toBe(true);
		await page.unroute(heavy);
		await pick(page, 'mine.wasm', unknownComponent('greet'));
		await expect(tool(page, greets)).toBeVisible();
	});
});

test.describe('the editor', () => {
	test('is there as a plain one that shows problems and the deciding line, until the full one has come', async ({
		page,
	}) => {
		await page.route(monaco, (route) => route.abort());
		await openDeck(page);
		await expect(editor(page)).toContainText('fs:///data');
		await run(page);
		await page.getByTestId('activity-row').first().click();
		await expect(editor(page).locator('.deciding')).toHaveCount(1);
		await editor(page)
			.getByRole('textbox')
			.fill('version: "1.0"\npermissions:\n  network:\n    allow:\n      - host: "ex*mple.com"\n');
		await expect(page.getByTestId('policy-problems')).toHaveAttribute('data-status', 'error');
		await expect(editor(page).locator('.error .number')).toHaveText('5');
		await expect(editor(page)).toContainText('ex*mple.com');
	});

	test('is fetched once somebody turns to it, and keeps the keyboard and what is selected', async ({
		page,
	}) => {
		const asked = watchFiles(page);
		let release = () => {};
		const held = new Promise<void>((resolve) => (release = resolve));
		await page.route(/editor\.api/, async (route) => {
			await held;
			await route.continue();
		});
		await openDeck(page);
		const before = await editor(page).getByRole('textbox').inputValue();
		await editor(page).getByRole('textbox').focus();
		await editor(page)
			.getByRole('textbox')
			.evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(0, area.value.indexOf('\n')));
		await expect.poll(() => asked.some((path) => monaco.test(path))).toBe(true);
		release();
		await expect(editor(page).locator('.view-lines')).toBeVisible();
		await page.keyboard.type('# mine');
		const policy = await page.evaluate(() => window.tapedeck.scenario().components[0]!.policy);
		expect(policy).toBe(before.replace(/^.*/, '# mine'));
	});

	test('comes by itself when the page has nothing else to do, and after what a component of one’s own waits for', async ({
		page,
	}) => {
		const asked = watchFiles(page);
		let release = () => {};
		const held = new Promise<void>((resolve) => (release = resolve));
		await page.route(/wasm-tools[^/]*\.wasm$/, async (route) => {
			await held;
			await route.continue();
		});
		await openDeck(page);
		await run(page);
		await pick(page, 'mine.wasm', unknownComponent('greet'));
		// Whoever turns to the editor meanwhile has the plain one.
		await editor(page).getByRole('textbox').focus();
		await expect(page.getByRole('listitem').filter({ hasText: 'mine.wasm' })).toContainText(
			'Fetching the transpiler',
		);
		expect(asked.filter((path) => monaco.test(path))).toEqual([]);
		release();
		await expect(tool(page, greets)).toBeVisible();
		await expect.poll(() => asked.some((path) => monaco.test(path))).toBe(true);
		expect(asked.findIndex((path) => monaco.test(path))).toBeGreaterThan(
			asked.findLastIndex((path) => heavy.test(path)),
		);
	});
});

test('where data is to be saved, nothing is fetched that nobody asked for', async ({ page }) => {
	await page.addInitScript(() => {
		Object.defineProperty(navigator, 'connection', { value: { saveData: true } });
		const { requestIdleCallback } = window;
		// Tells when the page has come to what it does when it is idle.
		window.requestIdleCallback = (callback, options) =>
			requestIdleCallback((deadline) => {
				callback(deadline);
				Object.assign(window, { wasIdle: true });
			}, options);
	});
	const asked = watchFiles(page);
	await openDeck(page);
	await run(page);
	await page.waitForFunction(() => 'wasIdle' in window);
	await command(page, 'Go to the files');
	expect(asked.filter((path) => heavy.test(path) || monaco.test(path))).toEqual([]);
	await pick(page, 'mine.wasm', unknownComponent('greet'));
	await expect(tool(page, greets)).toBeVisible();
});
