import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, expect, test } from '@playwright/test';
import { component } from './page';

const command = join(import.meta.dirname, '../scripts/tapedeck.mjs');

/** Processes that came from one, by what Linux tells of them; their command lines. */
function descendants(ancestor: number): readonly string[] {
	const parents = new Map<number, number>();
	for (const name of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
		try {
			const [, parent] = /\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, 'utf8')) ?? [];
			parents.set(Number(name), Number(parent));
		} catch {
			// It is gone.
		}
	}
	const found = new Set([ancestor]);
	for (let size = 0; size !== found.size;) {
		size = found.size;
		for (const [id, parent] of parents) if (found.has(parent)) found.add(id);
	}
	found.delete(ancestor);
	return [...found].map((id) => {
		try {
			return `${id} ${readFileSync(`/proc/${id}/cmdline`, 'utf8')}`;
		} catch {
			return `${id} `;
		}
	});
}

const isThere = (line: string) => {
	const [id] = line.split(' ');
	try {
		return !/^State:\s+Z/m.test(readFileSync(`/proc/${id}/status`, 'utf8'));
	} catch {
		return false;
	}
};

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
