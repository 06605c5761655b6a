import { join } from 'node:path';
import { root } from '../lib/run.mjs';
import { serveFolder } from '../lib/serve.mjs';
import { playInPage } from './play-in-page.mjs';

/** A page is used for so many cases: what a case leaves behind in it must not add up. */
const casesPerPage = 40;

/** Opens the built page in a browser without a window, to play cases in. */
export async function openPlayer(executablePath) {
	const { chromium } = await import('@playwright/test');
	const server = await serveFolder(join(root, 'dist'));
	const launch = () =>
		chromium.launch({
			executablePath,
			// Some builds of Chromium without a window end the page where a guest reads outside its memory.
			args: ['--js-flags=--wasm-enforce-bounds-checks'],
		});
	let browser = await launch();
	let page = null;
	let played = 0;
	async function fresh() {
		if (!browser.isConnected()) browser = await launch();
		else await page?.close();
		page = await browser.newPage();
		await page.goto(`${server.origin}/verify.html`);
		await page.waitForFunction(() => 'tapedeck' in window, null, { timeout: 60_000 });
	}
	return {
		/** An answer for each step of a case; where the page fails, the failure is the answer. */
		async play(one, release) {
			if (played++ % casesPerPage === 0) await fresh();
			try {
				return await playInPage(page, one, release);
			} catch ({ message }) {
				await fresh();
				return one.steps.map(() => ({ rpcError: { message: message.split('\n')[0] } }));
			}
		},
		async close() {
			await browser.close();
			await server.close();
		},
	};
}
