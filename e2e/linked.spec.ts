import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { startWitness } from './fixtures/witness';
import { component, openDeck, pick, tool } from './page';
import { test } from './test';

/* Components that provide for each other: each in a sandbox of its own, each under its own policy, one row for each crossing. */

const policyOf = (name: string) =>
	readFileSync(join(import.meta.dirname, '../static-components', name, 'policy.yaml'), 'utf8');
const library = 'tapedeck:pages/library@0.1.0';
const digester = 'tapedeck:digest/digester@0.1.0';
const digest = 'tapedeck_digest_digester_0_1_0_digest';
const url = 'https://tapes.example.com/';
const none = 'version: "1.0"\npermissions: {}\n';

const scenario = {
	version: 1,
	title: 'Linked',
	components: [
		{ id: 'pages', source: { sample: 'pages' }, policy: policyOf('pages') },
		{ id: 'digest', source: { sample: 'digest' }, policy: policyOf('digest'), links: { [library]: 'pages' } },
		{
			id: 'report',
			source: { bytes: component('report').toString('base64url') },
			policy: none,
			links: { [library]: 'pages', [digester]: 'digest' },
		},
	],
	world: {
		network: 'routes',
		files: { '/notes': { directory: true } },
		routes: [{ url, body: '# The tape archive\n\n## Tapes\nA tape is a tape.\n### Old ones\n' }],
	},
};

const open = (page: Page, document: object) =>
	page.evaluate(
		(text) =>
			window.tapedeck.open(text).then(
				() => null,
				(error: Error) => error.message,
			),
		JSON.stringify(document),
	);
const call = async (page: Page, name: string, args: Record<string, unknown>) => {
	const { content } = await page.evaluate(([tool, given]) => window.tapedeck.callTool(tool, given), [
		name,
		args,
	] as const);
	return content.map((item) => (item.type === 'text' ? item.text : '')).join('');
};
/** What the latest call asked for: by whom, and under which line of whose policy it was decided. */
const rows = (page: Page) =>
	page.evaluate(() => {
		const entries = window.tapedeck.activity();
		const last = Math.max(...entries.map(({ callId }) => callId));
		return entries.flatMap((entry) =>
			entry.kind === 'host-call' && entry.callId === last && entry.reason !== 'not-governed'
				? [
						[entry.component, entry.capability, entry.operation, entry.outcome, entry.rule?.line ?? '-'].join(
							' ',
						),
					]
				: [],
		);
	});

test.describe('linked components', () => {
	test('of three work for each other, each under its own policy, and travel by link', async ({ page }) => {
		await openDeck(page);
		expect(await open(page, scenario)).toBeNull();
		// A diamond: the library is used by both others, and a page of it is lent through the second.
		expect(await call(page, 'report', { url, path: '/notes/a.md', word: 'tape' })).toBe(
			'{"ok":"The tape archive: 3 lines, 3 times tape"}',
		);
		expect(await rows(page)).toEqual([
			'pages network GET allow 7',
			'report link open allow -',
			'pages network GET allow 7',
			'digest link open allow -',
			'digest link [method]page.title allow -',
			'digest link [method]page.headings allow -',
			'digest storage open-at create allow 7',
			'digest storage write allow 7',
			'report link digest allow -',
			'digest link [method]page.title allow -',
			'report link headline allow -',
			'report link [method]page.count allow -',
		]);
		const files = await page.evaluate(() => window.tapedeck.scenario().world?.files);
		expect(files?.['/notes/a.md']).toBe('The tape archive\n- Tapes\n  - Old ones\n');
		const many = JSON.parse(await call(page, 'headline', { url, times: 200 })) as { ok: string[] };
		expect(new Set(many.ok)).toEqual(new Set(['The tape archive']));

		const link = await page.evaluate(() => window.tapedeck.link());
		await open(page, { version: 1, components: [] });
		await page.evaluate((text) => window.tapedeck.open(text), link);
		// What one may do is denied to another, whoever calls it, and the row says whose policy it was.
		await call(page, 'fetch-directly', { url });
		expect(await rows(page)).toEqual(['digest network GET deny -']);
		await page.evaluate((policy) => window.tapedeck.setPolicy('pages', policy), none);
		await page.evaluate(
			(policy) => window.tapedeck.setPolicy('report', policy),
			`${policyOf('pages')}  storage:\n    allow:\n      - uri: "fs:///notes"\n        access: ["write"]\n`,
		);
		expect(await call(page, 'report', { url, path: '/notes/b.md', word: 'tape' })).toMatch(/^\{"err":/);
		expect(await rows(page)).toEqual(['pages network GET deny -', 'report link open allow -']);
	});

	test('are linked and unlinked in the list of components, and never in a circle', async ({ page }) => {
		await openDeck(page);
		const [pages, second, third] = scenario.components;
		await open(page, { ...scenario, components: [pages, { ...second, links: undefined }] });
		const list = page.getByTestId('component-list');
		await expect(list).toContainText(`Nothing here provides ${library}`);
		expect(await call(page, digest, { url, path: '/notes/a.md' })).toContain('link the two');
		await page.getByLabel(`Provide ${library} with`).selectOption('pages');
		await expect(list).not.toContainText('Nothing here provides');
		await expect(list).toContainText(`provides ${library} to digest`);
		expect(await call(page, digest, { url, path: '/notes/a.md' })).toBe('{"ok":3}');
		await page.getByRole('button', { name: `Unlink ${library} from pages` }).click();
		await expect(list).toContainText(`Nothing here provides ${library}`);

		const circle = { ...third, id: 'other', links: { [library]: 'pages', [digester]: 'digest' } };
		expect(
			await open(page, {
				...scenario,
				components: [pages, second, { ...circle, links: { [digester]: 'digest', [library]: 'digest' } }],
			}),
		).toContain('digest cannot provide tapedeck:pages/library@0.1.0 for other: it does not export it.');
		await pick(page, 'report.wasm', component('report'));
		await expect(page.getByLabel(`Provide ${digester} with`)).toBeVisible();
	});

	test('deny each what another may do: nothing is heard, whoever asks, and each row says who did', async ({
		page,
	}) => {
		const witness = await startWitness();
		try {
			await openDeck(page);
			const address = `${witness.origin}/for-pages`;
			const reach = `version: "1.0"\npermissions:\n  network:\n    allow:\n      - host: "http://127.0.0.1:${witness.port}"\n`;
			const write = '  storage:\n    allow:\n      - uri: "fs:///notes"\n        access: ["read", "write"]\n';
			const set = (id: string, policy: string) =>
				page.evaluate(([name, text]) => window.tapedeck.setPolicy(name, text), [id, policy] as const);
			await open(page, {
				...{ ...scenario, engine: 'documented' },
				world: { network: 'live', files: scenario.world.files },
			});
			await set('pages', reach);
			await set('digest', `version: "1.0"\npermissions:\n${write}`);

			// Denied to the second what the first may do.
			expect(await call(page, 'fetch-directly', { url: `${witness.origin}/directly` })).toMatch(/^\{"err":/);
			expect(witness.heard).toEqual([]);
			// The control: the first one is heard, and the second writes what it gave.
			await call(page, 'report', { url: address, path: '/notes/a.md', word: 'heard' });
			expect(new Set(witness.names())).toEqual(new Set(['for-pages']));
			const askers = page.getByTestId('activity-row').getByTestId('asker');
			await expect(askers.filter({ hasText: 'pages' }).first()).toBeVisible();
			await expect(askers.filter({ hasText: 'digest' }).first()).toBeVisible();
			await expect(askers.filter({ hasText: 'report' })).toHaveCount(0);
			const heard = witness.heard.length;

			// The reverse: the first may write and not fetch, the second may fetch and not write.
			await set('pages', `version: "1.0"\npermissions:\n${write}`);
			await set('digest', reach);
			await set('report', `${reach}${write}`);
			expect(await call(page, digest, { url: `${witness.origin}/again`, path: '/notes/b.md' })).toMatch(
				/^\{"err":/,
			);
			expect(await rows(page)).toEqual(['pages network GET deny -', 'digest link open allow -']);
			await set('pages', `${reach}${write}`);
			await set('digest', none);
			const before = witness.heard.length;
			expect(before).toBe(heard);
			expect(await call(page, digest, { url: address, path: '/notes/b.md' })).toMatch(/^\{"err":/);
			expect((await rows(page)).filter((row) => row.includes('deny'))).toEqual([
				'digest storage open-at create deny -',
			]);
			expect(witness.heard.length).toBeGreaterThan(before);
		} finally {
			await witness.close();
		}
	});

	test('become one component under one policy, which runs also where a browser cannot suspend', async ({
		page,
		browser,
		baseURL,
	}) => {
		await openDeck(page);
		const fetched: string[] = [];
		page.on('request', (request) => fetched.push(request.url()));
		await open(page, scenario);
		await page
			.getByRole('list', { name: 'Links of report' })
			.getByRole('button', { name: /^Export as one/ })
			.click();
		const dialog = page.getByRole('dialog', { name: 'Export as one component' });
		await expect(dialog).toContainText('One policy covers all parts.');
		await expect(dialog).toContainText('pages may reach tapes.example.com.');
		await expect(dialog).toContainText('digest may read and write fs:///notes.');
		await expect(dialog).toContainText('title (pages)');
		const union = await dialog.getByTestId('union-policy').innerText();
		expect(fetched.filter((url) => url.includes('joiner'))).toEqual([]);
		const downloading = page.waitForEvent('download');
		await dialog.getByTestId('join-download').click();
		const download = await downloading;
		expect(download.suggestedFilename()).toBe('report-whole.wasm');
		const bytes = readFileSync(await download.path());
		await expect(dialog.getByTestId('joined')).toContainText(
			createHash('sha256').update(bytes).digest('hex'),
		);
		expect(fetched.filter((url) => url.includes('joiner'))).toHaveLength(1);
		await dialog.getByRole('button', { name: 'Close' }).first().click();

		await open(page, { version: 1, components: [], world: scenario.world });
		await pick(page, 'report-whole.wasm', bytes);
		await expect(tool(page, 'report')).toBeVisible();
		const given = { url, path: '/notes/a.md', word: 'tape' };
		expect(await call(page, 'report', given)).toMatch(/^\{"err":/);
		await page.evaluate((text) => window.tapedeck.setPolicy('report-whole', text), union);
		expect(await call(page, 'report', given)).toBe('{"ok":"The tape archive: 3 lines, 3 times tape"}');
		expect(new Set((await rows(page)).map((row) => row.replace(/ \S+$/, '')))).toEqual(
			new Set([
				'report-whole network GET allow',
				'report-whole storage open-at create allow',
				'report-whole storage write allow',
			]),
		);

		const context = await browser.newContext({ baseURL: baseURL! });
		const other = await context.newPage();
		await other.addInitScript(() => Reflect.deleteProperty(WebAssembly, 'Suspending'));
		await openDeck(other);
		await open(other, { ...scenario, components: scenario.components.slice(0, 2) });
		const links = other.getByRole('list', { name: 'Links of digest' });
		await expect(links).toContainText('This browser cannot suspend WebAssembly');
		expect(await call(other, digest, { url, path: '/notes/a.md' })).toContain(
			'digest is linked to another component, and this browser cannot suspend WebAssembly',
		);
		await links.getByRole('button', { name: /^Export as one/ }).click();
		await other.getByRole('button', { name: 'Load it here' }).click();
		await expect(other.getByRole('button', { name: 'Unload digest-whole' })).toBeVisible();
		await expect(other.getByTestId('load-task')).toHaveCount(0);
		for (const gone of ['digest', 'pages'])
			await other.getByRole('button', { name: `Unload ${gone}`, exact: true }).click();
		expect(await call(other, digest, { url, path: '/notes/a.md' })).toBe('{"ok":3}');
		await context.close();
	});
});
