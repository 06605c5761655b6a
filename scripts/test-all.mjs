// Installs, finds a browser, and runs lint, types, unit and browser tests, a line for each: npm run test:all
// With `--short` what CI runs (npm run test:ci): without the tests that are tagged @long, and properties with a tenth of their cases; with
// `--long` what that leaves out (npm run test:long).
// Its last line is `N passed, N failed`, where lint, types and the build count as one each; `N skipped` follows where Firefox or WebKitGTK is missing.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findTestBrowser } from './lib/browser.mjs';
import { testOtherBrowsers } from './lib/browser-tests.mjs';
import { readPlaywright, readVitest } from './lib/reports.mjs';
import { runBinInto } from './lib/run.mjs';
import { buildPage, install, makeLogs, removeLogs, step } from './lib/steps.mjs';
import { buildRegistryTools } from './registry/tools.mjs';
import { Tally } from './lib/tally.mjs';

const { values: asked } = parseArgs({ options: { short: { type: 'boolean' }, long: { type: 'boolean' } } });
// Read by the configurations of Vitest and Playwright.
process.env.TAPEDECK_TESTS = asked.short ? 'short' : asked.long ? 'long' : 'all';

const logs = makeLogs();
const tally = new Tally();

const lint = (log) => runBinInto(log, 'eslint', ['.', '--max-warnings', '0']);

const format = (log) => runBinInto(log, 'prettier', ['--check', '--log-level', 'warn', '.']);

const types = (log) =>
	runBinInto(log, 'svelte-check', [
		...['--tsconfig', './tsconfig.json', '--fail-on-warnings', '--output', 'human'],
	]);

/** What the tests of registries need; where it cannot be built, they are skipped. */
async function buildRegistry(log) {
	const problem = await buildRegistryTools();
	writeFileSync(log, problem ?? 'It is there.');
	if (problem) console.log(`The tests of registries are skipped: ${problem}.`);
	return true;
}

async function unitTests(options) {
	const report = join(logs, 'unit.json');
	const workers = options?.isBeside ? ['--maxWorkers=1'] : [];
	const ok = await step(
		logs,
		'Unit tests',
		(log) =>
			runBinInto(log, 'vitest', [
				...['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`],
				...workers,
			]),
		options,
	);
	tally.report('the unit tests', ok, () => readVitest(report));
}

async function chromiumTests() {
	const browser = await findTestBrowser();
	if (!browser) {
		console.log(
			'FAILED: no browser found, and none could be installed. Install Chromium, or name one in TAPEDECK_CHROMIUM.',
		);
		tally.failed += 1;
		return;
	}
	const report = join(logs, 'chromium.json');
	const ok = await step(logs, `Chromium (${browser.from})`, (log) =>
		runBinInto(log, '@playwright/test#playwright', ['test', '--reporter=list,json'], {
			TAPEDECK_CHROMIUM: browser.path,
			PLAYWRIGHT_JSON_OUTPUT_NAME: report,
		}),
	);
	tally.report('the tests in Chromium', ok, () => readPlaywright(report));
}

/** Lint, format and types, which are two checks, as lint and format are one. */
async function checks() {
	const typed = await step(logs, 'Types', types, { isBeside: true });
	const linted = await step(logs, 'Lint', lint, { isBeside: true });
	const formatted = await step(logs, 'Format', format, { isBeside: true });
	tally.check(typed);
	tally.check(linted && formatted);
}

/** The page, and what tries it in the browsers that take one test at a time. */
async function pageElsewhere() {
	const built = await buildPage(logs, { isBeside: true });
	tally.check(built);
	if (built) await testOtherBrowsers(logs, tally, { isBeside: true });
}

try {
	await install(logs);
	// Two lanes, each of which keeps one processor busy, and then what takes both.
	await Promise.all([
		pageElsewhere(),
		(async () => {
			if (!asked.long) await checks();
			await unitTests({ isBeside: true });
			if (!asked.short) await step(logs, 'A registry to test with', buildRegistry, { isBeside: true });
		})(),
	]);
	await chromiumTests();
} catch (error) {
	console.log(error instanceof Error ? error.message : String(error));
	tally.failed += 1;
}
if (tally.failed === 0) removeLogs(logs);
tally.print();
