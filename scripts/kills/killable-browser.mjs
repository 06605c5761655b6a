import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from '@playwright/test';

const portFile = 'DevToolsActivePort';

/** Starts a browser without a window on a profile folder that outlives it, and opens a page; `kill` ends it as a crash or a power cut would. */
export async function openKillable(executable, profile) {
	await rm(join(profile, portFile), { force: true });
	const child = spawn(
		executable,
		[
			...[
				'--headless',
				'--window-size=1280,800',
				'--no-sandbox',
				'--disable-gpu',
				'--no-first-run',
				'--remote-debugging-port=0',
			],
			...[`--user-data-dir=${profile}`, 'about:blank'],
		],
		// A group of its own: every process of the browser is killed at once.
		{ detached: true, stdio: 'ignore' },
	);
	const ended = new Promise((resolve) => child.once('exit', resolve));
	// A run that breaks leaves no browser behind.
	const endNow = () => void process.kill(-child.pid, 'SIGKILL');
	process.once('exit', endNow);
	child.once('exit', () => process.off('exit', endNow));
	const port = await portOf(profile, child);
	const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
	const [context] = browser.contexts();
	return {
		page: await context.newPage(),
		async kill() {
			endNow();
			await ended;
			await browser.close().catch(() => {});
		},
	};
}

/** The port that the browser writes down once it listens. */
async function portOf(profile, child) {
	for (;;) {
		const text = await readFile(join(profile, portFile), 'utf8').catch(() => '');
		const [port] = text.split('\n');
		if (text.includes('\n')) return port;
		if (child.exitCode !== null) throw new Error(`The browser ended with ${child.exitCode}.`);
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}
