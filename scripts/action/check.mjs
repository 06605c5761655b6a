// The Action's main step: runs `check` and `verify` on what the inputs name, and writes the job summary.
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { textReport as textOfPolicies } from '../check/report.mjs';
import { annotation } from '../lib/annotations.mjs';
import { loadCore } from '../lib/core.mjs';
import { root } from '../lib/run.mjs';
import { textReport as textOfScenarios } from '../verify/report.mjs';
import { linkFor, pageAddress } from './link.mjs';
import { summaryOf } from './summary.mjs';

/** Bytes that a summary may have: GitHub takes a mebibyte of one step. */
const mostSummary = 900 * 2 ** 10;

const input = (name) => (process.env[`TAPEDECK_${name}`] ?? '').trim();
const lines = (name) =>
	input(name)
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => line !== '');

/** Runs a command of the package with its report as JSON; what it says on stderr, annotations among it, goes to the log. */
function runCommand(words) {
	const { status, stdout } = spawnSync(process.execPath, [join(root, 'scripts', 'tapedeck.mjs'), ...words], {
		stdio: ['ignore', 'pipe', 'inherit'],
		encoding: 'utf8',
		maxBuffer: 256 * 2 ** 20,
	});
	try {
		return { code: status ?? 2, files: JSON.parse(stdout).files };
	} catch {
		return { code: status || 2, files: null };
	}
}

async function main() {
	const core = await loadCore();
	const page = pageAddress(input('PAGE'));
	if (!page.ok) return stop(page.error);
	const [scenarios, policies] = [lines('SCENARIOS'), lines('POLICIES')];
	if (scenarios.length + policies.length === 0)
		return stop('Nothing is named to check: give `scenarios`, `policies` or both.');

	const common = ['--json', '--annotations'];
	const checked =
		policies.length === 0
			? null
			: runCommand([
					'check',
					...common,
					...(input('ENGINE') ? [`--engine=${input('ENGINE')}`] : []),
					...(input('SARIF') ? [`--sarif=${input('SARIF')}`] : []),
					`--fail-on=${input('FAIL_ON') || 'warning'}`,
					'--',
					...policies,
				]);
	const named = lines('POLICY');
	const verified =
		scenarios.length === 0
			? null
			: runCommand([
					'verify',
					...common,
					...named.map((pair) => `--policy=${pair}`),
					...lines('COMPONENT').map((pair) => `--component=${pair}`),
					'--',
					...scenarios,
				]);

	if (checked?.files) console.log(textOfPolicies(core, checked.files.map(policyResult)));
	if (verified?.files) console.log(textOfScenarios(verified.files.map(scenarioResult)));
	const links = new Map();
	for (const { file, ok, checks } of page.address === null ? [] : (verified?.files ?? []))
		if (!ok || checks.some(({ passed }) => !passed))
			links.set(file, await linkFor(core, page.address, file, new Map(named.map(splitPair))));
	const summary = summaryOf({
		...{ policies: checked, scenarios: verified, links },
		hasPage: page.address !== null,
	});
	writeSummary(summary);
	return Math.max(checked?.code ?? 0, verified?.code ?? 0);
}

const policyResult = ({ file, ok, error, ...report }) => ({ file, ok, error, report });
const scenarioResult = ({ file, ...outcome }) => ({ file, outcome });
const splitPair = (pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];

function writeSummary(summary) {
	const text = summary.length > mostSummary ? `${summary.slice(0, mostSummary)}\n\n…\n` : summary;
	const report = join(mkdtempSync(join(process.env.RUNNER_TEMP ?? tmpdir(), 'tapedeck-')), 'report.md');
	writeFileSync(report, text);
	if (process.env.GITHUB_STEP_SUMMARY) appendFileSync(process.env.GITHUB_STEP_SUMMARY, text);
	if (process.env.GITHUB_OUTPUT) appendFileSync(process.env.GITHUB_OUTPUT, `report=${report}\n`);
}

function stop(problem) {
	console.log(annotation('error', { title: 'Tapedeck' }, problem));
	return 2;
}

process.exitCode = await main();
