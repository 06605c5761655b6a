import { dirname, join } from 'node:path';
import { MissingTool, run } from './toolchain.mjs';

const manifest = new URL('../wasi/Cargo.toml', import.meta.url).pathname;

/** Folder by name of a crate; asked once. */
let folders = null;

function crateFolder(name) {
	if (!folders) {
		let metadata;
		try {
			metadata = run('cargo', ['metadata', '--locked', '--format-version', '1', '--manifest-path', manifest]);
		} catch {
			throw new MissingTool('WASI comes from crates, and cargo could not get them: see https://rustup.rs');
		}
		folders = new Map(
			JSON.parse(metadata).packages.map(({ name, manifest_path }) => [name, dirname(manifest_path)]),
		);
	}
	return folders.get(name);
}

/** The folder of a WIT package of WASI 0.2.0, named without its namespace: `clocks`. */
export const wasiPackageFolder = (name) => join(crateFolder('wasi'), 'wit/deps', name);

/** The preview 1 adapter of a `command` or a `reactor`. */
export const adapterPath = (kind) =>
	join(
		crateFolder('wasi-preview1-component-adapter-provider'),
		'artefacts',
		`wasi_snapshot_preview1.${kind}.wasm`,
	);
