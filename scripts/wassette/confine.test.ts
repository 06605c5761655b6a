import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { confine } from './confine.mjs';

/** Where the binary would leave a trace of having been run. */
let folder: string;
let trace: string;
const { PATH: path, TMPDIR: temporary } = process.env;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'confine-test-'));
	trace = join(folder, 'ran');
	process.env['TMPDIR'] = folder;
	for (const name of ['tools', 'libraries']) mkdirSync(join(folder, name));
	writeScript(join(folder, 'wassette'), `touch '${trace}'`);
	writeScript(join(folder, 'libraries/ld-linux-x86-64.so.2'), `touch '${trace}'`);
});

afterEach(() => {
	process.env['PATH'] = path;
	if (temporary === undefined) delete process.env['TMPDIR'];
	else process.env['TMPDIR'] = temporary;
	rmSync(folder, { recursive: true, force: true });
});

function writeScript(file: string, line: string) {
	writeFileSync(file, `#!/bin/sh\n${line}\n`);
	chmodSync(file, 0o755);
}

const given = () => ({ binary: join(folder, 'wassette'), libraries: join(folder, 'libraries') });
const rootsLeft = () => readdirSync(folder).filter((name) => name.startsWith('wassette-root-'));

describe.skipIf(process.platform !== 'linux')('a binary that cannot be shut in', () => {
	test('is not run where there is no tool that makes namespaces', async () => {
		process.env['PATH'] = join(folder, 'tools');
		const made = await confine(given());
		expect(made).toEqual({
			ok: false,
			error: 'The binary is not run: it is shut in with unshare (of util-linux), which is not here.',
		});
		expect(existsSync(trace)).toBe(false);
	});

	test('is not run where the system does not let namespaces be made, and leaves no root behind', async () => {
		writeScript(join(folder, 'tools/unshare'), "echo 'unshare failed: Operation not permitted' >&2; exit 1");
		writeScript(join(folder, 'tools/ip'), 'exit 0');
		process.env['PATH'] = `${join(folder, 'tools')}${delimiter}${path ?? ''}`;
		const made = await confine(given());
		expect(made).toMatchObject({ ok: false });
		expect(made.ok || made.error).toContain('could not be shut in: unshare failed: Operation not permitted');
		expect(existsSync(trace)).toBe(false);
		expect(rootsLeft()).toEqual([]);
	});
});
