import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { renameImports, withoutExport } from './sections.mjs';
import {
	findArchiver,
	findClang,
	findJco,
	findNodeCommand,
	findRust,
	findWitBindgen,
	run,
} from './toolchain.mjs';
import { adapterPath } from './wasi.mjs';
import { placeDependencies, selfContained, worldName } from './wit.mjs';

const root = new URL('../..', import.meta.url).pathname.replace(/\/$/, '');
const buildFolder = join(root, 'static-components/build/');

const worldText = (folder) => readFileSync(join(folder, 'wit/world.wit'), 'utf8');

function sources(folder, extension) {
	return readdirSync(join(folder, 'src'))
		.filter((file) => file.endsWith(extension))
		.sort()
		.map((file) => join(folder, 'src', file));
}

const filesBelow = (folder) =>
	readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name));

function freshFolder(name) {
	const path = join(buildFolder, name);
	rmSync(path, { recursive: true, force: true });
	mkdirSync(path, { recursive: true });
	return path;
}

/** A core module as a component; one that was linked against preview 1 gets the adapter. */
async function toComponent(core, kind = 'reactor') {
	const { componentNew } = await findJco();
	const needsAdapter = WebAssembly.Module.imports(new WebAssembly.Module(core)).some(
		({ module }) => module === 'wasi_snapshot_preview1',
	);
	const adapter = () => new Uint8Array(readFileSync(adapterPath(kind)));
	return componentNew(new Uint8Array(core), needsAdapter ? [['wasi_snapshot_preview1', adapter()]] : []);
}

/** Gives a core module its world, WASI's packages included; without one, a module that does nothing and imports all that the world does. */
async function embed(folder, core, options = {}) {
	const { componentEmbed, componentNew } = await findJco();
	const text = worldText(folder);
	const embedded = await componentEmbed({
		...(core ? { binary: new Uint8Array(core) } : { dummy: true }),
		witSource: selfContained(text),
		world: worldName(text),
		...options,
	});
	return componentNew(embedded, []);
}

/** WebAssembly text: a component as it is; a core module is given its world. */
async function fromText(folder) {
	const { parse } = await findJco();
	const [file] = sources(folder, '.wat');
	const text = readFileSync(file, 'utf8');
	const binary = await parse(text);
	return {
		bytes: /^\(module\b/m.test(text) ? await embed(folder, binary) : binary,
		toolchain: ['wasm-tools'],
	};
}

/** Nothing but a world: a component that imports all of it. */
const fromWorld = async (folder) => ({ bytes: await embed(folder), toolchain: ['wasm-tools'] });

/** C with bindings that wit-bindgen generates. A source with `main` becomes a command. */
async function fromC(folder) {
	const clang = findClang();
	const files = sources(folder, '.c');
	const isCommand = files.some((file) => /^int main\(/m.test(readFileSync(file, 'utf8')));
	const out = freshFolder(`c-${basename(folder)}`);
	const toolchain = [clang.version];
	const bindings = [];
	if (!isCommand) {
		const generator = findWitBindgen();
		toolchain.push(generator.version);
		placeDependencies(join(folder, 'wit'));
		run(generator.command, ['c', join(folder, 'wit'), '--out-dir', out]);
		bindings.push(...readdirSync(out).filter((file) => /\.[co]$/.test(file)));
	}
	const core = join(out, 'core.wasm');
	run(clang.command, [
		...['--target=wasm32-wasi', `-mexec-model=${isCommand ? 'command' : 'reactor'}`],
		...['-std=gnu17', '-Oz', '-flto', '-Wall', '-Wextra', '-Werror', '-Wno-unused-parameter'],
		...[`-I${out}`, `-ffile-prefix-map=${out}=.`, `-ffile-prefix-map=${folder}=.`],
		...['-Wl,--strip-all,--gc-sections', '-o', core],
		...files,
		...bindings.map((file) => join(out, file)),
	]);
	return { bytes: await toComponent(readFileSync(core), isCommand ? 'command' : 'reactor'), toolchain };
}

/** Rust with the `wit_bindgen::generate!` macro; the target is what the crate's `.cargo/config.toml` names. */
async function fromRust(folder) {
	const target = /^target = "([^"]+)"/m.exec(readFileSync(join(folder, '.cargo/config.toml'), 'utf8'))[1];
	const rust = findRust(target);
	placeDependencies(join(folder, 'wit'));
	const cargoHome = process.env.CARGO_HOME ?? join(homedir(), '.cargo');
	const output = join(buildFolder, 'cargo');
	// Panic messages carry source paths: without the path of whoever builds, the bytes are the same everywhere. The flags are the same for
	// every crate, so that what they share is built once.
	const flags = [
		...rust.flags,
		`--remap-path-prefix=${root}=.`,
		`--remap-path-prefix=${cargoHome}=cargo`,
		`--remap-path-prefix=${output}=build`,
		`--remap-path-prefix=${rust.sysroot}/lib/rustlib/src/rust=rust`,
	];
	const manifest = readFileSync(join(folder, 'Cargo.toml'), 'utf8');
	const c = /^compiles-c = true$/m.test(manifest) ? findClang() : null;
	const locked = existsSync(join(folder, 'Cargo.lock')) ? ['--locked'] : [];
	run('cargo', ['build', '--release', '--quiet', '--target', target, ...locked, ...rust.args], {
		cwd: folder,
		env: {
			...process.env,
			...rust.env,
			// What the cc crate reads, for crates that bring C along.
			...(c && { TARGET_CC: c.command, TARGET_AR: findArchiver(), TARGET_CFLAGS: '--target=wasm32-wasi' }),
			CARGO_TARGET_DIR: output,
			CARGO_ENCODED_RUSTFLAGS: flags.join('\x1f'),
		},
	});
	const crate = /^name = "([^"]+)"/m.exec(manifest)[1];
	const core = readFileSync(join(output, target, 'release', `${crate.replaceAll('-', '_')}.wasm`));
	// The linker for WASI 0.2 makes a component of it by itself.
	const bytes = core[6] === 1 ? new Uint8Array(core) : await toComponent(core);
	return { bytes, toolchain: [rust.version, ...(c ? [c.version] : [])] };
}

/** AssemblyScript; its strings are UTF-16, and the component says so. */
async function fromAssemblyScript(folder) {
	const compiler = findNodeCommand('assemblyscript', 'bin/asc.js');
	const out = freshFolder(`as-${basename(folder)}`);
	const core = join(out, 'core.wasm');
	run(process.execPath, [
		...[compiler, join(folder, 'src', 'index.ts'), '--outFile', core],
		...['--runtime', 'incremental', '-Oz', '--noAssert', '--use', 'abort='],
	]);
	return {
		bytes: await embed(folder, readFileSync(core), { stringEncoding: 'utf16' }),
		toolchain: [`AssemblyScript ${run(process.execPath, [compiler, '--version']).trim()}`],
	};
}

/**
 * JavaScript, with the QuickJS engine inside. The engine itself imports all of WASI; those imports are replaced by traps. So that this does
 * not hit the interfaces that the world asks for, these go by another name while the component is made. A world with asynchronous functions
 * is built as the compiler does it by default.
 */
async function fromJavaScript(folder) {
	const compiler = findNodeCommand('componentize-qjs', 'cli.mjs');
	const name = basename(folder);
	const out = freshFolder(`js-${name}`);
	placeDependencies(join(folder, 'wit'));
	const disguised = (path) => {
		const to = join(out, relative(folder, path));
		mkdirSync(dirname(to), { recursive: true });
		writeFileSync(to, readFileSync(path, 'utf8').replaceAll('wasi:', 'wasx:'));
	};
	const isAsync = /\basync func\b/.test(readFileSync(join(folder, 'wit/world.wit'), 'utf8'));
	const [placed, how] = isAsync ? [folder, []] : [out, ['--sync', '--opt-size', '--minify', '--stub-wasi']];
	if (!isAsync) for (const part of ['src', 'wit']) filesBelow(join(folder, part)).forEach(disguised);
	const component = join(out, 'component.wasm');
	run(process.execPath, [
		...[compiler, '--wit', join(placed, 'wit'), '--js', join(placed, 'src', `${name}.js`)],
		...['--module-root', join(placed, 'src'), ...how, '-o', component],
	]);
	// `init` is how the compiler hands the script to the engine; nothing may call it afterwards.
	const bytes = withoutExport(new Uint8Array(readFileSync(component)), 'init');
	return { bytes: renameImports(bytes, 'wasx:', 'wasi:'), toolchain: ['componentize-qjs 0.4.5'] };
}

/** The languages in the order in which a folder is matched. */
const languages = [
	{ matches: (folder) => !existsSync(join(folder, 'src')), build: fromWorld },
	{ matches: (folder) => existsSync(join(folder, 'Cargo.toml')), build: fromRust },
	{ matches: (folder) => sources(folder, '.wat').length > 0, build: fromText },
	{ matches: (folder) => sources(folder, '.c').length > 0, build: fromC },
	{ matches: (folder) => sources(folder, '.ts').length > 0, build: fromAssemblyScript },
	{ matches: (folder) => sources(folder, '.js').length > 0, build: fromJavaScript },
];

/** Builds the component in a folder by the language of its sources. */
export function build(folder) {
	const language = languages.find(({ matches }) => matches(folder));
	if (!language) throw new Error(`${folder}: no source in a language that is built here`);
	return language.build(folder);
}
