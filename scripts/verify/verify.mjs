import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser } from '../lib/browser.mjs';
import { root, runBin } from '../lib/run.mjs';
import { serveFolder } from '../lib/serve.mjs';
import { parseArguments, usage } from './arguments.mjs';
import { openBinary, playBeside } from './beside-binary.mjs';
import { besideCheck } from './beside-report.mjs';
import { launch } from './launch.mjs';
import { exitCode, junitReport, textReport } from './report.mjs';
import { readScenario, scenarioFiles, supplyComponents } from './supply.mjs';

/** `tapedeck verify`: checks scenario files in a browser, prints the report and resolves with the exit code. */
export async function verify(words) {
	const parsed = parseArguments(words);
	if (!parsed.ok) return refuse(`${parsed.error}\n\n${usage}`);
	const { options } = parsed;
	if (options.help) {
		console.log(usage);
		return 0;
	}
	const found = scenarioFiles(options.files);
	if (!found.ok) return refuse(found.error);

	const site = join(root, 'dist');
	if (!existsSync(join(site, 'verify.html'))) {
		console.error('Building the page …');
		if (!runBin('vite', ['build', '--logLevel', 'error']))
			return refuse('The page could not be built; see above.');
	}
	const browserFile = await findBrowser();
	if (!browserFile)
		return refuse(
			'No browser was found and none could be installed. Install Chromium, or name one in TAPEDECK_CHROMIUM.',
		);

	// Before anything else is started: where it cannot be shut in, nothing runs.
	const opened = options.wassette === null ? null : await openBinary(options);
	if (opened && !opened.ok) return refuse(opened.error);
	const binary = opened?.binary ?? null;

	const { chromium } = await import('@playwright/test');
	const server = await serveFolder(site);
	const start = async () => {
		const { server, warning } = await launch((how) => chromium.launchServer(how), browserFile.path);
		return { server, warning, browser: await chromium.connect(server.wsEndpoint()) };
	};
	let starting = start();
	// Also where the browser is only being started.
	const unwatch = endOnSignals(async () => (await starting).server.kill());
	let running = await starting;
	if (running.warning) console.error(running.warning);
	const results = [];
	try {
		for (const file of found.files) {
			const outcome = await verifyFile(running.browser, `${server.origin}/verify.html`, file, {
				...options,
				binary,
			});
			results.push({ file, outcome });
			if (options.bail && exitCode(results) !== 0) break;
			if (!outcome.tookTooLong) continue;
			// Its page may hold the browser up for ever.
			await running.server.kill();
			starting = start();
			running = await starting;
		}
	} finally {
		await running.server.kill();
		await server.close();
		await binary?.confined.close();
		unwatch();
	}
	console.log(textReport(results));
	if (options.junit !== null) writeFileSync(options.junit, junitReport(results));
	return exitCode(results);
}

/** Ends the browser, and then the command, at a signal; the returned function stops watching for them. */
function endOnSignals(endBrowser) {
	const numbers = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };
	const end = (signal) => {
		const exit = () => process.exit(128 + numbers[signal]);
		endBrowser().then(exit, exit);
	};
	for (const signal of Object.keys(numbers)) process.once(signal, end);
	return () => {
		for (const signal of Object.keys(numbers)) process.off(signal, end);
	};
}

/** Checks one file in a page of its own. Whatever goes wrong with it is its outcome. */
async function verifyFile(browser, address, file, options) {
	let timer;
	const tooLong = new Promise((resolve) => {
		const error = `It took longer than ${options.timeoutMs / 1000} seconds and was ended. --timeout allows more.`;
		timer = setTimeout(() => resolve({ ok: false, error, tookTooLong: true }), options.timeoutMs);
	});
	try {
		return await Promise.race([checkFile(browser, address, file, options), tooLong]);
	} catch (error) {
		return { ok: false, error: error.message };
	} finally {
		clearTimeout(timer);
	}
}

async function checkFile(browser, address, file, options) {
	const scenario = readScenario(file);
	if (!scenario.ok) return scenario;
	const components = await supplyComponents(scenario.text, file, options);
	if (!components.ok) return components;
	const context = await browser.newContext();
	const page = await context.newPage();
	const crash = new Promise((_, reject) =>
		page.once('crash', () => reject(new Error('The page crashed. It probably ran out of memory.'))),
	);
	await page.goto(address);
	const { liveNetwork, bail, binary } = options;
	const engine = binary?.version;
	const settings = { components: components.supplied, liveNetwork, bail, engine };
	const run = (more) =>
		page.evaluate(
			([scenario, settings]) => window.tapedeckVerify(scenario, settings),
			[scenario.text, { ...settings, ...more }],
		);
	try {
		const outcome = await Promise.race([run({}), crash]);
		if (!binary || !outcome.ok) return outcome;
		const exact = await Promise.race([run({ bail: false, tellsSetup: true }), crash]);
		return exact.ok ? await withBinary({ ...outcome, told: exact.told }, binary, page) : exact;
	} finally {
		await context.close();
	}
}

/** The outcome with a check more for each call: that the binary does as the page, and as is expected. */
async function withBinary({ told, ...outcome }, binary, page) {
	const played = await playBeside(binary, page, told);
	if (!played.ok) return played;
	return {
		...outcome,
		checks: [...outcome.checks, ...played.rows.map((row) => besideCheck(row, binary.version))],
	};
}

function refuse(message) {
	console.error(message);
	return 2;
}
