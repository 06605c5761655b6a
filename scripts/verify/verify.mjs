import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser } from '../lib/browser.mjs';
import { root, runBin } from '../lib/run.mjs';
import { serveFolder } from '../lib/serve.mjs';
import { parseArguments, usage } from './arguments.mjs';
import { exitCode, junitReport, textReport } from './report.mjs';
import { scenarioFiles, supplyComponents } from './supply.mjs';

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

	const { chromium } = await import('@playwright/test');
	const server = await serveFolder(site);
	const browser = await chromium.launch({ executablePath: browserFile.path });
	const results = [];
	try {
		for (const file of found.files) {
			const outcome = await verifyFile(browser, `${server.origin}/verify.html`, file, options);
			results.push({ file, outcome });
			if (options.bail && exitCode(results) !== 0) break;
		}
	} finally {
		await browser.close();
		await server.close();
	}
	console.log(textReport(results));
	if (options.junit !== null) writeFileSync(options.junit, junitReport(results));
	return exitCode(results);
}

/** Checks one file in a page of its own. Whatever goes wrong with it is its outcome. */
async function verifyFile(browser, address, file, options) {
	try {
		const text = readFileSync(file, 'utf8');
		const components = await supplyComponents(text, file, options);
		if (!components.ok) return components;
		const context = await browser.newContext();
		try {
			const page = await context.newPage();
			const crash = new Promise((_, reject) =>
				page.once('crash', () => reject(new Error('The page crashed. It probably ran out of memory.'))),
			);
			await page.goto(address);
			const { liveNetwork, bail } = options;
			const run = page.evaluate(
				([scenario, settings]) => window.tapedeckVerify(scenario, settings),
				[text, { components: components.supplied, liveNetwork, bail }],
			);
			return await Promise.race([run, crash]);
		} finally {
			await context.close();
		}
	} catch (error) {
		return { ok: false, error: error.message };
	}
}

function refuse(message) {
	console.error(message);
	return 2;
}
