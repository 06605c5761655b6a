import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A tool that a sample needs and this machine lacks; the message says how to get it. Nothing is ever installed for you. */
export class MissingTool extends Error {}

/** Runs a command and returns its output; what it complains about goes to the terminal. */
export function run(command, args, options = {}) {
	return execFileSync(command, args, { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8', ...options });
}

const works = (command) => spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;

function firstWorking(commands, missing) {
	const found = commands.find((command) => command && works(command));
	if (!found) throw new MissingTool(missing);
	return found;
}

const version = (command) => run(command, ['--version']).split('\n')[0].trim();

/** clang with a WASI sysroot: `WASM_CC`, a WASI SDK's, or Debian's. */
export function findClang() {
	const missing =
		'clang for WebAssembly is missing: apt-get install clang-19 lld-19 libclang-rt-19-dev-wasm32 wasi-libc\n' +
		'  (or set WASM_CC to the clang of a WASI SDK)';
	const command = firstWorking([process.env.WASM_CC, 'clang-19'], missing);
	if (command === 'clang-19' && !existsSync('/usr/lib/wasm32-wasi/libc.a')) throw new MissingTool(missing);
	return { command, version: `${version(command)}${command === 'clang-19' ? debianLibrary() : ''}` };
}

/** The version of Debian's C library, which decides the bytes as much as the compiler does; empty where it cannot be told. */
function debianLibrary() {
	const query = spawnSync('dpkg-query', ['-W', '-f', ', wasi-libc ${Version}', 'wasi-libc'], {
		encoding: 'utf8',
	});
	return query.status === 0 ? query.stdout : '';
}

/** The archiver that goes with that clang: one that knows WebAssembly objects. */
export const findArchiver = () =>
	firstWorking(
		[process.env.WASM_AR, 'llvm-ar-19', 'llvm-ar'],
		'llvm-ar is missing: apt-get install llvm-19 (or set WASM_AR to its path)',
	);

/** The generator of C bindings. */
export function findWitBindgen() {
	const command = firstWorking(
		[process.env.WIT_BINDGEN, 'wit-bindgen'],
		'wit-bindgen is missing: cargo install wit-bindgen-cli@0.63.0 --locked\n  (or set WIT_BINDGEN to its path)',
	);
	return { command, version: version(command) };
}

function hasStandardLibrary(rustc, target) {
	const libraries = run(rustc, ['--print', 'target-libdir', '--target', target]).trim();
	return existsSync(libraries) && readdirSync(libraries).some((file) => /^libstd-.*\.rlib$/.test(file));
}

const sysroot = (rustc) => run(rustc, ['--print', 'sysroot']).trim();

const standardLibrarySource = (rustc) =>
	existsSync(join(sysroot(rustc), 'lib/rustlib/src/rust/library/Cargo.toml'));

/**
 * A Rust compiler for a target, and what cargo must be told to use it. A compiler that ships the target's standard library is
 * preferred; one that ships the library's source builds it (Debian packages Rust that way).
 */
export function findRust(target) {
	const missing =
		`Rust for ${target} is missing: rustup target add ${target}\n` +
		'  (or, on Debian: apt-get install rustc-web rust-web-src lld-22 wasi-libc)';
	firstWorking(['cargo'], 'cargo is missing: see https://rustup.rs, or apt-get install cargo');
	const candidates = [process.env.RUSTC, 'rustc', '/usr/bin/rustc'].filter((rustc) => rustc && works(rustc));
	const ready = candidates.find((rustc) => hasStandardLibrary(rustc, target));
	if (ready)
		return { version: version(ready), sysroot: sysroot(ready), env: { RUSTC: ready }, args: [], flags: [] };

	const buildable = candidates.find(standardLibrarySource);
	if (!buildable) throw new MissingTool(missing);
	const linker = firstWorking(['wasm-ld-22', 'wasm-ld'], missing);
	const linkerVariable = `CARGO_TARGET_${target.toUpperCase().replaceAll('-', '_')}_LINKER`;
	return {
		version: version(buildable),
		sysroot: sysroot(buildable),
		// -Zbuild-std is what this variable unlocks; the samples use no unstable feature of the language.
		env: { RUSTC: buildable, RUSTC_BOOTSTRAP: '1', [linkerVariable]: linker },
		args: ['-Zbuild-std=std,panic_abort', '-Zbuild-std-features=optimize_for_size'],
		flags: target.startsWith('wasm32-wasi') ? ['-Clink-arg=-L/usr/lib/wasm32-wasi'] : [],
	};
}

const toolsFolder = new URL('../../static-components/', import.meta.url).pathname;
const toolsMissing =
	'The tools of the samples are missing: npm ci --prefix static-components --ignore-scripts';

/** The path of a command of an npm package that only the samples need: their manifest is static-components/package.json. */
export function findNodeCommand(name, path) {
	const command = join(toolsFolder, 'node_modules', name, path);
	if (!existsSync(command)) throw new MissingTool(toolsMissing);
	return command;
}

/** jco, which makes components of core modules. */
export async function findJco() {
	const require = createRequire(join(toolsFolder, 'package.json'));
	try {
		return await import(pathToFileURL(require.resolve('@bytecodealliance/jco')));
	} catch {
		throw new MissingTool(toolsMissing);
	}
}
