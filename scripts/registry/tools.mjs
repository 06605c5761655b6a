// A real registry and what pushes to it, built once from their sources into a folder outside the clone: node scripts/registry/tools.mjs
// Cold it takes two processors one to two minutes, and downloads some 200 MB; then nothing.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
const folder = join(cache, 'tapedeck', 'registry-3.1.2-oras-1.3.0');
const here = import.meta.dirname;

/** How each is built: the registry by a main of ours, which leaves out the clouds that it could keep its files in. */
const builds = {
	registry: { words: ['build', '-o', join(folder, 'registry'), '.'], cwd: here },
	oras: { words: ['install', 'oras.land/oras/cmd/oras@v1.3.0'], cwd: folder },
};

/** The paths of `registry` and `oras`; null where they were not built. */
export function registryTools() {
	const paths = Object.fromEntries(Object.keys(builds).map((name) => [name, join(folder, name)]));
	return Object.values(paths).every(existsSync) ? paths : null;
}

/** Builds what is missing. Resolves with why it could not, in words; null where all is there. */
export async function buildRegistryTools() {
	mkdirSync(folder, { recursive: true });
	for (const [name, { words, cwd }] of Object.entries(builds)) {
		if (existsSync(join(folder, name))) continue;
		try {
			const env = { ...process.env, GOBIN: folder, GOFLAGS: '', CGO_ENABLED: '0' };
			await run('go', words, { cwd, env });
		} catch (error) {
			return error.code === 'ENOENT' ? 'Go is not installed' : `${name} could not be built: ${error.message}`;
		}
	}
	return null;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const problem = await buildRegistryTools();
	if (problem) console.log(`No registry to test with: ${problem}. Its tests are skipped.`);
	else console.log(`A registry to test with is in ${folder}.`);
}
