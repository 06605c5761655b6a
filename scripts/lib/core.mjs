import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, runBin } from './run.mjs';

/** What decides, built for Node; the package brings it, and a clone builds it with the page. Rejects where that fails. */
export async function loadCore() {
	const file = join(root, 'dist-command', 'core.mjs');
	if (!existsSync(file)) {
		console.error('Building the page …');
		if (!runBin('vite', ['build', '--logLevel', 'error']))
			throw new Error('The page could not be built; see above.');
	}
	return import(pathToFileURL(file).href);
}
