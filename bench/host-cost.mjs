// Runs a guest that reads and writes on our host, with its decisions and its record, and on the bare preview2-shim, in turns in one page
// of a real browser.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transpileBytes } from '@bytecodealliance/jco-transpile';
import { build } from 'vite';
import { inProfile } from './lib/browser.mjs';
import { serve } from './lib/serve.mjs';

const root = join(import.meta.dirname, '..');
const warmUps = 2;
/** Tasks, and the hosts that they are compared on. */
const casts = [
	{ tasks: ['read', 'write', 'files'], hosts: ['ours', 'played', 'shim'] },
	{ tasks: ['entries'], hosts: ['ours', 'unrecorded'] },
];

/** Milliseconds of the processor for each task on each host, a value for each turn: `read ours`, `read shim`, … */
export async function hostCosts(browser, turns) {
	const site = mkdtempSync(join(tmpdir(), 'host-cost-'));
	await makeSite(site);
	const server = await serve({ '/': site });
	try {
		return await inProfile(browser, {}, (page) => measure(page, server.origin, turns));
	} finally {
		server.close();
		rmSync(site, { recursive: true, force: true });
	}
}

/** Builds the page, and lays the guest's generated code beside it: nothing in it can suspend, so that all hosts run the same. */
async function makeSite(site) {
	await build({
		configFile: false,
		root: join(import.meta.dirname, 'host-cost'),
		base: './',
		logLevel: 'error',
		build: { outDir: site, emptyOutDir: true, target: 'esnext' },
	});
	const { files } = await transpileBytes(
		withoutDocs(readFileSync(join(root, 'e2e/components/heavy/heavy.wasm'))),
		{
			name: 'guest',
			instantiation: 'async',
			wasiShim: false,
			emitTypescriptDeclarations: false,
			outDir: '',
		},
	);
	mkdirSync(join(site, 'guest'));
	for (const [name, bytes] of Object.entries(files)) writeFileSync(join(site, 'guest', name), bytes);
}

/** The transpiler takes the section of documentation for a description of worlds that are not there. */
function withoutDocs(component) {
	const kept = [component.subarray(0, 8)];
	for (let at = 8; at < component.length;) {
		let length = 0;
		let body = at + 1;
		for (let shift = 0; ; shift += 7) {
			const byte = component[body++];
			length |= (byte & 0x7f) << shift;
			if (byte < 0x80) break;
		}
		const end = body + length;
		const isDocs = component[at] === 0 && component.subarray(body + 1, end).indexOf('package-docs') === 0;
		if (!isDocs) kept.push(component.subarray(at, end));
		at = end;
	}
	return Buffer.concat(kept);
}

async function measure(page, address, turns) {
	page.on('pageerror', (error) => console.error(error.message));
	const session = await page.context().newCDPSession(page);
	await session.send('Performance.enable');
	await page.goto(address);
	await page.waitForFunction(() => 'hostCost' in window);
	const cpuMs = async () => {
		const { metrics } = await session.send('Performance.getMetrics');
		return metrics.find(({ name }) => name === 'ThreadTime').value * 1000;
	};

	const costs = {};
	for (let turn = -warmUps; turn < turns; turn++) {
		for (const { tasks, hosts } of casts) {
			for (const host of turn % 2 ? hosts : hosts.toReversed()) {
				await page.evaluate((name) => window.hostCost.prepare(name), host);
				for (const task of tasks) {
					await page.requestGC();
					const before = await cpuMs();
					await page.evaluate((name) => window.hostCost.perform(name), task);
					if (turn >= 0) (costs[`${task} ${host}`] ??= []).push((await cpuMs()) - before);
					if (task === 'entries') costs.entries = [await page.evaluate(() => window.hostCost.entries())];
				}
			}
		}
	}
	return costs;
}
