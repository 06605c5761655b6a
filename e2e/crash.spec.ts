import { chromium, expect, test as base } from '@playwright/test';
import { openBareChromium, type BarePage } from './fixtures/bare-chromium';
import { programOf } from './fixtures/escape-attempts';
import { wholeChromium } from './fixtures/whole-chromium';

const test = base.extend<{ wall: BarePage }>({
	wall: async ({ launchOptions, baseURL }, use) => {
		const { executablePath = chromium.executablePath(), args = [] } = launchOptions;
		const wall = await openBareChromium(wholeChromium ?? executablePath, args);
		await wall.goto(new URL('../wall/', baseURL).href);
		await use(wall);
		await wall.close();
	},
});

const run = (expression: string) => `harness.run(${JSON.stringify(programOf(expression))})`;

test.describe('a sandbox that crashes', () => {
	for (const served of [false, true]) {
		test(
			`fails its call and leaves the page alive${served ? ', behind a service worker too' : ''}`,
			{ tag: served ? '@long' : [] },
			async ({ wall, baseURL }) => {
				if (served) {
					await wall.evaluate(
						"navigator.serviceWorker.register('offline.js').then(() => navigator.serviceWorker.ready).then(() => 0)",
					);
					await wall.goto(new URL('../wall/', baseURL).href);
				}
				expect(await wall.evaluate('navigator.serviceWorker.controller !== null')).toBe(served);
				const forever = run(`(imports['wasi:config/store'].get('begun'), new Promise(() => {}))`);
				await wall.evaluate(
					`window.running = ${forever}, harness.nextHostCall().then(({ target }) => target)`,
				);
				await wall.crashFrame();
				expect(await wall.evaluate('running.then(({ outcome }) => outcome)')).toMatchObject({
					status: 'failed',
					message: expect.stringContaining('memory'),
				});
				expect(await wall.evaluate(`${run('"next"')}.then(({ outcome }) => outcome)`)).toMatchObject({
					status: 'returned',
				});
			},
		);
	}
});
