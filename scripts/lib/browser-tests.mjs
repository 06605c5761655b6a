import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findOtherBrowsers } from './other-browsers.mjs';
import { runBin } from './run.mjs';

/**
 * Runs the suite for stock browsers on the built site in those that are there, and writes its report into a folder. Gives the counts; one
 * is skipped for each browser that is missing, which in CI is a failure.
 */
export function testOtherBrowsers(reports) {
	const { firefox, webkit, xServer, hint } = findOtherBrowsers();
	const counts = { passed: 0, failed: 0, skipped: 0 };
	for (const [name, path] of Object.entries({ Firefox: firefox, WebKitGTK: webkit })) {
		if (path) console.log(`${name}: ${path}`);
		else {
			console.log(`${process.env.CI ? 'FAILED' : 'SKIPPED'}: no ${name} found. ${hint}`);
			counts[process.env.CI ? 'failed' : 'skipped'] += 1;
		}
	}
	if (!firefox && !webkit) return counts;
	const report = join(reports, 'browsers.json');
	const ok = runBin(
		'@playwright/test#playwright',
		['test', '--config', 'e2e-browsers', '--reporter=list,json'],
		{
			TAPEDECK_FIREFOX: firefox ?? '',
			TAPEDECK_WEBKIT: webkit ?? '',
			TAPEDECK_XVFB: xServer ?? '',
			PLAYWRIGHT_JSON_OUTPUT_NAME: report,
		},
	);
	try {
		const { stats } = JSON.parse(readFileSync(report, 'utf8'));
		counts.passed += stats.expected + stats.flaky;
		counts.failed += stats.unexpected || (ok ? 0 : 1);
	} catch {
		console.log('FAILED: the tests in Firefox and WebKitGTK left no report');
		counts.failed += 1;
	}
	return counts;
}
