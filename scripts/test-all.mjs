// Installs, finds a browser, and runs lint, types, unit and browser tests: npm run test:all
// Its last line is `N passed, N failed`, where lint, types and the build count as one each; `N skipped` follows where Firefox or WebKitGTK is missing.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from './lib/browser.mjs';
import { testOtherBrowsers } from './lib/browser-tests.mjs';
import { install, runBin } from './lib/run.mjs';

let passed = 0;
let failed = 0;
let skipped = 0;
const reports = mkdtempSync(join(tmpdir(), 'tapedeck-'));

const title = (text) => console.log(`\n== ${text}`);

function step(name, ok) {
	if (ok) passed += 1;
	else failed += 1;
	console.log(`${ok ? 'ok' : 'FAILED'}: ${name}`);
}

/** Adds the counts of a test run; one that left no report, or ended badly without a failed test, is a failure itself. */
function count(name, ok, file, read) {
	try {
		const [good, bad] = read(JSON.parse(readFileSync(join(reports, file), 'utf8')));
		passed += good;
		failed += bad || (ok ? 0 : 1);
		if (!ok && !bad) console.log(`FAILED: ${name} ended badly although no test failed`);
	} catch {
		step(`${name} left no report`, false);
	}
}

try {
	install();
	title('lint');
	step(
		'lint',
		runBin('eslint', ['.', '--max-warnings', '0']) &&
			runBin('prettier', ['--check', '--log-level', 'warn', '.']),
	);
	title('types');
	step(
		'types',
		runBin('svelte-check', ['--tsconfig', './tsconfig.json', '--fail-on-warnings', '--output', 'human']),
	);
	title('unit tests');
	count(
		'unit tests',
		runBin('vitest', [
			'run',
			'--reporter=default',
			'--reporter=json',
			`--outputFile.json=${join(reports, 'unit.json')}`,
		]),
		'unit.json',
		(report) => [report.numPassedTests, report.numFailedTests],
	);
	title('build');
	step('build', runBin('vite', ['build', '--logLevel', 'warn']));

	title('browser tests');
	const browser = await findBrowser();
	if (browser) {
		console.log(`Browser: ${browser.path} (${browser.from})`);
		const ok = runBin('@playwright/test#playwright', ['test', '--reporter=list,json'], {
			TAPEDECK_CHROMIUM: browser.path,
			PLAYWRIGHT_JSON_OUTPUT_NAME: join(reports, 'browser.json'),
		});
		count('browser tests', ok, 'browser.json', ({ stats }) => [
			stats.expected + stats.flaky,
			stats.unexpected,
		]);
	} else {
		step(
			'a browser: none found and none could be installed; install Chromium, or name one in TAPEDECK_CHROMIUM',
			false,
		);
	}

	title('Firefox and WebKitGTK');
	const others = testOtherBrowsers(reports);
	passed += others.passed;
	failed += others.failed;
	skipped += others.skipped;
} catch (error) {
	step(error instanceof Error ? error.message : String(error), false);
} finally {
	rmSync(reports, { recursive: true, force: true });
}

console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed === 0 ? 0 : 1;
