import { findBrowser } from '../lib/browser.mjs';
import { refuse } from '../lib/options.mjs';
import { readPolicyFile } from '../lib/policy-files.mjs';
import { readFolder, readVariable } from '../serve/arguments.mjs';
import { openFolders } from '../serve/folders.mjs';
import { makeSetup } from '../serve/setup.mjs';
import { openSite } from '../lib/site.mjs';
import { endOnSignals } from '../lib/signals.mjs';
import { openPages } from '../verify/pages.mjs';
import { commandOf } from '../lib/command.mjs';
import { parseArguments, usage } from './arguments.mjs';
import { jsonReport, recordLines, resultText } from './report.mjs';

/** `tapedeck run`: makes one call, prints its result and its record, and resolves with the exit code. */
export const run = commandOf({ parseArguments, usage }, async (options) => {
	const request = await makeRequest(options);
	if (!request.ok) return refuse(request.error);
	const site = openSite('verify.html');
	if (!site.ok) return refuse(site.error);
	const browserFile = await findBrowser();
	if (!browserFile)
		return refuse('No browser was found. Install Chromium, or name one in TAPEDECK_CHROMIUM.');

	const { chromium } = await import('@playwright/test');
	const serving = site.serve();
	const opening = openPages(
		chromium,
		browserFile.path,
		serving.then(({ origin }) => origin),
	);
	const unwatch = endOnSignals(async () => (await opening).close());
	try {
		const pages = await opening;
		if (pages.warning) console.error(pages.warning);
		const play = async (page) => ({
			outcome: await page.evaluate((request) => window.tapedeckRun(request), request.request),
			isSpoiled: false,
		});
		const outcome = await pages.seat().lend(play, options.timeoutMs);
		return report(outcome, options, request.folders);
	} catch (error) {
		return refuse(error.message);
	} finally {
		await (await opening).close();
		await (await serving).close();
		unwatch();
	}
});

function report(outcome, { json, all }, folders) {
	if (!outcome.ok) return refuse(outcome.error);
	const { value } = outcome;
	// What the policy let the call change, and nothing else, is among these.
	const problems = folders.write(value.changes);
	for (const problem of problems) console.error(problem);
	if (json) console.log(jsonReport(value));
	else {
		for (const line of recordLines(value.rows, all)) console.error(line);
		process.stdout.write(`${resultText(value.result)}\n`);
	}
	return problems.length > 0 ? 2 : value.result.isError ? 1 : 0;
}

async function makeRequest({ component, tool, args, policy, engine, env, dir, scenario }) {
	const secrets = [];
	for (const one of env) {
		const read = readVariable(one, process.env);
		if (!read.ok) return read;
		secrets.push(read.pair);
	}
	const lent = dir.map(readFolder);
	if (lent.includes(null))
		return {
			ok: false,
			error: '--dir needs HOST=GUEST, such as --dir ./notes=/data or --dir ./notes=/data:ro',
		};
	const folders = openFolders(lent);
	if (!folders.ok) return folders;
	const text = policy === undefined ? { ok: true, text: null } : readPolicyFile(policy);
	if (!text.ok) return text;
	const subjects = [...(scenario === undefined ? [] : [scenario]), component];
	const setup = await makeSetup(
		{ subjects, policies: [], engine: engine ?? null, secrets, headed: false },
		folders.guests,
	);
	if (!setup.ok) return setup;
	try {
		const request = { setup: setup.setup, policy: text.text, tool, words: args, lent: folders.read() };
		return { ok: true, request, folders };
	} catch (error) {
		return { ok: false, error: `${error.message}.` };
	}
}
