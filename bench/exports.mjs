// What calling an export costs through jco's generated code, against the least that can call the same core function.
import { inProfile } from './lib/browser.mjs';

/** Microseconds of one call, a value for each turn: `hand echoString`, `generated echoString`, … */
export const exportCosts = (browser, { origin }, turns) =>
	inProfile(browser, {}, async (page) => {
		page.on('pageerror', (error) => console.error(error.message));
		await page.goto(`${origin}/exports/`);
		await page.waitForFunction(() => 'exportCosts' in window);
		return page.evaluate((n) => window.exportCosts('/components/types/types.wasm', n), turns);
	});
