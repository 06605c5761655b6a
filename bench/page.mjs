// Measures the built page in a real browser, each figure against its own floor in the same run, and writes docs/bench.json and
// docs/bench.md. Run `npm run build` first. Figures are for reading, not for passing.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { cpus } from 'node:os';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import { format, resolveConfig } from 'prettier';
import { build } from 'vite';

const root = join(import.meta.dirname, '..');
const rounds = Number(process.env.ROUNDS ?? 5);
const systemChromium = '/usr/bin/chromium';
const types = {
	'.css': 'text/css',
	'.html': 'text/html',
	'.js': 'text/javascript',
	'.wasm': 'application/wasm',
};
const folders = {
	'/deck/': join(root, 'dist'),
	'/floor/': join(root, 'dist-bench'),
	'/components/': join(root, 'e2e/components'),
	'/samples/': join(root, 'static-components'),
};

await build({
	configFile: false,
	root: join(import.meta.dirname, 'floor'),
	base: './',
	logLevel: 'error',
	optimizeDeps: { exclude: ['@bytecodealliance/jco-transpile', '@bytecodealliance/preview2-shim'] },
	build: { outDir: folders['/floor/'], emptyOutDir: true, target: 'esnext', assetsInlineLimit: 0 },
});

/** Paths that were asked for since it was emptied. */
const asked = [];
const server = createServer((request, response) => {
	const { pathname } = new URL(request.url ?? '/', 'http://localhost');
	const file = fileOf(pathname);
	if (!file) return void response.writeHead(404).end();
	asked.push(pathname);
	// The hashed files of a site may be kept, and its page is asked for again: as most hosts are set up.
	response
		.writeHead(200, {
			'content-type': types[extname(file)] ?? 'application/octet-stream',
			'cache-control': pathname.includes('/assets/') ? 'max-age=31536000, immutable' : 'no-cache',
		})
		.end(readFileSync(file));
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${server.address().port}`;

const browser = await chromium.launch({
	executablePath: process.env.TAPEDECK_CHROMIUM ?? (existsSync(systemChromium) ? systemChromium : undefined),
	args: ['--no-sandbox', '--disable-gpu'],
});

const samples = { floor: [], cold: [], warm: [], whole: [], fresh: [], recorded: [], unrecorded: [] };
let bytesToResult = 0;
try {
	for (let round = 0; round < rounds; round++) {
		await once('block', async (page) => {
			await page.goto(`${origin}/floor/`);
			await page.waitForFunction(() => 'coldMs' in window);
			samples.floor.push(
				await page.evaluate(() => window.coldMs('/samples/files/files.wasm', 'listDirectory', ['/data'])),
			);
			samples.unrecorded.push(
				await page.evaluate(() =>
					window.callMs('/components/many-host-calls/many-host-calls.wasm', 'readClock', [100_000]),
				),
			);
		});
		await once('block', async (page) => {
			asked.length = 0;
			samples.cold.push(await firstResult(page));
			bytesToResult = zipped([...new Set(asked)].filter((path) => path.startsWith('/deck/')));
			const { whole, fresh } = await page.evaluate(async () => {
				const figures = { whole: [], fresh: [] };
				for (let call = 0; call < 12; call++) {
					// A sandbox is kept ready for the next call; it takes a moment to be.
					await new Promise((resolve) => setTimeout(resolve, 600));
					const began = performance.now();
					await window.tapedeck.callTool('list-directory', { path: '/data' });
					figures.whole.push(performance.now() - began);
					const { times } = window.tapedeck.activity().findLast(({ kind }) => kind === 'tool-call');
					figures.fresh.push(times.instantiateMs + times.runMs);
				}
				return figures;
			});
			samples.whole.push(median(whole));
			samples.fresh.push(median(fresh));
			const bytes = [...readFileSync(join(root, 'e2e/components/many-host-calls/many-host-calls.wasm'))];
			samples.recorded.push(
				await page.evaluate(async (component) => {
					const { tools } = await window.tapedeck.load(new Uint8Array(component), 'many');
					const name = tools.find((tool) => tool.includes('clock'));
					await window.tapedeck.callTool(name, { times: 1 });
					const began = performance.now();
					await window.tapedeck.callTool(name, { times: 100_000 });
					return performance.now() - began;
				}, bytes),
			);
		});
		await once('allow', async (page) => {
			await firstResult(page);
			await page.evaluate(() => navigator.serviceWorker.ready);
			// A tab of its own, so that nothing of the first visit's session is restored into it by the tab.
			const second = await page.context().newPage();
			await page.close();
			samples.warm.push(await firstResult(second));
		});
		console.log(`round ${round + 1} of ${rounds}`);
	}
} finally {
	await browser.close();
	server.close();
}

const html = readFileSync(join(root, 'dist/index.html'), 'utf8');
const named = (pattern) =>
	[...html.matchAll(pattern)].map(([, path]) => `/deck/${path.replace(/^\.\//, '')}`);
// What stands before the first paint: the document, its styles and its classic script. Modules do not.
const painted = ['/deck/index.html', '/deck/check-browser.js', ...named(/href="(\.\/assets\/[^"]+\.css)"/g)];
const mounted = [...painted, ...named(/(?:src|href)="(\.\/assets\/[^"]+\.js)"/g)];

const m = Object.fromEntries(Object.entries(samples).map(([name, values]) => [name, median(values)]));
const kb = (bytes) => `${(bytes / 1000).toFixed(0)} KB`;
const ms = (value) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
const ratio = (what, key, floorKey, target) => ({
	what,
	value: m[key] / m[floorKey],
	shown: `${(m[key] / m[floorKey]).toFixed(2)} (${ms(m[key])} against ${ms(m[floorKey])})`,
	target,
	targetShown: `at most ${target}`,
});
const size = (what, value, target) => ({
	...{ what, value, shown: kb(value), target },
	targetShown: target === null ? 'none set' : `at most ${kb(target)}`,
});
const rows = [
	ratio('Cold page to its first result, against the bare parts', 'cold', 'floor', 1.5),
	ratio('Second visit to its first result, against the first visit', 'warm', 'cold', 0.25),
	ratio('A whole call, against a fresh instance alone', 'whole', 'fresh', 1.3),
	ratio('100,000 host calls recorded, against the bare shim', 'recorded', 'unrecorded', 2),
	size('Gzip bytes before the first paint', zipped(painted), 150_000),
	size('Gzip bytes before the page can be used', zipped(mounted), null),
	size('Gzip bytes to the first result', bytesToResult, 1_500_000),
].map((row) => ({ ...row, met: row.target === null ? null : row.value <= row.target }));

const spreads = Object.fromEntries(Object.entries(samples).map(([name, values]) => [name, spread(values)]));
const noisy = Object.keys(spreads).filter((name) => spreads[name] > 0.25);
const noise =
	noisy.length === 0
		? 'The machine was quiet: no figure spread by more than a quarter of its median.'
		: `The machine was noisy: ${noisy.map((name) => `${name} spread by ${Math.round(spreads[name] * 100)} %`).join(', ')} of the median. Treat these as rough.`;
const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, Chromium ${browser.version()}, ${rounds} rounds, medians`;
const met = { true: 'yes', false: 'no', null: '—' };
const table = [
	['What', 'Measured', 'Target', 'Met'],
	['---', '---', '---', '---'],
	...rows.map((row) => [row.what, row.shown, row.targetShown, met[row.met]]),
];
const markdown = `# Bench

Made by \`npm run bench:page\`, not by hand. ${machine}. ${noise}

${table.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}

The bare parts are jco's transpiler and shim on an empty page: fetch, compile, transpile, instantiate, call. A fresh instance alone is what
the sandbox itself reports for making the instance and running the call. The second visit is served by the service worker, with what the
transpiler made the first time.
`;
await write(
	'docs/bench.json',
	JSON.stringify({
		machine,
		noise,
		rows: rows.map(({ what, value, target, met }) => ({ what, value, target, met })),
		samples,
	}),
);
await write('docs/bench.md', markdown);
console.log(`\n${markdown}`);

/** Writes a file as the project formats it. */
async function write(name, text) {
	const filepath = join(root, name);
	writeFileSync(filepath, await format(text, { ...(await resolveConfig(filepath)), filepath }));
}

/** Opens the page and runs the sample of a first visit as soon as it is there; milliseconds from the start of the navigation. */
async function firstResult(page) {
	await page.goto(`${origin}/deck/`, { waitUntil: 'commit' });
	await page.waitForFunction(() => window.tapedeck?.scenario().components.length > 0);
	return page.evaluate(async () => {
		await window.tapedeck.callTool('list-directory', { path: '/data' });
		return performance.now();
	});
}

/** In a browser profile of its own. */
async function once(serviceWorkers, work) {
	const context = await browser.newContext({ serviceWorkers, viewport: { width: 1440, height: 900 } });
	try {
		await work(await context.newPage());
	} finally {
		await context.close();
	}
}

function fileOf(pathname) {
	for (const [prefix, folder] of Object.entries(folders)) {
		if (!pathname.startsWith(prefix)) continue;
		const file = join(folder, pathname.slice(prefix.length) || 'index.html');
		return existsSync(file) ? file : null;
	}
	return null;
}

function zipped(paths) {
	const files = new Set(paths.map(fileOf).filter(Boolean));
	return [...files].reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0);
}

function median(values) {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** How far the middle half of the values reaches, as a part of the median. */
function spread(values) {
	const sorted = values.toSorted((a, b) => a - b);
	const at = (part) => sorted[Math.round(part * (sorted.length - 1))];
	return (at(0.75) - at(0.25)) / median(values);
}
