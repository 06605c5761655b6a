import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, expect, test } from '@playwright/test';

const root = join(import.meta.dirname, '..');

/** Packs the package and unpacks it into an empty folder as npm does, beside what it depends on. Gives its command. */
function installInto(folder: string): string {
	const modules = join(folder, 'node_modules');
	const place = join(modules, 'tapedeck');
	mkdirSync(place, { recursive: true });
	execFileSync('npm', ['pack', root, '--ignore-scripts', '--silent'], { cwd: folder });
	const packed = readdirSync(folder).find((name) => name.endsWith('.tgz'))!;
	execFileSync('tar', ['-xzf', packed, '-C', place, '--strip-components=1'], { cwd: folder });
	for (const name of ['@playwright', '@modelcontextprotocol', 'playwright', 'playwright-core'])
		symlinkSync(join(root, 'node_modules', name), join(modules, name));
	return join(place, 'scripts', 'tapedeck.mjs');
}

test(
	'what npm packs checks, compares, verifies and runs in an empty folder',
	{ tag: '@long' },
	async ({ launchOptions }, { outputDir }) => {
		mkdirSync(outputDir, { recursive: true });
		const command = installInto(outputDir);
		const env = {
			...process.env,
			GITHUB_ACTIONS: '',
			// With both of them Node itself writes a warning.
			FORCE_COLOR: undefined,
			TAPEDECK_CHROMIUM: launchOptions.executablePath ?? chromium.executablePath(),
		};
		const tapedeck = (...words: readonly string[]) =>
			new Promise<{ code: number; out: string; error: string }>((resolve) =>
				execFile(process.execPath, [command, ...words], { cwd: outputDir, env }, (failure, out, error) =>
					resolve({ code: failure ? Number(failure.code) : 0, out, error }),
				),
			);
		const policy =
			'version: "1.0"\npermissions:\n  storage:\n    allow:\n      - uri: "fs:///data"\n        access: [read]\n';
		writeFileSync(join(outputDir, 'policy.yaml'), policy);
		writeFileSync(join(outputDir, 'more.yaml'), `${policy}  environment:\n    allow:\n      - key: KEY\n`);
		writeFileSync(join(outputDir, 'broken.yaml'), 'permissions: [');
		writeFileSync(
			join(outputDir, 'a.tapedeck.json'),
			JSON.stringify({
				version: 1,
				components: [{ id: 'files', source: { sample: 'files' }, policy: null }],
				world: { files: { '/data/a.txt': 'A' } },
				calls: [
					{ tool: 'read-file', arguments: { path: '/data/a.txt' }, expect: { outcome: 'result', text: 'A' } },
				],
			}),
		);
		const lent = join(outputDir, 'lent');
		mkdirSync(lent);
		writeFileSync(join(lent, 'a.txt'), 'A');
		const write = ['sample:files', 'write-file', 'content=new'];
		writeFileSync(join(outputDir, 'write.yaml'), policy.replace('[read]', '[read, write]'));
		const [checked, broken, compared, verified, written, denied, nothing, unknown] = await Promise.all([
			tapedeck('check', '.', '--json'),
			tapedeck('check', 'broken.yaml'),
			tapedeck('diff', 'policy.yaml', 'more.yaml'),
			tapedeck('verify', '.', '--policy', 'files=policy.yaml', '--json'),
			tapedeck('run', '--dir', 'lent=/data', '--policy', 'write.yaml', ...write, 'path=/data/b.txt'),
			tapedeck('run', '--dir', 'lent=/data', '--policy', 'more.yaml', '--json', ...write, 'path=/data/c.txt'),
			tapedeck('--help'),
			tapedeck('nonsense'),
		]);
		expect(checked).toMatchObject({ code: 0, error: '' });
		expect(JSON.parse(checked.out).files[0]).toMatchObject({
			file: 'policy.yaml',
			problems: [],
			grants: [{ grants: [{ words: 'read fs:///data', line: 5 }] }],
		});
		expect(broken).toMatchObject({ code: 1, out: expect.stringContaining('broken.yaml: 1 error') });
		expect(compared).toMatchObject({ code: 1, out: expect.stringContaining('+ environment: KEY (line 9)') });
		expect(verified.code).toBe(0);
		expect(JSON.parse(verified.out).files).toMatchObject([
			{ file: 'a.tapedeck.json', ok: true, checks: [{ kind: 'call', passed: true }] },
		]);
		expect(written.out).toBe('{"ok":"Wrote 3 bytes to /data/b.txt"}\n');
		expect(written.error).toContain('✓ storage write /data/b.txt');
		expect(written.error).toContain('Allowed to write /data/b.txt by line 5');
		expect(written.code).toBe(0);
		expect(readdirSync(lent)).toEqual(['a.txt', 'b.txt']);
		// An err of WIT is a result; the policy of the command line is what decided.
		expect(JSON.parse(denied.out)).toMatchObject({
			result: { isError: false },
			activity: expect.arrayContaining([expect.objectContaining({ target: '/data/c.txt', outcome: 'deny' })]),
		});
		expect(denied.code).toBe(0);
		expect(nothing.code).toBe(0);
		expect(unknown).toMatchObject({
			code: 2,
			error: expect.stringContaining('There is no command nonsense.'),
		});
		for (const [, name] of nothing.out.matchAll(/^ {2}([a-z]+) /gm)) {
			const help = await tapedeck(name!, '--help');
			expect(help.code, name).toBe(0);
			expect(help.out, name).toContain(`Usage: tapedeck ${name}`);
			expect(help.error, name).toBe('');
		}
	},
);
