import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, expect, test } from '@playwright/test';
import { descendants, isThere } from './fixtures/processes';
import { component } from './page';

const command = join(import.meta.dirname, '../scripts/tapedeck.mjs');

test.skip(process.platform !== 'linux', 'it looks at processes as Linux tells of them');

for (const [signal, code] of [
	['SIGTERM', 143],
	['SIGINT', 130],
] as const)
	test(`${signal} ends the command that checks scenarios, with its browser, in the middle of a call`, async ({
		launchOptions,
	}, { outputDir }) => {
		mkdirSync(outputDir, { recursive: true });
		writeFileSync(join(outputDir, 'loop.wasm'), component('loop'));
		const scenario = {
			version: 1,
			components: [{ id: 'loop', source: { file: 'loop.wasm' }, policy: null }],
			limits: { callMs: 120_000 },
			calls: [{ tool: 'spin', arguments: {}, expect: { outcome: 'result' } }],
		};
		const file = join(outputDir, 'endless.tapedeck.json');
		writeFileSync(file, JSON.stringify(scenario));
		const child = spawn(process.execPath, [command, 'verify', file], {
			stdio: 'ignore',
			env: { ...process.env, TAPEDECK_CHROMIUM: launchOptions.executablePath ?? chromium.executablePath() },
		});
		const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
		const pid = child.pid!;
		await expect
			.poll(() => descendants(pid).filter((line) => line.includes('--type=renderer')).length)
			.toBeGreaterThan(0);
		const before = descendants(pid);
		child.kill(signal);
		expect(await ended).toBe(code);
		await expect.poll(() => before.filter(isThere)).toEqual([]);
	});
