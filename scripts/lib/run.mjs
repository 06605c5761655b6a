import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder, absolute. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** Runs a command in the project with its output shown; true if it ended well. */
export function run(command, args, env = {}) {
	const { status } = spawnSync(command, args, {
		cwd: root,
		stdio: ['ignore', 'inherit', 'inherit'],
		env: { ...process.env, ...env },
		shell: process.platform === 'win32',
	});
	return status === 0;
}

/** Runs a command in the project with its output kept in a file; resolves with true if it ended well. */
export function runInto(log, command, args, env = {}) {
	const out = openSync(log, 'a');
	return new Promise((resolve) => {
		const child = spawn(command, args, {
			cwd: root,
			stdio: ['ignore', out, out],
			env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, ...env },
			shell: process.platform === 'win32' && command === npm,
		});
		child.on('error', () => resolve(false));
		child.on('exit', (code) => resolve(code === 0));
	}).finally(() => closeSync(out));
}

/** Runs a program that an installed package brings, with its output kept in a file. */
export const runBinInto = (log, name, args, env) =>
	runInto(log, process.execPath, [join(root, 'node_modules', ...binOf(name)), ...args], env);

/** Runs a program that an installed package brings. */
export const runBin = (name, args, env) =>
	run(process.execPath, [join(root, 'node_modules', ...binOf(name)), ...args], env);

/** Path inside node_modules of a package's program, read from its package.json. */
export function binOf(name) {
	const [packageName, binName] = name.split('#');
	const { bin } = JSON.parse(readFileSync(join(root, 'node_modules', packageName, 'package.json'), 'utf8'));
	return [packageName, typeof bin === 'string' ? bin : bin[binName ?? packageName]];
}

/** Whether what package-lock.json names still has to be installed. Throws where Node is too old. */
export function mustInstall() {
	const [major] = process.versions.node.split('.').map(Number);
	if (major < 20) throw new Error(`Node 20 or newer is needed; this is ${process.version}.`);
	const installed = join(root, 'node_modules', '.package-lock.json');
	const wanted = join(root, 'package-lock.json');
	return !existsSync(installed) || statSync(installed).mtimeMs < statSync(wanted).mtimeMs;
}

/** Installs exactly what package-lock.json names. No package here needs an install script; not running any is one thing less to trust. */
export const installInto = (log) => runInto(log, npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
