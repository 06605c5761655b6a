import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, runBin } from './run.mjs';
import { serveFolder } from './serve.mjs';

/** The built site with a page of it; a clone builds it where it is not there. The error is a sentence. */
export function openSite(page) {
	const site = join(root, 'dist');
	if (!existsSync(join(site, page))) {
		console.error('Building the page …');
		if (!existsSync(join(root, 'vite.config.ts')) || !runBin('vite', ['build', '--logLevel', 'error']))
			return { ok: false, error: 'The page could not be built; see above.' };
	}
	return { ok: true, serve: () => serveFolder(site) };
}
