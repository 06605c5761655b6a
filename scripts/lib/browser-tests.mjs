import { join } from 'node:path';
import { findOtherBrowsers } from './other-browsers.mjs';
import { readPlaywright } from './reports.mjs';
import { runBinInto } from './run.mjs';
import { step } from './steps.mjs';

/**
 * Runs the suite for stock browsers on the built site in those that are there, and adds its counts to a tally. One is skipped for each
 * browser that is missing, which in CI is a failure.
 */
export async function testOtherBrowsers(logs, tally, options) {
	const { firefox, webkit, xServer, hint } = findOtherBrowsers();
	for (const [name, path] of Object.entries({ Firefox: firefox, WebKitGTK: webkit })) {
		if (path) continue;
		console.log(`${process.env.CI ? 'FAILED' : 'SKIPPED'}: no ${name} found. ${hint}`);
		tally[process.env.CI ? 'failed' : 'skipped'] += 1;
	}
	if (!firefox && !webkit) return;
	const report = join(logs, 'browsers.json');
	const run = (log) =>
		runBinInto(
			log,
			'@playwright/test#playwright',
			['test', '--config', 'e2e-browsers', '--reporter=list,json'],
			{
				TAPEDECK_FIREFOX: firefox ?? '',
				TAPEDECK_WEBKIT: webkit ?? '',
				TAPEDECK_XVFB: xServer ?? '',
				PLAYWRIGHT_JSON_OUTPUT_NAME: report,
			},
		);
	const ok = await step(logs, 'Firefox and WebKitGTK', run, options);
	tally.report('the tests in Firefox and WebKitGTK', ok, () => readPlaywright(report));
}
