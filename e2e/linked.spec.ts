import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { component, openDeck, pick } from './page';
import { test } from './kept';

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
});
