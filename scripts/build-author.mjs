/*
 * Builds what the page makes components with, out of `author/builder`, `author/joiner` and the crates that their lock files name:
 *
 *   npm run build:author             both
 *   npm run build:author joiner      what joins components, and nothing else
 *
 * It needs cargo and a Rust compiler with the target wasm32-unknown-unknown, and writes into author/engine-N of the highest N what is not in an
 * earlier folder already. A published engine never changes, for links name it: make a folder of the next number first, with a copy of the
 * prelude, and name it in src/author/engines.ts.
 */
import { copyFileSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findRust, run } from './components/toolchain.mjs';
import { engineFolders, fileOfNewest, recordEngine } from './author/record-engine.mjs';
import { recordJoiner } from './author/record-joiner.mjs';

const root = new URL('../author/', import.meta.url).pathname;
const target = 'wasm32-unknown-unknown';
const [folder] = engineFolders();

const rust = findRust(target);
/** What cargo says of a crate of ours. */
const metadataOf = (crate) =>
	JSON.parse(
		run(
			'cargo',
			[
				...['metadata', '--locked', '--format-version', '1'],
				...['--manifest-path', join(root, crate, 'Cargo.toml')],
			],
			{ maxBuffer: 2 ** 28 },
		),
	);
/** Builds a crate of ours, and gives the path of its WebAssembly. `crates` is where cargo keeps what it fetched. */
function build(crate, crates) {
	const output = metadataOf(crate).target_directory;
	// Messages carry source paths: without the path of whoever builds, the bytes are the same everywhere.
	const flags = [
		...rust.flags,
		`--remap-path-prefix=${join(root, crate)}=${crate}`,
		`--remap-path-prefix=${crates}=crates`,
		`--remap-path-prefix=${output}=build`,
		`--remap-path-prefix=${rust.sysroot}/lib/rustlib/src/rust=rust`,
	];
	run(
		'cargo',
		['build', '--release', '--locked', '--target', target, '--ignore-rust-version', ...rust.args],
		{
			cwd: join(root, crate),
			env: { ...process.env, ...rust.env, CARGO_ENCODED_RUSTFLAGS: flags.join('\x1f') },
		},
	);
	return join(output, target, `release/${crate}.wasm`);
}

/** The folder of a package that a crate of ours depends on. */
const folderOf = (crate, name) =>
	dirname(metadataOf(crate).packages.find((found) => found.name === name).manifest_path);

function buildEngine() {
	const runtimes = folderOf('runtimes', 'componentize-qjs');
	const engines = join(runtimes, 'prebuilt');
	for (const [from, to] of [
		[build('builder', dirname(dirname(runtimes))), 'builder.wasm'],
		[join(engines, 'runtime-opt-size-sync.wasm'), 'sync.wasm'],
		[join(engines, 'runtime-opt-size-sync.wasm.cdx.json'), 'sync.wasm.cdx.json'],
		[join(engines, 'runtime-opt-size.wasm'), 'async.wasm'],
		[join(engines, 'runtime-opt-size.wasm.cdx.json'), 'async.wasm.cdx.json'],
	]) {
		const there = fileOfNewest(to);
		// What an earlier engine has already is not put down twice.
		if (there && readFileSync(there).equals(readFileSync(from))) continue;
		copyFileSync(from, join(root, folder, to));
		console.log(`${to} is another than before: ${folder} has its own now; name it in src/author/engines.ts.`);
	}
	recordEngine(rust.version);
}

if (process.argv[2] !== 'joiner') buildEngine();
copyFileSync(
	build('joiner', dirname(dirname(folderOf('joiner', 'wac-graph')))),
	join(root, 'joiner/joiner.wasm'),
);
recordJoiner(rust.version);
