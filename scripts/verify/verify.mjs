import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { annotation, wantsAnnotations } from '../lib/annotations.mjs';
import { findBrowser } from '../lib/browser.mjs';
import { refuse } from '../lib/options.mjs';
import { endOnSignals } from '../lib/signals.mjs';
import { openSite } from '../lib/site.mjs';
import { commandOf } from '../lib/command.mjs';
import { parseArguments, usage } from './arguments.mjs';
import { openBinary } from './beside-binary.mjs';
import { checkFile } from './check-file.mjs';
import { openPages } from './pages.mjs';
import { exitCode, jsonReport, junitReport, textReport, troubles } from './report.mjs';
import { scenarioFiles, unusedNames } from './supply.mjs';
import { watchFiles } from './watch.mjs';

/** `tapedeck verify`: checks scenario files in a browser, prints the report and resolves with the exit code. */
export const verify = commandOf({ parseArguments, usage }, async (options) => {
	const found = scenarioFiles(options.files);
	if (!found.ok) return refuse(found.error);
	const unused = unusedNames(found.files, options);
	if (unused !== null) return refuse(unused);

	const site = openSite('verify.html');
	if (!site.ok) return refuse(site.error);
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
	const serving = site.serve();
	const opening = openPages(
		chromium,
		browserFile.path,
		serving.then(({ origin }) => origin),
	);
	// Also where the browser is only being started.
	const unwatch = endOnSignals(async () => (await opening).close());
	try {
		const pages = await opening;
		if (pages.warning) console.error(pages.warning);
		const checkAll = createChecker(pages, { ...options, binary });
		const results = await checkAll(found.files);
		report(results, options);
		if (options.watch) await keepWatching(checkAll, options);
		return exitCode(results);
	} finally {
		await (await opening).close();
		await (await serving).close();
		await binary?.confined.close();
		unwatch();
	}
});

/** From how many files on two are checked side by side: another page costs about as much as two files. */
const forTwoSeats = 5;

/** Gives a function that checks files, in pages that stay for the next time. The results are in the order of the files. */
function createChecker(pages, options) {
	const seats = [pages.seat()];
	return async (files) => {
		// One after the other where the first difference ends it, and where a binary plays along in a world of its own.
		const isAlone = options.bail || options.binary !== null || availableParallelism() < 2;
		if (!isAlone && files.length >= forTwoSeats && seats.length === 1) seats.push(pages.seat());
		const results = new Array(files.length);
		let next = 0;
		const work = async (seat) => {
			while (next < files.length) {
				const index = next++;
				const file = files[index];
				results[index] = { file, outcome: await checkFile(seat, file, options) };
				if (options.bail && exitCode([results[index]]) !== 0) next = files.length;
			}
		};
		await Promise.all(seats.map(work));
		return results.filter(Boolean);
	};
}

function report(results, { json, junit, annotations }) {
	const lines = wantsAnnotations(annotations)
		? troubles(results).map(({ file, message }) => annotation('error', { file }, message))
		: [];
	if (json) {
		console.log(jsonReport(results));
		// The other stream, so that stdout is JSON and nothing else.
		if (annotations && lines.length > 0) console.error(lines.join('\n'));
	} else {
		if (lines.length > 0) console.log(lines.join('\n'));
		console.log(textReport(results));
	}
	if (junit !== null) writeFileSync(junit, junitReport(results));
}

/** Checks again what changes. Never ends by itself: a signal ends the command. */
async function keepWatching(checkAll, options) {
	console.error('Watching for changes. Ctrl+C ends this.');
	watchFiles(options.files, options, async (files) => report(await checkAll(files), options));
	await new Promise(() => {});
}
