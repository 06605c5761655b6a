// Measures what it costs to write a tool in the built page: bytes, milliseconds of the first build and of those after it, and memory. It
// writes docs/bench-author.md. `npm run build` first. ROUNDS is how often it repeats; default 3.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { format, resolveConfig } from 'prettier';
import { inProfile, launch } from './lib/browser.mjs';
import { kb, median, ms } from './lib/figures.mjs';
import { serve } from './lib/serve.mjs';

const root = join(import.meta.dirname, '..');
const rounds = Number(process.env.ROUNDS ?? 3);
const server = await serve({ '/deck/': join(root, 'dist') });
const browser = await launch();
const busy = loadavg()[0];
const samples = { first: [], script: [], wit: [], bytes: [], memory: [] };
try {
	for (let round = 0; round < rounds; round++) {
		const one = await inProfile(browser, { serviceWorkers: 'block' }, measure);
		for (const [name, value] of Object.entries(one)) samples[name].push(value);
	}
} finally {
	await browser.close();
	server.close();
}

/** One visit of a profile that has nothing yet. */
async function measure(page) {
	await page.goto(`${server.origin}/deck/`);
	await page.getByTestId('tool-item').first().waitFor();
	const devtools = await page.context().browser().newBrowserCDPSession();
	const before = await workersBytes(devtools, page);
	const times = await page.evaluate(async () => {
		const build = async (name, words) => {
			const began = performance.now();
			const { bytes } = await window.tapedeck.build({
				wit: `package local:tool;\nworld tool { export ${name}: func() -> string; }`,
				js: `export const ${name} = () => '${words}';`,
			});
			return { took: performance.now() - began, size: bytes.length };
		};
		const first = await build('one', 'a');
		const script = await build('one', 'b');
		const wit = await build('other', 'b');
		return { first: first.took, script: script.took, wit: wit.took, bytes: first.size };
	});
	return { ...times, memory: (await workersBytes(devtools, page)) - before };
}

/** Bytes that the page and its workers hold, as the browser counts them after a collection. */
async function workersBytes(devtools, page) {
	const session = await page.context().newCDPSession(page);
	await session.send('HeapProfiler.collectGarbage');
	const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
	return processInfo
		.filter(({ type }) => type === 'renderer')
		.reduce((sum, { id }) => sum + residentBytes(id), 0);
}

/** What a process has in memory; 0 where the system does not say. */
function residentBytes(pid) {
	try {
		const [, kib = 0] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
		return Number(kib) * 1024;
	} catch {
		return 0;
	}
}

const assets = join(root, 'dist/assets');
const sizeOf = (pattern) => {
	const files = readdirSync(assets).filter((name) => pattern.test(name));
	const bytes = files.map((name) => readFileSync(join(assets, name)));
	const sum = (sizes) => sizes.reduce((total, size) => total + size, 0);
	return {
		plain: sum(files.map((name) => statSync(join(assets, name)).size)),
		gzip: sum(bytes.map((one) => gzipSync(one).length)),
		brotli: sum(bytes.map((one) => brotliCompressSync(one).length)),
	};
};
const sizes = [
	['The builder', /^builder-[^w].*\.wasm$/],
	['The engine that cannot wait', /^sync-.*\.wasm$/],
	['The engine that can', /^async-.*\.wasm$/],
	[
		'Code that writes and builds',
		/^(?:NewToolDialog|author-desk|build-tool|builder-worker|prelude|project)[-.].*\.js$/,
	],
].map(([what, pattern]) => {
	const { plain, gzip, brotli } = sizeOf(pattern);
	return `| ${what} | ${kb(plain)}, ${kb(gzip)} gzip, ${kb(brotli)} brotli |`;
});
const text = `# What writing a tool costs

Made by \`npm run bench:author\`, not by hand. ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, Chromium ${browser.version()}, ${rounds} rounds, medians; the load of the
machine was ${busy.toFixed(1)} at the start.

| What | Measured |
| --- | --- |
${sizes.join('\n')}
| The first build, from a local server with nothing kept | ${ms(median(samples.first))} |
| A build after the script changed | ${ms(median(samples.script))} |
| A build after the WIT changed | ${ms(median(samples.wit))} |
| The component | ${kb(median(samples.bytes))} |
| Memory of the browser’s page processes after three builds, more than before | ${(median(samples.memory) / 2 ** 20).toFixed(0)} MiB |
`;
const filepath = join(root, 'docs/bench-author.md');
writeFileSync(filepath, await format(text, { ...(await resolveConfig(filepath)), filepath }));
console.log(text);
