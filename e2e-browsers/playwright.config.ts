import { defineConfig } from '@playwright/test';

/** A stock browser to test in. */
export interface Options {
	engine: 'firefox' | 'webkit';
	/** Firefox, or WebKitWebDriver. */
	binary: string;
	/** Gives WebKitGTK a display without a screen; null to use the one there is. */
	xServer: string | null;
}

// Set once, and inherited by the worker: one address for all of a run.
const port = (process.env.TAPEDECK_PORT ??= String(20_000 + Math.floor(Math.random() * 20_000)));

const { TAPEDECK_FIREFOX, TAPEDECK_TESTS, TAPEDECK_WEBKIT, TAPEDECK_XVFB } = process.env;

/** `short` is what CI runs, `long` what that leaves to `npm run test:long`; where nothing is said, all. */
const chosen = {
	...(TAPEDECK_TESTS === 'short' && { grepInvert: /@long/ }),
	...(TAPEDECK_TESTS === 'long' && { grep: /@long/ }),
};

/** Playwright runs the tests and has no part in driving these browsers. `npm run test:browsers` finds them and names them here. */
export default defineConfig<object, Options>({
	testDir: '.',
	outputDir: '../test-results/browsers',
	// One worker is one browser.
	workers: 1,
	timeout: 60_000,
	// WebKitGTK compiles and draws without a graphics card: on a busy machine a large sample can miss its ten seconds to be transpiled.
	retries: 2,
	...chosen,
	forbidOnly: !!process.env.CI,
	reporter: 'list',
	globalSetup: './global-setup.ts',
	use: { baseURL: `http://127.0.0.1:${port}/` },
	projects: [
		...(TAPEDECK_FIREFOX
			? [{ name: 'firefox', use: { engine: 'firefox' as const, binary: TAPEDECK_FIREFOX } }]
			: []),
		...(TAPEDECK_WEBKIT
			? [
					{
						name: 'webkit',
						use: { engine: 'webkit' as const, binary: TAPEDECK_WEBKIT, xServer: TAPEDECK_XVFB || null },
					},
				]
			: []),
	],
});
