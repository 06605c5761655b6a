// Scrolls 10,000 rows of the activity and 1,000 messages of the wire in the built page, and reports the longest task of the page's main
// thread in the browser's own trace. Run `npm run build` first. Figures are for reading, not for passing.
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { chromium } from '@playwright/test';

const root = join(import.meta.dirname, '..');
const systemChromium = '/usr/bin/chromium';
const types = {
	'.css': 'text/css',
	'.html': 'text/html',
	'.js': 'text/javascript',
	'.wasm': 'application/wasm',
};
const longTaskMs = 50;

const server = createServer((request, response) => {
	const { pathname } = new URL(request.url ?? '/', 'http://localhost');
	const file = join(root, 'dist', pathname === '/' ? 'index.html' : pathname);
	if (!existsSync(file)) return void response.writeHead(404).end();
	response
		.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' })
		.end(readFileSync(file));
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

const browser = await chromium.launch({
	executablePath: process.env.TAPEDECK_CHROMIUM ?? (existsSync(systemChromium) ? systemChromium : undefined),
	args: ['--no-sandbox', '--disable-gpu'],
});
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });

try {
	await page.goto(`http://127.0.0.1:${server.address().port}/`);
	await page.getByTestId('tool-item').first().waitFor();
	const bytes = readFileSync(join(root, 'e2e/components/many-host-calls/many-host-calls.wasm')).toString(
		'base64url',
	);
	await page.evaluate(async (component) => {
		// A guest that reads its environment asks for every variable there is: 1,000 of them in 10 calls, every other one granted.
		const names = Array.from({ length: 1_000 }, (_, at) => `VARIABLE_${at}`);
		const granted = names.filter((_, at) => at % 2 === 0).map((key) => `      - key: ${key}`);
		await window.tapedeck.open({
			version: 1,
			components: [{ id: 'many-host-calls', source: { bytes: component }, policy: null }],
			world: { variables: Object.fromEntries(names.map((name) => [name, 'value'])) },
		});
		window.tapedeck.setPolicy(
			'many-host-calls',
			`version: "1.0"\npermissions:\n  environment:\n    allow:\n${granted.join('\n')}\n`,
		);
		for (let call = 0; call < 10; call++) {
			const answer = await window.tapedeck.callTool('read-variables', { times: 1 });
			if (answer.isError) throw new Error(JSON.stringify(answer));
		}
		for (let call = 0; call < 500; call++)
			await window.tapedeck.callTool('get-policy', { component_id: 'many-host-calls' });
	}, bytes);
	console.log('what      rows  frames  longest task (of CPU)  tasks over 50 ms');
	await measure('activity', page.locator('[data-testid=activity] .list'), 'Activity');
	await measure('wire', page.locator('[data-testid=wire] .list'), 'Wire');
} finally {
	await browser.close();
	server.close();
}

/** Turns the wheel over a list for about its whole length, slowly and then fast, and reads the trace of it. */
async function measure(what, list, tab) {
	await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
	await list.waitFor();
	const rows = await (what === 'activity' ? page.evaluate(() => window.tapedeck.activity().length) : 1_000);
	const box = await list.boundingBox();
	await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
	const scroller = list.locator('> div').first();
	await scroller.evaluate((element) => (element.scrollTop = 0));
	await browser.startTracing(page, {
		categories: ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'],
	});
	const frames = await page.evaluate(() => {
		window.frames_ = 0;
		const count = () => {
			window.frames_ += 1;
			window.counting_ = requestAnimationFrame(count);
		};
		count();
		return 0;
	});
	void frames;
	for (let turn = 0; turn < 120; turn++) await page.mouse.wheel(0, turn < 60 ? 240 : 4_000);
	for (let turn = 0; turn < 30; turn++) await page.mouse.wheel(0, -6_000);
	const counted = await page.evaluate(() => {
		cancelAnimationFrame(window.counting_);
		return window.frames_;
	});
	const trace = JSON.parse((await browser.stopTracing()).toString());
	const tasks = mainThreadTasks(trace.traceEvents);
	const longest = tasks.reduce((most, task) => (task.ms > most.ms ? task : most), { ms: 0, cpuMs: 0 });
	const over = tasks.filter(({ ms }) => ms > longTaskMs);
	const overCpu = tasks.filter(({ cpuMs }) => cpuMs > longTaskMs);
	console.log(
		`${what.padEnd(9)} ${String(rows).padStart(5)}  ${String(counted).padStart(6)}  ${longest.ms.toFixed(1)} ms (${longest.cpuMs.toFixed(1)} ms)  ${over.length} (${overCpu.length} by CPU time)`,
	);
}

/** The tasks of the main thread of the page's own process: the one that ran the most of them. */
function mainThreadTasks(events) {
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
