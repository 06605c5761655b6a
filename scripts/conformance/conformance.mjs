import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../lib/run.mjs';
import { checksNotApplicable, openDoor, revisions, runSuite, whyNotApplicable } from './suite.mjs';

/* What both versions of MCP require of a server, asked of `tapedeck serve` over HTTP: a line for each scenario of the suite. */

/** Tools by name that no component here has; suite.test.ts has them. */
const fixtureTools = /^tools-call-(simple-text|error|with-logging|with-progress)$/;

const folder = mkdtempSync(join(tmpdir(), 'tapedeck-conformance-'));
const tokenFile = join(folder, 'token');
const words = ['serve', 'sample:time', '--engine', 'documented', '--http', '--token-file', tokenFile];
const serve = spawn(process.execPath, [join(root, 'scripts/tapedeck.mjs'), ...words], {
	stdio: ['ignore', 'ignore', 'pipe'],
});
const ended = new Promise((resolve) => serve.once('exit', resolve));
let unmet = 0;
try {
	const address = await new Promise((resolve, reject) => {
		let said = '';
		serve.stderr.on('data', (chunk) => {
			said += chunk;
			const [found] = /http:\S+/.exec(said) ?? [];
			if (found && said.includes('The token is in')) resolve(found);
		});
		void ended.then(() => reject(new Error(said)));
	});
	const door = await openDoor({ address, token: readFileSync(tokenFile, 'utf8').trim() });
	for (const revision of revisions) {
		console.log(`\n${revision}`);
		for (const { scenario, passed, failed } of await runSuite(door.address, revision)) {
			const why = fixtureTools.test(scenario)
				? 'the tool of its fixture is not there; unit tests have it'
				: whyNotApplicable(scenario);
			const isMet = failed.length === 0;
			if (!isMet && why === null) unmet += 1;
			const word = isMet ? 'passes' : why === null ? 'FAILS' : 'does not apply';
			console.log(
				`  ${word.padEnd(15)}${scenario}${isMet ? ` (${passed})` : `: ${why ?? failed.join('; ')}`}`,
			);
		}
	}
	console.log('\nChecks that do not apply:');
	for (const [id, why] of Object.entries(checksNotApplicable)) console.log(`  ${id}: ${why}`);
	door.close();
} finally {
	serve.kill();
	await ended;
	rmSync(folder, { recursive: true, force: true });
}
process.exitCode = unmet > 0 ? 1 : 0;
