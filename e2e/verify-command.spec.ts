import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, expect, test } from '@playwright/test';
import { descendants, isThere } from './fixtures/processes';
import { component } from './page';

const command = join(import.meta.dirname, '../scripts/tapedeck.mjs');

/** Commands that were started: one that watches would go on for ever after a test that failed. */
const started: ChildProcess[] = [];
test.afterEach(() => {
	for (const child of started.splice(0)) child.kill();
});

/** Starts the command, and collects what it prints. */
function start(words: readonly string[], executablePath: string | undefined) {
	const child = spawn(process.execPath, [command, ...words], {
		stdio: ['ignore', 'pipe', 'pipe'],
		env: { ...process.env, TAPEDECK_CHROMIUM: executablePath ?? chromium.executablePath() },
	});
	started.push(child);
	let out = '';
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (out += String(chunk)));
	const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
	return { child, ended, out: () => out };
}

const granting = (...hosts: readonly string[]) =>
	`version: "1.0"\npermissions:\n  network:\n    allow: [${hosts.map((host) => `{host: "${host}"}`).join(', ')}]\n`;

function writePolicy(folder: string): string {
	const path = join(folder, 'a.yaml');
	writeFileSync(path, granting('a.test'));
	return path;
}

/** A scenario whose one what-if row is denied by the policy in it. */
const asking = (id: string) => ({
	version: 1,
	components: [{ id, source: { sample: 'fetch' }, policy: granting('b.test') }],
	world: { network: 'routes', routes: [{ url: 'https://a.test/*', body: 'A list' }] },
	expectations: [{ request: { kind: 'network', method: 'GET', url: 'https://a.test/' }, outcome: 'allow' }],
	calls: [
		{ tool: 'fetch', arguments: { url: 'https://a.test/' }, expect: { outcome: 'result', text: 'A list' } },
	],
});

test.skip(process.platform !== 'linux', 'it looks at processes as Linux tells of them');

for (const [signal, code] of [
	['SIGTERM', 143],
	['SIGINT', 130],
] as const)
	// The other signal ends the command that watches, below.
	test(
		`${signal} ends the command that checks scenarios, with its browser, in the middle of a call`,
		{ tag: signal === 'SIGINT' ? '@long' : [] },
		async ({ launchOptions }, { outputDir }) => {
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
		},
	);

test('files are held to the policies of the repository, and again when these change, until it is ended', async ({
	launchOptions,
}, { outputDir }) => {
	mkdirSync(outputDir, { recursive: true });
	const file = join(outputDir, 'asks.tapedeck.json');
	const policy = join(outputDir, 'fetch.yaml');
	writeFileSync(file, JSON.stringify(asking('fetch')));
	writeFileSync(policy, granting('a.test'));
	const { child, ended, out } = start(
		['verify', '--watch', '--policy', `fetch=${policy}`, outputDir],
		launchOptions.executablePath,
	);
	await expect.poll(out).toContain('1 file: 2 checks passed, 0 failed');
	await expect.poll(out).toContain('Watching for changes.');
	writeFileSync(policy, granting('b.test'));
	await expect.poll(out).toContain('no rule of the policy grants it');
	await expect.poll(out).toContain('1 file: 0 checks passed, 2 failed');
	// Another file, put in the place of the first as editors do; and a scenario that was not there.
	writeFileSync(`${policy}~`, granting('a.test', 'c.test'));
	renameSync(`${policy}~`, policy);
	await expect.poll(() => out().match(/1 file: 2 checks passed/g)?.length).toBe(2);
	writeFileSync(join(outputDir, 'also.tapedeck.json'), JSON.stringify(asking('other')));
	await expect.poll(out).toContain('also.tapedeck.json (0.8.1, 2 of 2 checks failed)');
	const before = descendants(child.pid!);
	expect(before.length).toBeGreaterThan(0);
	child.kill('SIGINT');
	expect(await ended).toBe(130);
	await expect.poll(() => before.filter(isThere)).toEqual([]);
});

test('a file that takes too long is ended, and those after it are checked all the same', async ({
	launchOptions,
}, { outputDir }) => {
	mkdirSync(outputDir, { recursive: true });
	writeFileSync(join(outputDir, 'loop.wasm'), component('loop'));
	const endless = {
		version: 1,
		components: [{ id: 'loop', source: { file: 'loop.wasm' }, policy: null }],
		limits: { callMs: 120_000 },
		calls: [{ tool: 'spin', arguments: {} }],
	};
	writeFileSync(join(outputDir, 'a.tapedeck.json'), JSON.stringify(endless));
	writeFileSync(join(outputDir, 'b.tapedeck.json'), JSON.stringify({ ...asking('x'), calls: [] }));
	const { ended, out } = start(
		['verify', '--timeout', '3', '--policy', `x=${writePolicy(outputDir)}`, outputDir],
		launchOptions.executablePath,
	);
	expect(await ended).toBe(2);
	expect(out()).toContain('a.tapedeck.json: It took longer than 3 seconds and was ended.');
	expect(out()).toContain('b.tapedeck.json (0.8.1, 1 check)');
});
