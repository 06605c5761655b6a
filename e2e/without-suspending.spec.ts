import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test as base, type Page } from '@playwright/test';
import type { ActivityEntry } from '../src/core/activity';
import type { Scenario } from '../src/core/scenario';
import { component, openDeck } from './page';

/*
 * Browsers that cannot suspend WebAssembly (JSPI) run a call again with each answer that it waited for. What comes of it, and what is
 * recorded, is the same. Chromium stands in for them here: the page is told that it cannot.
 */

/** Both pages stay open for all the tests: what is compared is the calls, not the loading. */
const test = base.extend<object, { suspending: Page; repeating: Page }>({
	suspending: [
		async ({ browser }, use, { project }) => {
			const context = await browser.newContext({ baseURL: project.use.baseURL });
			const page = await context.newPage();
			await openDeck(page);
			await use(page);
			await context.close();
		},
		{ scope: 'worker', timeout: 60_000 },
	],
	repeating: [
		async ({ browser }, use, { project }) => {
			const context = await browser.newContext({ baseURL: project.use.baseURL });
			const page = await context.newPage();
			await page.addInitScript(() => {
				Reflect.deleteProperty(WebAssembly, 'Suspending');
				const modes: unknown[] = [];
				const { postMessage } = Worker.prototype;
				Worker.prototype.postMessage = function (this: Worker, ...args: [unknown]) {
					modes.push((args[0] as { mode?: string }).mode);
					postMessage.apply(this, args);
				} as typeof postMessage;
				Object.assign(window, { modes });
			});
			await openDeck(page);
			await use(page);
			// It did run without: every component was transpiled for that, here or when the site was built.
			const modes = await page.evaluate(() => (window as unknown as { modes: unknown[] }).modes);
			const prebuilt = await page.evaluate(() =>
				performance
					.getEntriesByType('resource')
					.flatMap(({ name }) => /prebuilt\d+-(\w+)/.exec(name)?.[1] ?? []),
			);
			expect(new Set([...modes, ...prebuilt])).toEqual(new Set(['sync']));
			await context.close();
		},
		{ scope: 'worker', timeout: 60_000 },
	],
});

const folder = join(import.meta.dirname, '../static-components');
const json = (...path: string[]) => JSON.parse(readFileSync(join(folder, ...path), 'utf8')) as unknown;

/** Opens a scenario, makes its calls, and gives their results and the record. */
const play = (page: Page, scenario: Scenario) =>
	page.evaluate(async (text) => {
		await window.tapedeck.open(text);
		const results = [];
		for (const { tool, arguments: args } of window.tapedeck.scenario().calls ?? [])
			results.push(await window.tapedeck.callTool(tool, args));
		return { results, activity: window.tapedeck.activity() };
	}, JSON.stringify(scenario));

/** A record without numbers of the page, without when and for how long, and with output in one piece: how it is cut depends on the time too. */
function timeless(activity: readonly ActivityEntry[]): ActivityEntry[] {
	const entries: ActivityEntry[] = [];
	for (const entry of activity) {
		const last = entries.at(-1);
		if (entry.kind === 'output' && last?.kind === 'output' && last.stream === entry.stream)
			entries[entries.length - 1] = { ...last, text: last.text + entry.text };
		else
			entries.push({
				...entry,
				...{ id: 0, callId: 0, revision: 0, at: 0, duration: 0, times: undefined },
			});
	}
	return entries;
}

/** One that writes files, one that waits for the network, one that is linked. */
const ofEachKind = ['notes', 'fetch', 'pages'];

for (const { name } of json('index.json') as { name: string }[]) {
	const { scenario } = json(name, 'sample.json') as { scenario: Scenario };

	test(
		`the sample ${name} does and records the same`,
		{ tag: ofEachKind.includes(name) ? [] : '@long' },
		async ({ suspending, repeating }) => {
			const repeatable: Scenario = {
				...scenario,
				world: { ...scenario.world, clock: { start: '2026-01-01T00:00:00Z' }, random: { seed: 'side A' } },
			};
			const suspended = await play(suspending, repeatable);
			const repeated = await play(repeating, repeatable);
			if (scenario.components.some(({ links }) => links)) {
				// A component waits for one that it is linked to, which only a suspended one can.
				expect(JSON.stringify(repeated.results)).toContain('cannot suspend WebAssembly');
				return;
			}
			expect(repeated.results).toEqual(suspended.results);
			expect(timeless(repeated.activity)).toEqual(timeless(suspended.activity));
		},
	);
}

test('a component that sleeps wakes when it said', async ({ repeating }) => {
	const { isError, content } = await repeating.evaluate(
		async ([bytes]) => {
			await window.tapedeck.load(Uint8Array.from(bytes!), 'sleep');
			return window.tapedeck.callTool('sleep', { milliseconds: 250 });
		},
		[[...component('sleep')]] as const,
	);
	const [item] = content;
	const text = item?.type === 'text' ? item.text : '';
	expect(isError ?? false, text).toBe(false);
	expect(Number(/\d+/.exec(text)?.[0])).toBeGreaterThanOrEqual(250);
});
