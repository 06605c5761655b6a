import {
	attemptsAgainst,
	isMarked,
	marksItself,
	programOf,
	reachableFrom,
	watchedProgram,
	type Attempts,
} from '../e2e/fixtures/escape-attempts';
import { startWitness, type Witness } from '../e2e/fixtures/witness';
import type { Run, RunOptions } from '../e2e/harness/harness';
import type { Session } from './drivers/session';
import { expect, test as base } from './test';

/* The wall, tried from inside as in Chromium (e2e/isolation.spec.ts), with the control that shows that the probes can. */

interface Fixtures {
	/** Whether a service worker serves the page, as on a second visit. */
	served: boolean;
	witness: Witness;
	wall: Session;
}

const test = base.extend<Fixtures>({
	served: [false, { option: true }],
	// eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from the pattern
	witness: async ({}, use) => {
		const witness = await startWitness();
		await use(witness);
		await witness.close();
	},
	wall: async ({ tab, address, served }, use) => {
		await tab.goto(address('/wall/'));
		if (served) {
			await tab.evaluate(async () => {
				await navigator.serviceWorker.register('offline.js');
				await navigator.serviceWorker.ready;
			});
			await tab.goto(address('/wall/'));
		}
		expect(await tab.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(served);
		await use(tab);
		if (served) {
			await tab.evaluate(async () => {
				for (const registration of await navigator.serviceWorker.getRegistrations())
					if (registration.scope.endsWith('/wall/')) await registration.unregister();
			});
		}
	},
});

const run = (wall: Session, program: { source: string }, options: RunOptions = {}): Promise<Run> =>
	wall.evaluate(([what, how]) => window.harness.run(what, how), [program, options] as const);

function valueOf<T>({ outcome }: Run): T {
	expect(outcome).toMatchObject({ status: 'returned' });
	return JSON.parse((outcome as { json: string }).json) as T;
}

/** Reads whatever reaches the page, as a channel to it would. */
const listen = (tab: Session) =>
	tab.evaluate(() => {
		const leaks: unknown[] = [];
		Object.assign(window, { leaks });
		new BroadcastChannel('probe').onmessage = ({ data }) => leaks.push(data);
		addEventListener('message', ({ data }) => leaks.push(data));
	});
const leaks = (tab: Session) => tab.evaluate(() => (window as unknown as { leaks: unknown[] }).leaks);

/** Ways that work in this browser without the wall: each a check that its probe can. */
const ways = {
	firefox: {
		network: [
			...['fetch', 'fetch-no-cors', 'xhr', 'websocket', 'eventsource', 'beacon', 'import-scripts'],
			...['import-module-script', 'font-face', 'image', 'udp', 'worker-nested', 'shared-worker'],
		],
		local: [
			...['indexeddb', 'caches', 'opfs', 'local-storage', 'cookie', 'cookie-store', 'locks'],
			...['broadcast-channel', 'parent', 'top', 'post-message'],
		],
	},
	webkit: {
		network: [
			...['fetch', 'fetch-no-cors', 'xhr', 'websocket', 'eventsource', 'beacon', 'import-scripts'],
			...['import-module-script', 'font-face', 'image', 'worker-nested', 'shared-worker'],
		],
		local: [
			...['indexeddb', 'caches', 'local-storage', 'cookie', 'cookie-store', 'locks'],
			...['broadcast-channel', 'parent', 'top', 'post-message'],
		],
	},
};

for (const served of [false, true]) {
	test.describe(
		served ? 'a component behind the wall, served by a service worker,' : 'a component behind the wall',
		() => {
			test.use({ served });

			test('reaches no network, no storage and no channel', async ({ wall, witness }) => {
				await listen(wall);
				const attempts = valueOf<Attempts>(await run(wall, programOf(attemptsAgainst(witness))));
				expect(attempts.origin).toBe('null');
				expect(Object.keys(attempts).length).toBeGreaterThan(30);
				const worked = Object.entries(attempts).filter(([, how]) => how === 'done' || how === 'no answer');
				expect(worked).toEqual([]);
				// Whatever was still on its way would have come before this.
				await fetch(`${witness.origin}/end`);
				expect(witness.names()).toEqual(['end']);
				expect(await leaks(wall)).toEqual([]);
			});

			test('finds nothing in its realm to get out with', async ({ wall, tab, address }) => {
				const inside = await run(
					wall,
					programOf(reachableFrom('[globalThis, imports, instantiateCore, getCoreModule]')),
				);
				expect(valueOf<string[]>(inside)).toEqual([]);
				// What the search would have found without the wall.
				await tab.goto(address('/plain/'));
				const outside = await tab.evaluate(
					(search) =>
						new Promise<string[]>((resolve) => {
							addEventListener('found', (event) => resolve((event as CustomEvent<string[]>).detail));
							const script = document.createElement('script');
							script.textContent = `dispatchEvent(new CustomEvent('found', { detail: ${search} }))`;
							document.body.append(script);
						}),
					reachableFrom('[fetch, Worker.prototype]'),
				);
				expect(outside).toEqual(expect.arrayContaining(['EventTarget', 'Worker', 'fetch', 'postMessage']));
			});

			test('a program that is prepared before its call runs nothing', async ({ wall }) => {
				const prepare = () =>
					wall.evaluate((program) => window.harness.prepare(program as never), watchedProgram);
				await prepare();
				expect(valueOf(await run(wall, isMarked))).toBe(false);
				await prepare();
				const { outcome } = await run(wall, watchedProgram as never, { limits: { callMs: 500 } });
				expect(outcome).toMatchObject({ status: 'limited', limit: 'callMs' });
				expect(valueOf(await run(wall, marksItself))).toBe(true);
			});

			test('a call that never ends is ended at its deadline, and the next one runs', async ({ wall }) => {
				const { outcome, turns } = await run(wall, programOf('(async () => { for (;;); })()'), {
					limits: { callMs: 400 },
				});
				expect(outcome).toMatchObject({ status: 'limited', limit: 'callMs' });
				expect(turns, 'the page had its turns meanwhile').toBeGreaterThanOrEqual(3);
				expect(valueOf(await run(wall, programOf('"next"')))).toBe('next');
			});
		},
	);
}

test('without the wall it would reach all of them', async ({ tab, address, witness, engine }) => {
	await tab.goto(address('/plain/'));
	await listen(tab);
	const outcomes = await tab.evaluate(async (attempt) => {
		const scope = window as unknown as { inPage: Promise<Attempts> };
		const script = document.createElement('script');
		script.textContent = `inPage = ${attempt}`;
		document.body.append(script);
		const code = `${attempt}.then((outcomes) => postMessage({ outcomes }))`;
		const inWorker = new Promise<Attempts>((resolve) => {
			const worker = new Worker(URL.createObjectURL(new Blob([code])));
			worker.onmessage = ({ data }) => data.outcomes && resolve(data.outcomes);
		});
		return [await scope.inPage, await inWorker] as const;
	}, attemptsAgainst(witness));
	const { network, local } = ways[engine];
	await expect.poll(() => witness.names().sort()).toEqual(expect.arrayContaining([...network].sort()));
	expect(local.filter((way) => outcomes.some((each) => each[way] === 'done'))).toEqual(local);
	expect(await leaks(tab)).toEqual(expect.arrayContaining(['broadcast', 'parent', 'top']));
});

test('the runner does nothing as a page of its own', async ({ tab, address }) => {
	await tab.goto(address('/wall/runner.html'));
	expect(await tab.evaluate(() => document.body.innerText)).toContain('It does nothing on its own');
});
