// The Action's first step: refuses what it must not run in, and installs and builds what a checkout of it lacks.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { annotation } from '../lib/annotations.mjs';
import { root, run, runBin } from '../lib/run.mjs';

const isThere = (...path) => existsSync(join(root, ...path));

function prepare() {
	// There a stranger's files are checked out by a workflow whose token can write.
	if (process.env.GITHUB_EVENT_NAME === 'pull_request_target')
		return 'Tapedeck does not run on pull_request_target: it would play files of strangers beside a token that can write. Use pull_request.';
	if (!isThere('node_modules', '@playwright', 'test')) {
		console.log('Installing packages …');
		if (!run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']))
			return 'The packages could not be installed; see above.';
	}
	if (!isThere('dist', 'verify.html') || !isThere('dist-command', 'core.mjs')) {
		console.log('Building the page …');
		if (!runBin('vite', ['build', '--logLevel', 'error'])) return 'The page could not be built; see above.';
	}
	return null;
}

const problem = prepare();
if (problem !== null) {
	console.log(annotation('error', { title: 'Tapedeck' }, problem));
	process.exitCode = 1;
}
