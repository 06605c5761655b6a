// Plays streams in the built page: how long tasks of the page are while many values come, how soon the first is seen, and what a stream of a
// gigabyte holds in memory. `node bench/streams.mjs [FOLDER]`; the folder is a built site, default dist.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { findTestBrowser } from '../scripts/lib/browser.mjs';
import { serveFolder } from '../scripts/lib/serve.mjs';

const root = join(import.meta.dirname, '..');
const [folder = join(root, 'dist')] = process.argv.slice(2);
const probe = readFileSync(join(root, 'e2e/components/async-probe/async-probe.wasm')).toString('base64');

const site = await serveFolder(folder);
const server = await chromium.launchServer({ executablePath: (await findTestBrowser()).path });
const browser = await chromium.connect(server.wsEndpoint());
try {
	const page = await browser.newPage();
	await page.goto(`${site.origin}/`);
	await page.waitForFunction(() => window.tapedeck);
	await page.evaluate(async (base64) => {
		await window.tapedeck.open({
			version: 1,
			engine: 'documented',
			components: [],
		});
		await window.tapedeck.load(
			Uint8Array.from(atob(base64), (one) => one.charCodeAt(0)),
			'async-probe',
		);
		// What the page does at its start is not the streams'.
		await window.tapedeck.callTool('count', { below: 10 });
		await new Promise((resolve) => setTimeout(resolve, 2_000));
	}, probe);
	// A scenario may only lower the deadline; a gigabyte needs the most that a person may set.
	await page.getByRole('tab', { name: 'Settings' }).click();
	await page.getByLabel('Deadline, s').fill('120');
	await page.getByLabel('Deadline, s').blur();
	console.log('100,000 numbers:', await page.evaluate(play, ['count', { below: 100_000 }]));
	const devtools = await page.context().newCDPSession(page);
	// What a stream holds that is seen and not kept has nothing to do with its length: the second and third hold the same.
	for (const length of [2 ** 20, 2 ** 26, 2 ** 30]) {
		await devtools.send('HeapProfiler.collectGarbage');
		const call = page.evaluate(play, ['zeros', { length }]);
		const memory = await watchMemory(server.process().pid, call);
		console.log(`${length / 2 ** 20} MiB of bytes:`, await call, memory);
	}
} finally {
	await browser.close();
	await server.close();
	await site.close();
}

/** Calls a tool and tells how long that took, the longest task of the page meanwhile. */
async function play([tool, args]) {
	let longest = 0;
	const observer = new PerformanceObserver((list) => {
		for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
	});
	observer.observe({ type: 'longtask' });
	const began = performance.now();
	const { content, isError } = await window.tapedeck.callTool(tool, args);
	await new Promise((resolve) => setTimeout(resolve, 200));
	observer.disconnect();
	return {
		ms: Math.round(performance.now() - began - 200),
		longestTaskMs: Math.round(longest),
		isError: isError ?? false,
		text: content.map(({ text }) => text.slice(0, 200)).join(''),
	};
}

/** Bytes of memory that the browser's renderers have beyond what they share, as Linux counts it. */
function memoryOf(pid) {
	let bytes = 0;
	for (const child of readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean)) {
		try {
			const rollup = readFileSync(`/proc/${child}/smaps_rollup`, 'utf8');
			const isRenderer = readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('--type=renderer');
			if (isRenderer) bytes += Number(/Private_Dirty: +(\d+) kB/.exec(rollup)?.[1] ?? 0) * 1024;
			bytes += memoryOf(child);
		} catch {
			// It ended meanwhile.
		}
	}
	return bytes;
}

/**
 * The most of that until `over` settles, in MiB, what it was at first, and the least of the second half: what is held, without what waits to
 * be collected.
 */
async function watchMemory(pid, over) {
	let isOver = false;
	void over.finally(() => (isOver = true));
	const first = memoryOf(pid);
	const seen = [first];
	while (!isOver) {
		await new Promise((resolve) => setTimeout(resolve, 250));
		seen.push(memoryOf(pid));
	}
	const [beforeMiB, mostMiB, heldMiB] = [
		first,
		Math.max(...seen),
		Math.min(...seen.slice(Math.floor(seen.length / 2))),
	].map((bytes) => Math.round(bytes / 2 ** 20));
	return { beforeMiB, mostMiB, heldMiB };
}
