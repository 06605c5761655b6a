// Runs one guest that reads and writes on our host, with its decisions and its record, and on the bare preview2-shim, in turns in one
// page of a real browser, and reports how many times as long ours takes. Figures are for reading, not for passing.
// The first argument is the number of turns.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { transpileBytes } from '@bytecodealliance/jco-transpile';
import { chromium } from '@playwright/test';
import { build } from 'vite';

const root = join(import.meta.dirname, '..');
const turns = Number(process.argv[2] ?? 21);
const warmUps = 3;
const tasks = { read: 'reading 2 x 24 MiB', write: 'writing 24 MiB', files: 'writing 2,000 files' };
const systemChromium = '/usr/bin/chromium';
const types = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };

const site = mkdtempSync(join(tmpdir(), 'host-cost-'));
try {
	await makeSite();
	const server = createServer(answer);
	await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
	const browser = await chromium.launch({
		executablePath:
			process.env.TAPEDECK_CHROMIUM ?? (existsSync(systemChromium) ? systemChromium : undefined),
		args: ['--no-sandbox', '--disable-gpu'],
	});
	try {
		await measure(browser, `http://127.0.0.1:${server.address().port}/`);
	} finally {
		await browser.close();
		server.close();
	}
} finally {
	rmSync(site, { recursive: true, force: true });
}

/** Builds the page, and lays the guest's generated code beside it: nothing in it can suspend, so that both hosts run the same. */
async function makeSite() {
	await build({
		configFile: false,
		root: join(import.meta.dirname, 'host-cost'),
		base: './',
		logLevel: 'warn',
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

function answer(request, response) {
	const { pathname } = new URL(request.url ?? '/', 'http://localhost');
	const file = join(site, pathname === '/' ? 'index.html' : pathname);
	if (!existsSync(file)) return void response.writeHead(404).end();
	response
		.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' })
		.end(readFileSync(file));
}

async function measure(browser, address) {
	const page = await browser.newPage();
	page.on('pageerror', (error) => console.error(error.message));
	const session = await page.context().newCDPSession(page);
	await session.send('Performance.enable');
	await page.goto(address);
	await page.waitForFunction(() => 'hostCost' in window);

	const cpuMs = async () => {
		const { metrics } = await session.send('Performance.getMetrics');
		return metrics.find(({ name }) => name === 'ThreadTime').value * 1000;
	};
	/** All tasks of one guest on one host, by task: time of the processor, and time that passed. */
	async function turnOn(host) {
		await page.evaluate((name) => window.hostCost.prepare(name), host);
		const spent = {};
		for (const task of Object.keys(tasks)) {
			await page.requestGC();
			const before = await cpuMs();
			const passed = await page.evaluate((name) => window.hostCost.perform(name), task);
			spent[task] = { cpu: (await cpuMs()) - before, passed };
		}
		return spent;
	}

	const pairs = [];
	for (let turn = 0; turn < warmUps + turns; turn++) {
		const hosts = turn % 2 ? ['shim', 'ours'] : ['ours', 'shim'];
		const pair = {};
		for (const host of hosts) pair[host] = await turnOn(host);
		if (turn >= warmUps) pairs.push(pair);
	}
	console.log(`medians of ${turns} turns each: time of the processor, and time that passed, in ms`);
	console.log('what                      ours    shim   ratio      ours    shim   ratio');
	for (const [task, what] of Object.entries(tasks)) report(what, pairs, (spent) => spent[task]);
	report('all of it', pairs, (spent) => {
		const parts = Object.values(spent);
		return { cpu: sum(parts.map(({ cpu }) => cpu)), passed: sum(parts.map(({ passed }) => passed)) };
	});
}

function report(what, pairs, of) {
	const cells = ['cpu', 'passed'].flatMap((kind) => {
		const [ours, shim] = ['ours', 'shim'].map((host) => median(pairs.map((pair) => of(pair[host])[kind])));
		return [
			ours.toFixed(1).padStart(kind === 'cpu' ? 8 : 10),
			shim.toFixed(1).padStart(8),
			(ours / shim).toFixed(2).padStart(8),
		];
	});
	console.log(what.padEnd(22) + cells.join(''));
}

function sum(values) {
	return values.reduce((total, value) => total + value, 0);
}

function median(values) {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)];
}
