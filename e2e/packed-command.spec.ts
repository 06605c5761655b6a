import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, expect, test } from '@playwright/test';

const root = join(import.meta.dirname, '..');
/** The version of MCP Inspector that lists and calls; it is fetched for this test, and too large to be a dependency. */
const inspector = '@modelcontextprotocol/inspector@2.12.0';

test(
	'MCP Inspector lists and calls through what npm packs, installed in an empty folder',
	{ tag: '@long' },
	({ launchOptions }, { outputDir }) => {
		test.slow();
		rmSync(outputDir, { recursive: true, force: true });
		mkdirSync(outputDir, { recursive: true });
		// A folder of its own, also for npm, which looks for one further up.
		writeFileSync(join(outputDir, 'package.json'), '{"private":true}');
		const env = {
			...process.env,
			TAPEDECK_CHROMIUM: launchOptions.executablePath ?? chromium.executablePath(),
		};
		const npm = (...words: string[]) =>
			execFileSync('npm', [...words, '--ignore-scripts', '--no-audit', '--no-fund'], {
				cwd: outputDir,
				env,
				encoding: 'utf8',
				stdio: ['ignore', 'pipe', 'pipe'],
			});
		npm('pack', root);
		const packed = readdirSync(outputDir).find((name) => name.endsWith('.tgz'))!;
		try {
			npm('install', `./${packed}`, inspector);
		} catch (error) {
			test.skip(
				true,
				`Packages could not be fetched: ${String((error as { stderr?: string }).stderr).slice(0, 200)}`,
			);
		}
		const command = join(outputDir, 'node_modules', '.bin', 'tapedeck');
		expect(existsSync(command)).toBe(true);
		const inspect = (...words: string[]) =>
			execFileSync(
				join(outputDir, 'node_modules', '.bin', 'mcp-inspector'),
				['--cli', command, 'serve', 'sample:files', ...words],
				{ cwd: outputDir, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
			);
		expect(inspect('--method', 'tools/list')).toContain('"list-directory"');
		const called = inspect(
			'--method',
			'tools/call',
			'--tool-name',
			'list-directory',
			'--tool-arg',
			'path=/data',
		);
		expect(called).toContain('notes.txt');
	},
);
