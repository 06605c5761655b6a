import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';

const systemChromium = '/usr/bin/chromium';
const options = {
	executablePath: process.env.TAPEDECK_CHROMIUM ?? (existsSync(systemChromium) ? systemChromium : undefined),
	args: ['--no-sandbox', '--disable-gpu'],
};

/** The browser that the tests use too. */
export const launch = () => chromium.launch(options);

/** Does something in a browser profile of its own. */
export async function inProfile(browser, options, work) {
	const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
	try {
		return await work(await context.newPage());
	} finally {
		await context.close();
	}
}

/** The same in one that is on disk, as a person's is. */
export async function inProfileOnDisk(work) {
	const folder = mkdtempSync(join(tmpdir(), 'tapedeck-bench-'));
	const context = await chromium.launchPersistentContext(folder, {
		...options,
		viewport: { width: 1440, height: 900 },
		serviceWorkers: 'block',
	});
	try {
		return await work(await context.newPage());
	} finally {
		await context.close();
		rmSync(folder, { recursive: true, force: true });
	}
}

/** What the browser traces of a page while something is done, as events. */
export async function traced(browser, page, work) {
	await browser.startTracing(page, {
		categories: ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'],
	});
	await work();
	return JSON.parse((await browser.stopTracing()).toString()).traceEvents;
}

/** The tasks of the main thread of a page's own process, the one that ran the most of them: milliseconds that passed, and of the processor. */
export function mainThreadTasks(events) {
	const mains = new Set(
		events
			.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
			.map(({ pid, tid }) => `${pid} ${tid}`),
	);
	const byThread = new Map();
	for (const { name, ph, pid, tid, dur = 0, tdur = dur } of events) {
		const thread = `${pid} ${tid}`;
		if (ph !== 'X' || !/RunTask$/.test(name) || !mains.has(thread)) continue;
		const tasks = byThread.get(thread) ?? [];
		tasks.push({ ms: dur / 1000, cpuMs: tdur / 1000 });
		byThread.set(thread, tasks);
	}
	const total = (tasks) => tasks.reduce((sum, { ms }) => sum + ms, 0);
	return [...byThread.values()].sort((a, b) => total(b) - total(a))[0] ?? [];
}
