import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, request as ask } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const suite = dirname(
	createRequire(import.meta.url).resolve('@modelcontextprotocol/conformance/package.json'),
);

/** The versions of the protocol whose requirements are run. */
export const revisions = ['2025-11-25', '2026-07-28'];

/** Why a scenario of the suite has nothing to say of a server whose tools are components, by how its name begins. */
const notApplicable = [
	[/^tools-call-(image|audio|embedded-resource|mixed-content)$/, 'a component’s results are text and JSON'],
	[/^resources-(read|templates-read|subscribe|unsubscribe)|resource-not-found/, 'there are no resources'],
	[/^prompts-get/, 'the prompts of its fixture are not there'],
	[/^(tools-call-sampling|input-required-result-basic-sampling)$/, 'it asks no model for anything'],
	[/^input-required-result-basic-list-roots$/, 'it asks for no roots'],
	[
		/^(tools-call-elicitation|elicitation-sep)/,
		'it asks a person for consent alone, for Wassette’s own tools',
	],
	[/^input-required-result-/, 'it asks a person for consent alone, for Wassette’s own tools'],
	[/^tasks-/, 'tasks are an extension that it does not have'],
	[/^completion-complete$/, 'it completes nothing'],
	[/^server-sse-polling$/, 'it is no requirement, and streams are not taken up again'],
	[/^json-schema-2020-12$/, 'the tool of its fixture is not there'],
	[/^http-custom-header-server-validation$/, 'no tool declares headers'],
];

/** The same of single checks, by their ids. */
export const checksNotApplicable = {
	'sep-2575-server-rejects-undeclared-capability': 'no tool asks a model for anything',
	'sep-2575-missing-capability-http-400': 'no tool asks a model for anything',
};

export const whyNotApplicable = (scenario) =>
	notApplicable.find(([names]) => names.test(scenario))?.[1] ?? null;

/**
 * Runs what a version of the protocol requires of a server. Resolves with a row for each scenario: its name, how many checks passed, and what failed, as
 * sentences that begin with the check's name. `scenario` runs that one alone.
 */
export async function runSuite(url, revision, scenario) {
	const folder = mkdtempSync(join(tmpdir(), 'tapedeck-conformance-'));
	try {
		const which =
			scenario === undefined
				? ['--requirements', revision]
				: ['--scenario', scenario, '--spec-version', revision];
		const output = await run(['server', '--url', url, '-o', folder, ...which]);
		const rows = readdirSync(folder).map((name) => rowOf(folder, name));
		if (rows.length === 0) throw new Error(`The suite ran nothing:\n${output}`);
		return rows.sort((one, other) => (one.scenario < other.scenario ? -1 : 1));
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function rowOf(folder, name) {
	const checks = JSON.parse(readFileSync(join(folder, name, 'checks.json'), 'utf8'));
	const scenario = name.replace(/^server-(.+?)-\d{4}-\d{2}-\d{2}T.*$/, '$1');
	return {
		scenario,
		passed: checks.filter(({ status }) => status === 'SUCCESS').length,
		failed: checks
			.filter(({ id, status }) => status === 'FAILURE' && !Object.hasOwn(checksNotApplicable, id))
			.map(({ id, errorMessage, description }) => `${id}: ${errorMessage ?? description}`),
	};
}

const run = (words) =>
	new Promise((resolve, reject) => {
		const hook = join(import.meta.dirname, 'old-node.mjs');
		const child = spawn(process.execPath, ['--import', hook, join(suite, 'dist/index.js'), ...words]);
		let output = '';
		for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
		child.on('error', reject);
		child.on('close', () => resolve(output));
	});

/** A door without a token in front of a server that wants one: the suite has none. Everything else crosses as it is. */
export async function openDoor({ address, token }) {
	const target = new URL(address);
	const door = createServer((request, response) => {
		const own = `127.0.0.1:${door.address().port}`;
		const here = (text) =>
			text?.replaceAll(`localhost:${door.address().port}`, target.host).replaceAll(own, target.host);
		const headers = {
			...request.headers,
			authorization: `Bearer ${token}`,
			host: here(request.headers.host),
		};
		if (request.headers.origin !== undefined) headers.origin = here(request.headers.origin);
		const sent = ask({
			...{ host: target.hostname, port: target.port },
			path: target.pathname,
			method: request.method,
			headers,
		});
		sent.on('response', (answer) => answer.pipe(response.writeHead(answer.statusCode, answer.headers)));
		sent.on('error', () => response.destroy());
		response.on('close', () => sent.destroy());
		request.pipe(sent);
	});
	await new Promise((resolve) => door.listen(0, '127.0.0.1', resolve));
	return {
		address: `http://127.0.0.1:${door.address().port}/mcp`,
		close: () => {
			door.close();
			door.closeAllConnections();
		},
	};
}
