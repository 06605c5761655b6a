import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { component, openDeck } from './page';
import { test } from './test';

/* Components that provide for each other: each in a sandbox of its own, each under its own policy, one row for each crossing. */

const policyOf = (name: string) =>
	readFileSync(join(import.meta.dirname, '../static-components', name, 'policy.yaml'), 'utf8');
const library = 'tapedeck:pages/library@0.1.0';
const digester = 'tapedeck:digest/digester@0.1.0';
const digest = 'tapedeck_digest_digester_0_1_0_digest';
const url = 'https://tapes.example.com/';
const empty = 'version: "1.0"\npermissions: {}\n';

const scenario = (links: { digest?: object; report?: object } = {}) => ({
	version: 1,
	title: 'Linked',
	components: [
		{ id: 'pages', source: { sample: 'pages' }, policy: policyOf('pages') },
		{ id: 'digest', source: { sample: 'digest' }, policy: policyOf('digest'), links: links.digest ?? { [library]: 'pages' } },
		{
			id: 'report',
			source: { bytes: component('report').toString('base64url') },
			policy: empty,
			links: links.report ?? { [library]: 'pages', [digester]: 'digest' },
		},
	],
	world: {
		network: 'routes',
		files: { '/notes': { directory: true } },
		routes: [{ url, body: '# The tape archive\n\n## Tapes\nA tape is a tape.\n### Old ones\n' }],
	},
});

const open = (page: Page, document: object) =>
	page.evaluate((text) => window.tapedeck.open(text), JSON.stringify(document));
const call = (page: Page, name: string, args: object) =>
	page.evaluate(([tool, given]) => window.tapedeck.callTool(tool, given), [name, args] as const);
const rows = (page: Page) =>
	page.evaluate(() =>
		window.tapedeck
			.activity()
			.flatMap((entry) =>
				entry.kind === 'host-call' && entry.reason !== 'not-governed'
					? [`${entry.component} ${entry.capability} ${entry.operation} ${entry.target} ${entry.outcome} ${entry.rule?.line ?? '-'}`]
					: [],
			),
	);

test('thin', async ({ page }) => {
	await openDeck(page);
	await open(page, scenario());
	const made = await call(page, digest, { url, path: '/notes/a.md' });
	console.log(JSON.stringify(made), await rows(page), JSON.stringify(await page.evaluate(() => window.tapedeck.scenario().world?.files)));
	const reported = await call(page, 'report', { url, path: '/notes/b.md', word: 'tape' });
	console.log(JSON.stringify(reported), await rows(page));
	expect(1).toBe(1);
});
