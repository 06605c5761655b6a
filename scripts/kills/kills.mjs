// Kills the browser at random points while the built page is edited, runs tools and takes components in, and compares what comes back:
// npm run kills [times] [seed]. Run `npm run build` first. Nothing that was there a second before the kill may be gone.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from '../lib/browser.mjs';
import { serveFolder } from '../lib/serve.mjs';
import { openKillable } from './killable-browser.mjs';
import { operations } from './operations.mjs';

const root = join(import.meta.dirname, '../..');
const times = Number(process.argv[2] ?? 200);
const seed = Number(process.argv[3] ?? 1);
/** What is older than this when the browser is killed has to come back, in milliseconds. */
const graceMs = 1000;
/** The browser is killed at most so long after it shows the session, in milliseconds. */
const mostMs = 3000;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));

const random = mulberry(seed);
const names = Object.keys(operations);
const component = [...(await readFile(join(root, 'static-components/cpu-hog/cpu-hog.wasm')))];
const browser = await findBrowser();
if (!browser) throw new Error('No Chromium found: name one in TAPEDECK_CHROMIUM.');
const server = await serveFolder(join(root, 'dist'));
const profile = await mkdtemp(join(tmpdir(), 'tapedeck-kills-'));
let number = 0;
let lost = 0;
let operated = 0;
/** How old the newest thing was that did not come back, in milliseconds, of each kill where something did not. */
const ages = [];
/** What was in the session before the kill, oldest first. */
let history = [];
let killedAt = 0;
try {
	for (let kill = 1; kill <= times; kill++) {
		const { page, kill: end } = await openKillable(browser.path, profile);
		const back = await open(page);
		check(kill, back);
		history = [{ at: -Infinity, state: back }];
		const until = Date.now() + random() * mostMs;
		let killed = false;
		const killing = new Promise((resolve) =>
			setTimeout(() => {
				killed = true;
				killedAt = Date.now();
				resolve(end());
			}, until - Date.now()),
		);
		while (!killed) {
			const name = names[Math.floor(random() * names.length)];
			number += 1;
			const under = { at: Infinity, name, mark: `mark-${number}` };
			history.push(under);
			const state = await page.evaluate(inPage(name, { number, component })).catch(() => null);
			if (typeof state !== 'string') {
				if (!killed) await Promise.race([killing, new Promise((resolve) => setTimeout(resolve, 50))]);
				continue;
			}
			operated += 1;
			history.push({ at: Date.now(), name, state });
			await Promise.race([killing, new Promise((resolve) => setTimeout(resolve, random() * 400))]);
		}
		await killing;
		if (kill % 10 === 0) console.log(`${kill} kills, ${operated} operations, ${lost} lost`);
	}
	const { page, kill: end } = await openKillable(browser.path, profile);
	if (operated < times) throw new Error('Too little was done between the kills for them to say anything.');
	check(times + 1, await open(page));
	await end();
} finally {
	await server.close();
	await rm(profile, { recursive: true, force: true, maxRetries: 5 });
}
ages.sort((a, b) => a - b);
console.log(
	`${times} kills during ${operated} operations (seed ${seed}): ${lost} lost something older than ${graceMs} ms.` +
		` In ${ages.length} something younger was gone, at most ${ages.at(-1) ?? 0} ms old, ${ages[Math.floor(ages.length / 2)] ?? 0} in the median.`,
);
process.exitCode = lost > 0 ? 1 : 0;

/** Opens the page and waits until it shows a session. */
async function open(page) {
	await page.goto(`${server.origin}/`);
	// After a run that a kill ended the page asks first.
	const asked = page.getByRole('dialog').getByRole('button', { name: 'Open', exact: true });
	await page.getByTestId('tool-item').or(asked).first().waitFor();
	if (await asked.isVisible()) {
		await asked.click();
		await page.getByTestId('tool-item').first().waitFor();
	}
	return page.evaluate(() => JSON.stringify(window.tapedeck.scenario()));
}

/**
 * What came back is one of the states that were there, none older than the grace. Or it lies between two of them, as something that was under way
 * came in by itself: then it has the mark of something that began after what was due had ended, and so was taken after it.
 */
function check(kill, back) {
	if (history.length === 0) return;
	const states = history.filter(({ state }) => state !== undefined);
	const due = states.findLastIndex(({ at }) => at <= killedAt - graceMs);
	const found = states.findLastIndex(({ state }) => state === back);
	const since = history.slice(history.indexOf(states[due]) + 1).flatMap(({ mark }) => mark ?? []);
	const isUnderWay = found < 0 && since.some((mark) => new RegExp(`${mark}\\b`).test(back));
	if (!isUnderWay && found < due) {
		lost += 1;
		const { name, at } = states[due];
		console.log(`kill ${kill}: lost ${name}, ${killedAt - at} ms old`);
		if (found < 0)
			console.log(`  came back: ${back.slice(0, 500)}\n  was there: ${states[due].state.slice(0, 500)}`);
	}
	if (!isUnderWay && found >= 0 && found < states.length - 1) ages.push(killedAt - states[found + 1].at);
}

/** An expression for the page: does one thing, and gives the session afterwards. */
function inPage(name, { number, component }) {
	return `(async () => {
	await ({ ${operations[name]} }).${name}(${number}, [${component}]);
	return JSON.stringify(window.tapedeck.scenario());
})()`;
}

/** Numbers from 0 to 1, the same for the same seed. */
function mulberry(state) {
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
	};
}
