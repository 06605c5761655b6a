// A real registry and what pushes to it, built once from their sources into a folder outside the clone: node scripts/registry/tools.mjs
// Cold it takes 3 to 5 minutes of two processors, with what it downloads; then nothing.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

const sources = {
	registry: 'github.com/distribution/distribution/v3/cmd/registry@v3.1.2',
	oras: 'oras.land/oras/cmd/oras@v1.3.0',
};

const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
const folder = join(cache, 'tapedeck', 'registry-3.1.2-oras-1.3.0');

/** The paths of `registry` and `oras`; null where they were not built. */
export function registryTools() {
	const paths = Object.fromEntries(Object.keys(sources).map((name) => [name, join(folder, name)]));
	return Object.values(paths).every(existsSync) ? paths : null;
}

/** Builds what is missing. Resolves with why it could not, in words; null where all is there. */
export async function buildRegistryTools() {
	if (registryTools()) return null;
	mkdirSync(folder, { recursive: true });
	for (const [name, source] of Object.entries(sources)) {
		if (existsSync(join(folder, name))) continue;
		try {
			await run('go', ['install', source], {
				env: { ...process.env, GOBIN: folder, GOFLAGS: '-mod=mod', CGO_ENABLED: '0' },
			});
		} catch (error) {
			return error.code === 'ENOENT'
				? 'Go is not installed'
				: `${source} could not be built: ${error.message}`;
		}
	}
	return null;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const began = performance.now();
	const problem = await buildRegistryTools();
	if (problem) console.log(`No registry to test with: ${problem}. Its tests are skipped.`);
	else
		console.log(
			`A registry to test with is in ${folder} (${Math.round((performance.now() - began) / 1000)} s).`,
		);
}
