// Scrolls 10,000 rows of the activity and 1,000 messages of the wire in the built page, and reports the longest task of the page's main
// thread in the browser's own trace. Run `npm run build` first. Figures are for reading, not for passing.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch, mainThreadTasks, traced } from './lib/browser.mjs';
import { serve } from './lib/serve.mjs';

const root = join(import.meta.dirname, '..');
const longTaskMs = 50;

const server = await serve({ '/': join(root, 'dist') });
const browser = await launch();
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });

try {
	await page.goto(`${server.origin}/`);
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
	let frames = 0;
	const events = await traced(browser, page, async () => {
		await page.evaluate(() => {
			window.frames_ = 0;
			const count = () => {
				window.frames_ += 1;
				window.counting_ = requestAnimationFrame(count);
			};
			count();
		});
		for (let turn = 0; turn < 120; turn++) await page.mouse.wheel(0, turn < 60 ? 240 : 4_000);
		for (let turn = 0; turn < 30; turn++) await page.mouse.wheel(0, -6_000);
		frames = await page.evaluate(() => {
			cancelAnimationFrame(window.counting_);
			return window.frames_;
		});
	});
	const tasks = mainThreadTasks(events);
	const longest = tasks.reduce((most, task) => (task.ms > most.ms ? task : most), { ms: 0, cpuMs: 0 });
	const over = tasks.filter(({ ms }) => ms > longTaskMs);
	const overCpu = tasks.filter(({ cpuMs }) => cpuMs > longTaskMs);
	console.log(
		`${what.padEnd(9)} ${String(rows).padStart(5)}  ${String(frames).padStart(6)}  ${longest.ms.toFixed(1)} ms (${longest.cpuMs.toFixed(1)} ms)  ${over.length} (${overCpu.length} by CPU time)`,
	);
}
