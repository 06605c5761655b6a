import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test } from '@playwright/test';
import { openBareChromium } from './fixtures/bare-chromium';
import { component } from './page';

/** Resolves once something is so, asked again and again in the page. */
const until = (what: string) =>
	`(async () => { while (!(await (${what}))) await new Promise((resolve) => setTimeout(resolve, 20)); return true; })()`;

/** To open a database that is not there would make one. */
const count = (
	database: string,
	store: string,
) => `indexedDB.databases().then((all) => all.some(({ name }) => name === '${database}') && new Promise((resolve) => {
	const opening = indexedDB.open('${database}');
	opening.onsuccess = () => {
		const db = opening.result;
		if (!db.objectStoreNames.contains('${store}')) return db.close(), resolve(0);
		const counting = db.transaction('${store}').objectStore('${store}').count();
		counting.onsuccess = () => (db.close(), resolve(counting.result));
	};
}))`;

test(
	'a browser that is killed during a call starts quiet the next time',
	{ tag: '@long' },
	async ({ launchOptions, baseURL }) => {
		const { executablePath = chromium.executablePath(), args = [] } = launchOptions;
		const profile = await mkdtemp(join(tmpdir(), 'tapedeck-killed-'));
		try {
			const first = await openBareChromium(executablePath, args, profile);
			await first.goto(baseURL!);
			await first.evaluate(until("'tapedeck' in window && window.tapedeck.scenario().components.length > 0"));
			await first.evaluate(
				`tapedeck.load(Uint8Array.from(atob('${component('loop').toString('base64')}'), (c) => c.charCodeAt(0)), 'loop').then(() => 0)`,
			);
			await first.evaluate(until(count('tapedeck', 'sessions')));
			// It never returns.
			await first.evaluate("void tapedeck.callTool('spin', {}), 0");
			await first.evaluate(until("document.querySelectorAll('iframe').length > 0"));
			await first.evaluate(until(count('tapedeck-runs', 'runs')));
			await first.kill();

			const second = await openBareChromium(executablePath, args, profile);
			await second.goto(baseURL!);
			await second.evaluate(until("document.querySelector('[data-testid=open-summary]') !== null"));
			expect(
				await second.evaluate("document.querySelector('[data-testid=open-summary]').textContent"),
			).toContain('still under way when this page went away');
			expect(await second.evaluate('tapedeck.scenario().components.length')).toBe(0);
			await second.close();
		} finally {
			await rm(profile, { recursive: true, force: true, maxRetries: 10 });
		}
	},
);
