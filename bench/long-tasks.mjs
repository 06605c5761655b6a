// Measures the longest task of the page's main thread while components, and sandboxes that were taken over, give it as much to do as they
// can. Run `npm run build` first. Figures are for reading: `npm run bench:tasks`. ROUNDS is how often it repeats; default 5; ONLY leaves out
// whatever does not hold that text. It prints the worst and the median of each.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { build } from 'vite';
import { inProfile, launch } from './lib/browser.mjs';
import { median } from './lib/figures.mjs';
import { serve } from './lib/serve.mjs';
import { components } from './long-tasks/components.mjs';

const root = join(import.meta.dirname, '..');
const rounds = Number(process.env.ROUNDS ?? 5);
const isWanted = (name) => name.includes(process.env.ONLY ?? '');
const out = join(root, 'dist-bench/long-tasks');

await build({
	configFile: false,
	root: join(import.meta.dirname, 'long-tasks'),
	base: './',
	logLevel: 'error',
	build: { outDir: out, emptyOutDir: true, target: 'esnext' },
});
const server = await serve({ '/deck/': join(root, 'dist'), '/forged/': out });
const browser = await launch();
/** Milliseconds of each round, and how it ended, by name. */
const figures = new Map();
const add = (name, ms, end) => {
	const { times = [] } = figures.get(name) ?? {};
	figures.set(name, { times: [...times, ms], end });
	console.log(`${name}: ${ms.toFixed(0)} ms, ${end}`);
};
try {
	for (let round = 0; round < rounds; round++) {
		for (const each of components.filter(({ name }) => isWanted(name)))
			await inProfile(browser, { serviceWorkers: 'block' }, async (page) => {
				await page.addInitScript(watchTasks);
				await page.goto(`${server.origin}/deck/`);
				await page.waitForFunction(() => window.tapedeck?.scenario().components.length > 0);
				const bytes = [...(each.wat ? await parse(each.wat) : readFileSync(join(root, each.file)))];
				const { ms, end } = await page.evaluate(playComponent, [bytes, each]);
				add(each.name, ms, end);
			});
		await inProfile(browser, {}, async (page) => {
			await page.goto(`${server.origin}/forged/`);
			for (const name of (await page.evaluate(() => window.forged)).filter(isWanted)) {
				const { longestMs, ...end } = await page.evaluate((what) => window.play(what), name);
				add(name, longestMs, JSON.stringify(end));
			}
		});
	}
} finally {
	await browser.close();
	server.close();
}
console.log(`\n${'worst'.padStart(7)} ${'median'.padStart(7)}  what`);
for (const [name, { times, end }] of figures)
	console.log(
		`${Math.max(...times)
			.toFixed(0)
			.padStart(7)} ${median(times).toFixed(0).padStart(7)}  ${name} (${end})`,
	);

/** Runs in the page: keeps its longest task, in milliseconds. */
function watchTasks() {
	window.longestMs = 0;
	window.longTasks = 0;
	new PerformanceObserver((list) => {
		window.longTasks += list.getEntries().length;
		for (const { duration, name } of list.getEntries())
			if (!name.startsWith('cross-origin')) window.longestMs = Math.max(window.longestMs, duration);
	}).observe({ type: 'longtask' });
}

/** Runs in the page. */
async function playComponent([bytes, { call, tool = 'f', args = {}, secret, policy }]) {
	/** Types the value of a secret, as a person does. */
	const typeSecret = async () => {
		const source = {
			bytes: btoa(String.fromCharCode(...bytes))
				.replace(/\+/g, '-')
				.replace(/\//g, '_')
				.replaceAll('=', ''),
		};
		await window.tapedeck.open({
			version: 1,
			components: [{ id: 'own', source, policy }],
			world: { variables: { KEY: { secret: true } }, files: { '/data/': { directory: true } } },
		});
		[...document.querySelectorAll('[role=tab]')]
			.find(({ textContent }) => textContent.trim().startsWith('Variables'))
			.click();
		await settled();
		const field = document.querySelector('[aria-label="Value of KEY"]');
		field.value = secret;
		field.dispatchEvent(new Event('input', { bubbles: true }));
		field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
	};
	/** Until nothing long was done for a second: the page draws what came, or fetches what it may need. */
	const settled = async () => {
		let quiet = 0;
		while (quiet < 10) {
			const before = window.longTasks;
			await new Promise((resolve) => setTimeout(resolve, 100));
			quiet = window.longTasks === before ? quiet + 1 : 0;
		}
	};
	await settled();
	await new Promise((resolve) => setTimeout(resolve, 2000));
	await settled();
	window.longestMs = 0;
	let end;
	try {
		if (secret) await typeSecret();
		else await window.tapedeck.load(new Uint8Array(bytes), 'own');
		end = `${bytes.length} bytes`;
		if (call) {
			await settled();
			window.longestMs = 0;
			const { content, isError } = await window.tapedeck.callTool(tool, args);
			const text = content[0].text;
			end += isError ? `, error: ${text.slice(0, 200)}` : `, ${text.length} characters`;
		} else {
			document.querySelector('[data-testid=tool-item][data-name=f]').click();
		}
	} catch (error) {
		end = String(error.message ?? error).slice(0, 200);
	}
	await settled();
	return { ms: window.longestMs, end };
}
