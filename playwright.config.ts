import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

const executablePath =
	process.env.TAPEDECK_CHROMIUM ??
	['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find((file) => existsSync(file));

// Set once, and inherited by the workers: one address for all of a run.
const port = (process.env.TAPEDECK_PORT ??= String(20_000 + Math.floor(Math.random() * 20_000)));

/** `short` is what CI runs, `long` what that leaves to `npm run test:long`; where nothing is said, all. */
const { TAPEDECK_TESTS } = process.env;
const chosen = {
	...(TAPEDECK_TESTS === 'short' && { grepInvert: /@long/ }),
	...(TAPEDECK_TESTS === 'long' && { grep: /@long/ }),
};

/** What a service worker could change of the wall: what gets in and out. What takes long or floods does so however it was served. */
const servedOtherwise = /a component behind the wall|the runner/;

export default defineConfig({
	testDir: 'e2e',
	fullyParallel: true,
	workers: 2,
	// Generous, for machines that do other things too: a test that passes does not wait for it.
	timeout: 60_000,
	expect: { timeout: 15_000 },
	...chosen,
	forbidOnly: !!process.env.CI,
	// A machine under load can lose one run of four hundred; the report names what needed a second one as flaky.
	retries: process.env.CI ? 1 : 0,
	reporter: 'list',
	globalSetup: './e2e/global-setup.ts',
	projects: [
		{ name: 'chromium' },
		// The wall once more, as it stands on a second visit, when a service worker serves the page.
		{
			name: 'service-worker',
			testMatch: 'isolation.spec.ts',
			...(TAPEDECK_TESTS === 'short' && { grep: servedOtherwise }),
			...(TAPEDECK_TESTS === 'long' && { grep: /./, grepInvert: servedOtherwise }),
			use: { serviceWorkers: 'allow' },
		},
	],
	use: {
		// A worker would fetch the whole site once for every test.
		serviceWorkers: 'block',
		// A sub-path, as on many static hosts: the site must not count on being at the root.
		baseURL: `http://127.0.0.1:${port}/deck/`,
		launchOptions: {
			executablePath,
			args: [
				...['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
				...['--disable-component-update', '--disable-sync', '--disable-quic'],
				// The one without a window does not turn a read outside of a memory into a trap by itself, and its page dies.
				...(executablePath?.endsWith('headless-shell') ? ['--js-flags=--wasm-enforce-bounds-checks'] : []),
			],
		},
	},
});
