import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { starters } from '../src/author/starters';
import digests from './fixtures/starter-digests.json' with { type: 'json' };
import { deniedRows, openDeck, run } from './page';
import { test } from './test';

const dialog = (page: Page) => page.getByRole('dialog', { name: 'New tool' });
const outcome = (page: Page) => page.getByTestId('build-outcome');
const nothing = 'version: "1.0"\npermissions: {}\n';

/** What tools are written and built with, by the names of its files. */
const authors =
	/\/(?:builder|builder-worker|build-tool|spawn-builder|NewToolDialog|author-desk|script-service|script-worker|sync|async)[-.]/;

function watchFiles(page: Page): string[] {
	const asked: string[] = [];
	page.on('request', (request) => asked.push(new URL(request.url()).pathname));
	return asked;
}

async function openPane(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Add a component' }).click();
	await page.getByRole('menuitem', { name: /New tool/ }).click();
	await expect(dialog(page)).toBeVisible();
}

async function begin(page: Page, title: RegExp): Promise<void> {
	await dialog(page).getByRole('button', { name: 'Starters' }).click();
	await page.getByRole('menuitem', { name: title }).click();
}

const fill = (page: Page, id: 'tool-wit' | 'tool-source', text: string) =>
	page.getByTestId(id).getByRole('textbox').fill(text);

const digestOf = (page: Page, id: string) =>
	page.evaluate((id) => window.tapedeck.scenario().components.find((one) => one.id === id)?.sha256, id);

test.describe('a tool that is written in the page', () => {
	test('is built, run, denied and granted; its link carries the source, opens without running, and gives the same digest', async ({
		page,
		browser,
	}) => {
		const asked = watchFiles(page);
		await openDeck(page);
		await run(page);
		expect(asked.filter((path) => authors.test(path))).toEqual([]);
		await openPane(page);
		await begin(page, /Read a file/);

		// What is written is held against the types of the WIT, and its names are offered; nothing waits for that.
		const source = page.getByTestId('tool-source');
		await expect(source.locator('.view-lines')).toBeVisible();
		await expect(source.locator('.squiggly-error')).toHaveCount(0);
		await fill(
			page,
			'tool-source',
			"import preopens from 'wasi:filesystem/preopens@0.2.12';\nexport function readText(path) {\n  const [[folder]] = preopens.getDirectories();\n  return folder.readlinkAt(42);\n}",
		);
		await expect(source.locator('.squiggly-error')).toHaveCount(1);
		await source.getByText('42').hover();
		await expect(page.locator('.monaco-hover-content').first()).toContainText(
			"Argument of type 'number' is not assignable to parameter of type 'string'",
		);
		await fill(
			page,
			'tool-source',
			"import preopens from 'wasi:filesystem/preopens@0.2.12';\nexport function readText(path) {}\npreopens.getDirectories()[0][0]",
		);
		await page.keyboard.press('Control+End');
		await page.keyboard.type('.ope');
		await expect(page.getByRole('listbox', { name: 'Suggest' }).getByText('openAt').first()).toBeVisible();
		await page.keyboard.press('Escape');
		await expect(page.getByRole('listbox', { name: 'Suggest' })).toBeHidden();
		await fill(page, 'tool-source', 'export function readText(path) {\n  return nope(;\n}');
		await page.keyboard.press('Control+s');
		await expect(outcome(page)).toHaveAttribute('data-status', 'problems');
		await expect(outcome(page)).toContainText('JavaScript, line 2');
		await fill(
			page,
			'tool-wit',
			'package local:tool;\nworld w {\n  export read-text: func() -> nothing-known;\n}',
		);
		await page.keyboard.press('Control+s');
		await expect(outcome(page)).toContainText('WIT, line 3');

		await begin(page, /Read a file/);
		await dialog(page).getByRole('button', { name: 'Run', exact: true }).click();
		await expect(dialog(page)).toBeHidden();
		await expect(page.getByTestId('result')).toContainText('Water the plants.');
		expect(asked.some((path) => authors.test(path))).toBe(true);

		await page.evaluate((policy) => window.tapedeck.setPolicy('read-file', policy), nothing);
		await page.getByTestId('run').click();
		await expect(page.getByTestId('result')).toContainText('Denied');
		await page.getByTestId('result').getByRole('button', { name: 'Grant and run' }).click();
		await expect(page.getByTestId('result')).toContainText('Water the plants.');

		const link = await page.evaluate(() => window.tapedeck.link());
		const sha256 = await digestOf(page, 'read-file');
		expect(link.length).toBeLessThan(4096);

		// What was built is kept with the session: neither a reload nor a call after it builds.
		asked.length = 0;
		await page.reload();
		await expect(page.getByTestId('tool-item').first()).toBeVisible();
		const again = await page.evaluate(() =>
			window.tapedeck.callTool('read-text', { path: '/notes/today.txt' }),
		);
		expect(JSON.stringify(again)).toContain('Water the plants.');
		expect(await digestOf(page, 'read-file')).toBe(sha256);
		expect(asked.filter((path) => authors.test(path))).toEqual([]);

		const elsewhere = await browser.newContext();
		const other = await elsewhere.newPage();
		await other.goto(link.replace('127.0.0.1', 'localhost'));
		await expect(other.getByTestId('open-summary')).toContainText('Opening runs nothing of it');
		await expect(other.getByTestId('authored-source')).toContainText('getDirectories');
		await other.getByRole('button', { name: 'Open', exact: true }).click();
		await expect(other.getByTestId('tool-item')).toHaveAttribute('data-name', 'read-text');
		expect(await other.evaluate(() => window.tapedeck.activity())).toEqual([]);
		const answer = await other.evaluate(() =>
			window.tapedeck.callTool('read-text', { path: '/notes/today.txt' }),
		);
		expect(JSON.stringify(answer)).toContain('Water the plants.');
		expect(await digestOf(other, 'read-file')).toBe(sha256);
		await elsewhere.close();
	});

	/** Builds starters, each under the digest that it has everywhere, and plays them without and with what they are granted. */
	async function playStarters(page: Page, those: typeof starters) {
		for (const { id, wit, js, wat, policy, world, call } of those) {
			const sha256 = (digests as Record<string, string>)[id]!;
			// What is built has to have the digest that the scenario names; otherwise the call fails, and says so.
			const played = await page.evaluate(
				async ([id, source, sha256, policy, world, call, nothing]) => {
					await window.tapedeck.open({
						version: 1,
						components: [{ id, source: { author: source }, sha256, policy: nothing }],
						...(world && { world }),
					});
					const play = async () => {
						const before = window.tapedeck.activity().length;
						const { content, isError } = await window.tapedeck.callTool(call.tool, call.arguments);
						const since = window.tapedeck.activity().slice(before);
						const denied = since.some((entry) => entry.kind === 'host-call' && entry.outcome === 'deny');
						return { text: JSON.stringify(content), isError, denied };
					};
					const without = await play();
					window.tapedeck.setPolicy(id, policy);
					return { without, granted: await play() };
				},
				[
					id,
					{ wit, ...(js === undefined ? { wat } : { js }) },
					sha256,
					policy,
					world,
					call,
					nothing,
				] as const,
			);
			const grants = /allow:/.test(policy);
			expect.soft(played.granted.isError, `${id} ${played.granted.text}`).toBe(false);
			// The environment is read as a whole, so the starter that reads a variable meets the one that it is not given.
			expect.soft(played.granted.denied, id).toBe(id === 'denied' || id === 'read-variable');
			expect.soft(played.without.denied, id).toBe(grants || id === 'denied');
			if (grants) expect.soft(played.without.text, id).not.toBe(played.granted.text);
		}
	}

	test('has the same digest here as everywhere, in either language', async ({ page }) => {
		await openDeck(page);
		await playStarters(
			page,
			starters.filter(({ id, wat }) => id === 'denied' || wat !== undefined),
		);
	});

	test('is denied and granted as its starter says, each of them', { tag: '@long' }, async ({ page }) => {
		test.setTimeout(180_000);
		await openDeck(page);
		await playStarters(page, starters);
		// Types are taken out, a name for numbers is written out, and an engine that was published before goes on.
		const built = await page.evaluate(async () => {
			const wit = 'package a:b;\nworld w { export roll: func(dice: u32) -> list<u32>; }';
			const js =
				'enum Side { One = 1, Six = 6 }\nconst { random, floor } = Math;\nexport const roll = (dice: number): number[] =>\n  Array.from({ length: dice }, () => Side.One + floor(random() * Side.Six));';
			const typed = await window.tapedeck.build({ wit, js });
			const before = await window.tapedeck.build({
				wit: 'package a:b;\nworld w { export f: func() -> string; }',
				js: "export const f = () => 'x';",
				engine: 'qjs-1',
			});
			await window.tapedeck.open({
				version: 1,
				components: [{ id: 'dice', source: { author: { wit, js } }, policy: null }],
			});
			const roll = async () => JSON.stringify(await window.tapedeck.callTool('roll', { dice: 20 }));
			return { typed: typed.sha256, before: before.sha256, rolls: [await roll(), await roll()] };
		});
		expect([built.typed, built.before]).toEqual([
			'b249020af1d6dc73ee163216c5515e69fc29bbc2f8368572e37fa28542d034e8',
			'85b13832b60986fadff5c608f44f4c7558d455a214b49326046d2369c1e8435c',
		]);
		// A snapshot holds the state of what gives random numbers: every call begins it anew.
		expect(built.rolls[0]).not.toBe(built.rolls[1]);
	});

	test('runs its top level without a grant, and no longer than a call may; a denial names its line', async ({
		page,
	}) => {
		await openDeck(page);
		const build = (js: string) =>
			page.evaluate(
				(js) =>
					window.tapedeck
						.build({
							wit: 'package a:b;\ninterface i { h: func() -> u32; }\nworld w { import i; import wasi:cli/environment@0.2.0; import wasi:filesystem/preopens@0.2.0; export f: func() -> string; }',
							js,
						})
						.then(
							({ sha256 }) => sha256,
							(error: Error) => error.message,
						),
				js,
			);
		// What the top level sees is in the snapshot: nothing of this session.
		await page.evaluate(() =>
			window.tapedeck.open({
				version: 1,
				components: [],
				world: { variables: { TOKEN: 'canary' }, files: { '/x': 'y' } },
			}),
		);
		const peek =
			"import { getEnvironment } from 'wasi:cli/environment@0.2.0';\nimport { getDirectories } from 'wasi:filesystem/preopens@0.2.0';\nconst seen = JSON.stringify([getEnvironment(), getDirectories().length]);\nif (seen !== '[[],0]') throw new Error(seen);\nexport const f = () => seen;";
		expect(await build(peek)).toMatch(/^[0-9a-f]{64}$/);
		expect(await build("export const f = () => '';\n\nthrow new Error('at the top');")).toBe(
			'line 3: Error: at the top',
		);
		expect(await build("export const f = 'none';")).toBe(
			'Error: f is no function, and the world exports one.',
		);
		expect(await build("import { h } from 'a:b/i';\nexport const f = () => h();")).toMatch(/^[0-9a-f]{64}$/);
		expect(await build("import { h } from 'a:b/i';\nh();\nexport const f = () => '';")).toContain(
			'The top level calls h of a:b/i, which is not there while it is built.',
		);

		// A link's source is built at its first call: it takes no longer than a call may, and has the digest that was named.
		const first = (component: object, limits: object) =>
			page.evaluate(
				async ([component, limits]) => {
					await window.tapedeck.open({
						version: 1,
						components: [{ id: 'linked', policy: null, ...component } as never],
						limits,
					});
					const activity = window.tapedeck.activity().length;
					const { content, isError } = await window.tapedeck.callTool('f', {});
					return { activity, isError, text: (content[0] as { text: string }).text };
				},
				[component, limits] as const,
			);
		const wit = 'package a:b;\nworld w { export f: func() -> string; }';
		const loop = await first(
			{ source: { author: { wit, js: "export const f = () => '';\nfor (;;);" } } },
			{ callMs: 500 },
		);
		expect(loop).toMatchObject({ activity: 0, isError: true });
		expect(loop.text).toMatch(/could not be built.*500 ms/s);
		const other = await first(
			{ source: { author: { wit, js: "export const f = () => 'b';" } }, sha256: '0'.repeat(64) },
			{},
		);
		expect(other).toMatchObject({ activity: 0, isError: true });
		// What was not built is not what it would be: the same opens again.
		await page.evaluate((scenario) => window.tapedeck.open(scenario as never), {
			version: 1,
			components: [
				{
					id: 'linked',
					policy: null,
					source: { author: { wit, js: "export const f = () => 'b';" } },
					sha256: '0'.repeat(64),
				},
			],
		});
		expect(other.text).toMatch(/has the digest [0-9a-f]{64}, and the scenario names 0{64}\. It was not used/);

		await openPane(page);
		await begin(page, /Hello/);
		await fill(page, 'tool-source', 'export function greet() {}\nfor (;;);');
		await dialog(page).getByRole('button', { name: 'Build', exact: true }).click();
		await expect(outcome(page)).toContainText('Running the top level');
		await dialog(page).getByRole('button', { name: 'Stop', exact: true }).click();
		await expect(outcome(page)).toHaveAttribute('data-status', 'none');
	});

	test(
		'is made of a denied row, taken elsewhere, and tells its lines where it traps',
		{ tag: '@long' },
		async ({ page, context }) => {
			await context.grantPermissions(['clipboard-read', 'clipboard-write']);
			await openDeck(page);
			await page.evaluate((policy) => window.tapedeck.setPolicy('files', policy), nothing);
			await run(page);
			await deniedRows(page).first().click();
			await page.getByRole('button', { name: 'Make a small one that does only this' }).click();
			await expect(dialog(page).getByTestId('tool-source')).toContainText('/data');
			await dialog(page).getByRole('button', { name: 'Run', exact: true }).click();
			await expect(dialog(page)).toBeHidden();
			await expect(deniedRows(page)).toHaveCount(2);
			await expect(page.getByTestId('result')).toContainText('Denied');
			expect(
				await page.evaluate(() =>
					window.tapedeck
						.activity()
						.filter((entry) => entry.kind === 'host-call' && entry.component === 'only-this')
						.map((entry) => entry.kind === 'host-call' && [entry.target, entry.outcome]),
				),
			).toContainEqual(['/data', 'deny']);

			await openPane(page);
			const take = async (way: RegExp) => {
				const downloading = page.waitForEvent('download');
				await dialog(page).getByRole('button', { name: 'Take it elsewhere' }).click();
				await page.getByRole('menuitem', { name: way }).click();
				const download = await downloading;
				return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
			};
			const wasm = await take(/\.wasm/);
			expect(wasm.name).toBe('only-this.wasm');
			expect([...wasm.bytes.subarray(0, 8)]).toEqual([0, 97, 115, 109, 13, 0, 1, 0]);
			const bundle = await take(/policy and README/);
			const files = Object.entries(unzipSync(bundle.bytes)).map(
				([path, bytes]) => [path, Buffer.from(bytes)] as const,
			);
			const file = (ending: string) => files.find(([path]) => path.endsWith(ending))?.[1];
			expect(file('only-this.wasm')?.equals(wasm.bytes)).toBe(true);
			expect(String(file('only-this.policy.yaml'))).toContain('permissions');
			expect(String(file('README.md'))).toMatch(/wassette[\s\S]*wasmtime|wasmtime[\s\S]*wassette/i);
			await dialog(page).getByRole('button', { name: 'Take it elsewhere' }).click();
			await page.getByRole('menuitem', { name: /Copy as project/ }).click();
			await expect
				.poll(() => page.evaluate(() => navigator.clipboard.readText()))
				.toMatch(/cat > wit\/world\.wit[\s\S]*cat > tool\.js[\s\S]*npx componentize-qjs/);

			await begin(page, /Hello/);
			await fill(page, 'tool-source', 'export function greet(name) {\n\n  throw new Error(`no ${name}`);\n}');
			await dialog(page).getByRole('button', { name: 'Run', exact: true }).click();
			await expect(page.getByTestId('result')).toHaveAttribute('data-status', 'error');
			const output = await page.evaluate(() =>
				window.tapedeck
					.activity()
					.map((entry) => (entry.kind === 'output' ? entry.text : ''))
					.join(''),
			);
			expect(output).toContain('Error: no Ada\n    at greet (tool.js:3:');
		},
	);
});

test.describe('without a network, once a tool was written', () => {
	test.use({ serviceWorkers: 'allow', savesData: false });

	test('another is built', { tag: '@long' }, async ({ context }) => {
		const { serveFolders } = await import('./fixtures/static-server');
		const { join } = await import('node:path');
		const server = await serveFolders({ '/a/deck/': join(import.meta.dirname, '..', 'dist') });
		const address = `${server.origin}/a/deck/`;
		const build = (page: Page, words: string) =>
			page.evaluate(async (words) => {
				const wit = 'package a:b;\nworld w { export f: func() -> string; }';
				return (await window.tapedeck.build({ wit, js: `export const f = () => '${words}';` })).sha256;
			}, words);
		const kept = (page: Page) =>
			page.evaluate(async () => {
				const names: string[] = [];
				for (const name of await caches.keys())
					for (const { url } of await (await caches.open(name)).keys()) names.push(new URL(url).pathname);
				return names;
			});
		try {
			const first = await context.newPage();
			await openDeck(first, address);
			await first.evaluate(() => navigator.serviceWorker.ready);
			expect((await kept(first)).filter((path) => authors.test(path))).toEqual([]);
			await first.reload();
			await openDeck(first, address);
			await openPane(first);
			await expect(dialog(first).getByTestId('tool-source').getByRole('textbox')).toBeVisible();
			await build(first, 'one');
			await expect
				.poll(async () => (await kept(first)).filter((path) => /\/(?:builder|sync)-/.test(path)).length)
				.toBeGreaterThan(1);
			await first.close();
			await server.close();

			const second = await context.newPage();
			await openDeck(second, address);
			await openPane(second);
			expect(await build(second, 'two')).toMatch(/^[0-9a-f]{64}$/);
		} finally {
			await server.close().catch(() => {});
		}
	});
});
