import { expect, test as base, type Page } from '@playwright/test';
import {
	attemptsAgainst,
	isMarked,
	marksItself,
	programOf,
	reachableFrom,
	watchedProgram,
	type Attempts,
} from './fixtures/escape-attempts';
import { serveFolders } from './fixtures/static-server';
import { startWitness, type Witness } from './fixtures/witness';
import type { Harness, Run, RunOptions } from './harness/harness';

/*
 * The wall, tried from inside. A probe takes the place of a component's generated code, which is the strongest thing that a hostile
 * component could be, and a witness listens outside. Every silence has a control: the same probe without the wall is heard.
 */

const test = base.extend<{ witness: Witness; wall: Page }>({
	// eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from the pattern
	witness: async ({}, use) => {
		const witness = await startWitness();
		await use(witness);
		await witness.close();
	},
	wall: async ({ page, serviceWorkers }, use) => {
		await page.goto('../wall/');
		if (serviceWorkers === 'allow') {
			await page.evaluate(async () => {
				await navigator.serviceWorker.register('offline.js');
				await navigator.serviceWorker.ready;
			});
			await page.reload();
			expect(await page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
		}
		await page.waitForFunction(() => 'harness' in window);
		await use(page);
	},
});

const run = (page: Page, program: Parameters<Harness['run']>[0], options: RunOptions = {}): Promise<Run> =>
	page.evaluate<Run, readonly [unknown, unknown]>(
		([what, how]) => window.harness.run(what as { source: string }, how as RunOptions),
		[program, options],
	);

/** Of these a page that stood still for a call has one or none, however slow or quick the machine is. */
const severalTurns = 3;

/** The value that a program of `programOf` gave. */
function valueOf<T>({ outcome }: Run): T {
	expect(outcome).toMatchObject({ status: 'returned' });
	return JSON.parse((outcome as { json: string }).json) as T;
}

/** Runs a flood, and tells what the page was like meanwhile. What came in stays there: to send it on would stall the page by itself. */
const flood = (page: Page, expression: string) =>
	page.evaluate(
		async ([source]) => {
			const { outcome, calls, output, turns, parts } = await window.harness.run({ source: source! });
			return {
				...{ turns, parts },
				status: outcome.status,
				limit: outcome.status === 'limited' ? outcome.limit : null,
				resultLength: outcome.status === 'returned' ? (outcome.json as string).length : 0,
				calls: calls.length,
				lastTarget: calls.at(-1)?.target,
				outputLength: output.length,
			};
		},
		[programOf(expression).source],
	);

/** Reads whatever reached the page, as a channel to it would. */
const listen = (page: Page) =>
	page.evaluate(() => {
		const leaks: unknown[] = [];
		Object.assign(window, { leaks });
		new BroadcastChannel('probe').onmessage = ({ data }) => leaks.push(data);
		window.addEventListener('message', ({ data }) => leaks.push(data));
	});
const leaks = (page: Page) => page.evaluate(() => (window as unknown as { leaks: unknown[] }).leaks);

/** Ways to the network, and ways to the site's storage and channels, that work without the wall: each a check that its probe can. */
const networkWays = [
	...[
		'fetch',
		'fetch-no-cors',
		'xhr',
		'websocket',
		'websocket-stream',
		'eventsource',
		'beacon',
		'import-scripts',
	],
	...['import-module-script', 'font-face', 'image', 'udp', 'worker-nested', 'shared-worker'],
];
const localWays = [
	...['indexeddb', 'caches', 'opfs', 'local-storage', 'cookie', 'cookie-store', 'locks', 'broadcast-channel'],
	...['parent', 'top', 'post-message', 'code-from-text', 'function-from-text', 'timer-from-text'],
];

test.describe('a component behind the wall', () => {
	test('reaches no network, no storage and no channel of the site', async ({ wall, witness }) => {
		await listen(wall);
		const attempts = valueOf<Attempts>(await run(wall, programOf(attemptsAgainst(witness))));
		expect(attempts.origin).toBe('null');
		const worked = Object.entries(attempts).filter(([, how]) => how === 'done' || how === 'no answer');
		expect(worked).toEqual([]);
		expect(Object.keys(attempts)).toEqual(expect.arrayContaining([...localWays]));
		// Whatever was still on its way would have come before this.
		await fetch(`${witness.origin}/end`);
		expect(witness.names()).toEqual(['end']);
		expect(await leaks(wall)).toEqual([]);
	});

	test('would reach all of them without the wall', async ({ page, witness }) => {
		const plain = await serveFolders({ '/': import.meta.dirname + '/fixtures/plain/' });
		try {
			await page.goto(`${plain.origin}/index.html`);
			await listen(page);
			const outcomes = (realm: string) =>
				page.evaluate((name) => (window as unknown as Record<string, Promise<Attempts>>)[name]!, realm);
			const attempt = attemptsAgainst(witness);
			await page.addScriptTag({ content: `window.inPage = ${attempt}` });
			const code = `${attempt}.then((outcomes) => postMessage({ outcomes }))`;
			await page.addScriptTag({
				content: `window.inWorker = new Promise((resolve) => {
					const worker = new Worker(URL.createObjectURL(new Blob([${JSON.stringify(code)}])));
					worker.onmessage = ({ data }) => data.outcomes && resolve(data.outcomes);
				})`,
			});
			const [inPage, inWorker] = [await outcomes('inPage'), await outcomes('inWorker')];
			await expect
				.poll(() => witness.names().sort())
				.toEqual(expect.arrayContaining([...networkWays].sort()));
			const worked = localWays.filter((way) => inPage[way] === 'done' || inWorker[way] === 'done');
			expect(worked).toEqual(localWays);
			expect(await leaks(page)).toEqual(expect.arrayContaining(['broadcast', 'parent', 'top']));
		} finally {
			await plain.close();
		}
	});

	test('finds nothing in its realm to get out with', async ({ wall, page }) => {
		const inside = await run(
			wall,
			programOf(reachableFrom('[globalThis, imports, instantiateCore, getCoreModule]')),
		);
		expect(valueOf<string[]>(inside)).toEqual([]);
		// What the search would have found without the wall.
		const outside = await page.evaluate<string[]>(reachableFrom('[fetch, Worker.prototype]'));
		expect(outside).toEqual(expect.arrayContaining(['EventTarget', 'Worker', 'fetch', 'postMessage']));
	});

	test('cannot change what the host in its realm relies on', async ({ wall }) => {
		const changed = await run(
			wall,
			programOf(`(async () => {
				const tries = {
					push: () => { Array.prototype.push = () => 'changed'; },
					then: () => { Promise.prototype.then = () => 'changed'; },
					parse: () => { JSON.parse = () => 'changed'; },
					define: () => { Object.defineProperty(Map.prototype, 'get', { value: () => 'changed' }); },
					trace: () => { Error.prepareStackTrace = () => 'changed'; },
					stream: () => { ReadableStream.prototype.getReader = () => 'changed'; },
					reader: () => { Object.getPrototypeOf(new ReadableStream().getReader()).read = () => 'changed'; },
					controller: () => {
						new ReadableStream({ start(controller) { Object.getPrototypeOf(controller).enqueue = () => 'changed'; } });
					},
				};
				return Object.entries(tries).filter(([, change]) => { try { change(); return true } catch { return false } }).map(([name]) => name);
			})()`),
		);
		expect(valueOf<string[]>(changed)).toEqual([]);
	});

	test('is prepared before its call, and nothing of it runs', async ({ wall }) => {
		const prepare = () =>
			wall.evaluate((program) => window.harness.prepare(program as never), watchedProgram);
		await prepare();
		// Another call in the very sandbox that was prepared: its realm has no mark, and its worker is not held by a start function.
		expect(valueOf(await run(wall, isMarked))).toBe(false);
		// The controls: a call of it is held, and a top level that ran is seen.
		await prepare();
		const { outcome } = await run(wall, watchedProgram as never, { limits: { callMs: 500 } });
		expect(outcome).toMatchObject({ status: 'limited', limit: 'callMs' });
		expect(valueOf(await run(wall, marksItself))).toBe(true);
	});

	test('makes no memory and no table but through the host, which counts them', async ({ wall }) => {
		const made = await run(
			wall,
			programWithModule(
				oneMemory,
				`(async () => {
					const module = await getCoreModule('module');
					const tries = {
						memory: () => new WebAssembly.Memory({ initial: 1 }),
						table: () => new WebAssembly.Table({ initial: 1, element: 'anyfunc' }),
						instantiate: () => WebAssembly.instantiate(module),
						instance: () => new instance.constructor(module),
						direct: () => new WebAssembly.Instance(module),
						own: () => new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 5, 3, 1, 0, 1])),
						another: () => new instance.exports.m.constructor({ initial: 1 }),
						compiled: () => new module.constructor(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])),
						grown: () => instance.exports.m.grow(1),
					};
					const worked = [];
					for (const [name, attempt] of Object.entries(tries))
						try {
							const made = await attempt();
							const tag = Object.prototype.toString.call(made);
							if (made !== module && /WebAssembly|Number/.test(tag)) worked.push(name);
						} catch {}
					let instances = 1;
					try { for (; instances < 100; instances++) await instantiateCore(module) } catch {}
					return { worked, instances };
				})()`,
			),
			{ limits: { memoryBytes: 4 * 65_536 } },
		);
		expect(valueOf(made)).toEqual({ worked: [], instances: 4 });
		const unbounded = await run(wall, programWithModule(endlessMemory, '"started"'));
		expect(unbounded.outcome).toMatchObject({ status: 'limited', limit: 'memoryBytes' });
	});

	test('leaves nothing behind for the next call', async ({ wall, serviceWorkers }) => {
		const program = programOf(`(async () => {
			const seen = [globalThis.mark ?? null, Object.mark ?? null];
			globalThis.mark = 'kept';
			try { Object.mark = 'kept' } catch {}
			setInterval(() => { globalThis.mark = 'still here' }, 0);
			return seen;
		})()`);
		expect(valueOf(await run(wall, program))).toEqual([null, null]);
		expect(valueOf(await run(wall, program))).toEqual([null, null]);
		// Behind a service worker the sandbox is held by a document of ours.
		const frames = serviceWorkers === 'allow' ? 3 : 2;
		await expect.poll(() => wall.frames().length, 'the page, and one sandbox kept ready').toBe(frames);
	});
});

/** A program whose `probe` is what it instantiates its one core module for. */
const programWithModule = (module: readonly number[], probe: string) => ({
	source: `export async function instantiate(getCoreModule, imports, instantiateCore) {
		const instance = await instantiateCore(await getCoreModule('module'));
		return { probe: async () => JSON.stringify(await ${probe}) };
	}`,
	modules: [['module', module]] as never,
});
/** `(module (func (export "spin") (loop br 0)))` and the same with `spin` as its start function. */
const spin = [
	0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 8, 1, 4, 115, 112, 105, 110, 0, 0,
].concat([10, 9, 1, 7, 0, 3, 64, 12, 0, 11, 11]);
const spinAtStart = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 8, 1, 0].concat([
	10, 9, 1, 7, 0, 3, 64, 12, 0, 11, 11,
]);
/** `(module (memory (export "m") 1 1))` and the same without a maximum. */
const oneMemory = [0, 97, 115, 109, 1, 0, 0, 0, 5, 4, 1, 1, 1, 1, 7, 5, 1, 1, 109, 2, 0];
const endlessMemory = [0, 97, 115, 109, 1, 0, 0, 0, 5, 3, 1, 0, 1, 7, 5, 1, 1, 109, 2, 0];

const endless = {
	'a loop in JavaScript': programOf('(async () => { for (;;); })()'),
	'a loop in WebAssembly': programWithModule(spin, 'instance.exports.spin()'),
	'a start function that never returns': programWithModule(spinAtStart, '"never"'),
	'code that never finishes loading': { source: 'for (;;);' },
	'a promise that never settles': programOf('new Promise(() => {})'),
	'a sort without an end': programOf('[1, 2, 3].sort(() => { for (;;); })'),
	'a pattern that backtracks for ever': programOf('/^(a+)+$/.test("a".repeat(60) + "b")'),
	'a sleeping thread': {
		...programOf("imports['wasi:clocks/monotonic-clock'].subscribeDuration(10n ** 18n).block()"),
		mode: 'sync' as const,
	},
};

test.describe('a call that never ends', () => {
	for (const [what, program] of Object.entries(endless)) {
		test(`is ended at its deadline: ${what}`, async ({ wall }) => {
			const { outcome, turns } = await run(wall, program, { limits: { callMs: 400 } });
			expect(outcome).toMatchObject({ status: 'limited', limit: 'callMs' });
			expect(turns, 'the page had its turns meanwhile').toBeGreaterThanOrEqual(severalTurns);
			expect(valueOf(await run(wall, programOf('"next"')))).toBe('next');
			await expect.poll(() => wall.workers().length, 'only the workers kept ready').toBe(2);
		});
	}

	test('is ended by Stop', async ({ wall }) => {
		await wall.evaluate(
			([program]) => {
				const running = window.harness.run(program!);
				Object.assign(window, { running });
			},
			[endless['a loop in WebAssembly']],
		);
		await expect.poll(() => wall.workers().length).toBeGreaterThan(0);
		const outcome = await wall.evaluate(async () => {
			window.harness.stop();
			return (await (window as unknown as { running: Promise<Run> }).running).outcome;
		});
		expect(outcome).toEqual({ status: 'stopped' });
		expect(valueOf(await run(wall, programOf('"next"')))).toBe('next');
	});
});

test.describe('a component that floods the page', () => {
	test('with host calls has them all recorded, and the page stays responsive', async ({ wall }) => {
		const { turns, parts, ...end } = await flood(
			wall,
			`(async () => {
				const { get } = imports['wasi:config/store'];
				for (let i = 0; i < 100_000; i++) get('key-' + i);
				return 'done';
			})()`,
		);
		expect(end).toMatchObject({ status: 'returned', calls: 100_000, lastTarget: 'key-99999' });
		expect(turns).toBeGreaterThanOrEqual(severalTurns);
		expect(parts, 'it came in parts, and the page had a turn between them').toBeGreaterThanOrEqual(
			severalTurns,
		);
	});

	test('with output is ended at the limit', async ({ wall }) => {
		const { turns, parts, ...end } = await flood(
			wall,
			`(async () => {
				const stream = imports['wasi:cli/stdout'].getStdout();
				for (;;) stream.write(new Uint8Array(1000).fill(65));
			})()`,
		);
		expect(end).toMatchObject({ status: 'limited', limit: 'outputBytes', outputLength: 256 * 1024 });
		expect(turns).toBeGreaterThanOrEqual(severalTurns);
		expect(parts, 'it came in parts, and the page had a turn between them').toBeGreaterThanOrEqual(
			severalTurns,
		);
	});

	test('with a huge result has it delivered, and the page stays responsive', async ({ wall }) => {
		const { turns, ...end } = await flood(wall, '"x".repeat(9_000_000)');
		expect(end).toMatchObject({ status: 'returned', resultLength: 9_000_002 });
		expect(turns).toBeGreaterThanOrEqual(severalTurns);
	});

	test('is refused where it is too large', async ({ wall }) => {
		const { outcome } = await run(wall, programOf('"x".repeat(11_000_000)'));
		expect(outcome).toMatchObject({ status: 'trapped', message: expect.stringContaining('larger than') });
	});
});

test.describe('the runner', () => {
	test('does nothing as a page of its own', async ({ page }) => {
		await page.goto('../wall/runner.html');
		await expect(page.getByText('It does nothing on its own')).toBeVisible();
		expect(page.workers()).toHaveLength(0);
	});

	test('does nothing in a frame with the origin of the site', async ({ wall }) => {
		await expect.poll(() => wall.workers().length, 'the one kept ready').toBe(1);
		await wall.evaluate(() => {
			const frame = document.createElement('iframe');
			frame.src = 'runner.html';
			frame.name = 'unwalled';
			document.body.append(frame);
		});
		await expect(
			wall.frameLocator('iframe[name=unwalled]').getByText('It does nothing on its own'),
		).toBeVisible();
		expect(wall.workers()).toHaveLength(1);
	});

	test('has a policy that allows no network, as its first element', async ({ request }) => {
		const html = await (await request.get('../wall/runner.html')).text();
		expect(html).toMatch(/<head>\s*<meta http-equiv="Content-Security-Policy" content="default-src 'none'; /);
		expect(html).toContain("connect-src 'none'");
		expect(html).not.toContain('unsafe-inline');
		expect(html).not.toContain("'unsafe-eval'");
	});
});
