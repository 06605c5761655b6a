/*
 * Builds the sample components and the components that the tests play:
 *
 *   npm run build:components              all of them
 *   npm run build:components time files   these only
 *   npm run build:components -- --list    writes the list of samples and builds nothing
 *
 * Nothing is installed on the way. A toolchain that is missing is named with the command that brings it, the components that need it
 * are left as they are, and the exit code says so.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import { basename, join } from 'node:path';
import { format } from 'prettier';
import { build } from './components/languages.mjs';
import { componentFolders, hashSources, sha256 } from './components/record.mjs';
import { appendCustomSection } from './components/sections.mjs';
import { MissingTool } from './components/toolchain.mjs';
import { packageDocs } from './components/wit.mjs';

const root = new URL('..', import.meta.url).pathname;
const samplesFolder = join(root, 'static-components');
const testsFolder = join(root, 'e2e/components');

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

async function writeJson(path, value) {
	const options = { parser: 'json', useTabs: true, printWidth: 110 };
	writeFileSync(path, await format(JSON.stringify(value), options));
}

const brotliSize = (bytes) =>
	brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;

/** Builds one component and writes it with the hashes that tell whether it is stale. */
async function buildOne(folder) {
	const name = basename(folder);
	const { bytes: bare, toolchain } = await build(folder);
	const docs = packageDocs(readFileSync(join(folder, 'wit/world.wit'), 'utf8'));
	const bytes = appendCustomSection(bare, 'package-docs', docs);
	writeFileSync(join(folder, `${name}.wasm`), bytes);
	await writeJson(join(folder, 'build.json'), {
		sources: hashSources(folder),
		component: sha256(bytes),
		size: bytes.length,
		toolchain,
	});
	console.log(`${name.padEnd(16)} ${bytes.length} bytes, ${brotliSize(bytes)} compressed`);
}

/** Copies policies into the scenario of `sample.json`, which carries them verbatim as every scenario does: its own, and those of samples it brings. */
async function syncScenario(folder) {
	const path = join(folder, 'sample.json');
	const sample = readJson(path);
	for (const component of sample.scenario.components) {
		const from = component.source.sample ?? basename(folder);
		component.policy = readFileSync(join(samplesFolder, from, 'policy.yaml'), 'utf8');
	}
	await writeJson(path, sample);
}

// The order in which they are best met: first what works, then what it takes, last what goes wrong.
const order = [
	...[
		'files',
		'time',
		'fetch',
		'weather',
		'notes',
		'text',
		'sqlite',
		'crypto',
		'eval',
		'greet',
		'hello-http',
		'store',
		'digest',
		'pages',
	],
	...['exfiltrator', 'probe', 'cpu-hog', 'memory-hog', 'file-filler'],
];

/** The list that the page shows without fetching a single component. */
async function writeIndex() {
	const entries = componentFolders(samplesFolder)
		.filter((name) => existsSync(join(samplesFolder, name, 'build.json')))
		.sort((a, b) => order.indexOf(a) - order.indexOf(b))
		.map((name) => {
			const { title, summary, language, tags, hostile } = readJson(join(samplesFolder, name, 'sample.json'));
			const { size, component } = readJson(join(samplesFolder, name, 'build.json'));
			return { name, title, summary, language, size, sha256: component, tags, hostile };
		});
	await writeJson(join(samplesFolder, 'index.json'), entries);
}

const names = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const listOnly = process.argv.includes('--list');
const all = [samplesFolder, testsFolder]
	.filter(existsSync)
	.flatMap((folder) => componentFolders(folder).map((name) => join(folder, name)));
const unknown = names.filter((name) => !all.some((folder) => basename(folder) === name));
if (unknown.length > 0) {
	console.error(`No such component: ${unknown.join(', ')}`);
	process.exit(2);
}

for (const folder of all) {
	if (existsSync(join(folder, 'sample.json'))) await syncScenario(folder);
	if (listOnly || (names.length > 0 && !names.includes(basename(folder)))) continue;
	try {
		await buildOne(folder);
	} catch (error) {
		process.exitCode = 1;
		console.error(`${basename(folder)}: ${error instanceof MissingTool ? error.message : error.stack}`);
	}
}
await writeIndex();
