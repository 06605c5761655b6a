// Visits to the built page, and to the bare parts, each in a browser profile of its own.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inProfile, mainThreadTasks, traced } from './lib/browser.mjs';
import { median } from './lib/figures.mjs';

const root = join(import.meta.dirname, '..');
const bytesOf = (path) => [...readFileSync(join(root, path))];
/** A component that the site does not know: the sample `files` with an empty section of its own at its end. */
const unknown = [...bytesOf('static-components/files/files.wasm'), 0, 2, 1, 120];
const manyHostCalls = bytesOf('e2e/components/many-host-calls/many-host-calls.wasm');
const heavy = readFileSync(join(root, 'e2e/components/heavy/heavy.wasm')).toString('base64url');
/** A worker would fetch the whole site beside what is measured. */
const noWorker = { serviceWorkers: 'block' };

/** What the bare parts take: from an empty page to a first result, and for 100,000 host calls. */
export const floors = (browser, { origin }) =>
	inProfile(browser, noWorker, async (page) => {
		await page.goto(`${origin}/floor/`);
		await page.waitForFunction(() => 'coldMs' in window);
		return {
			floor: await page.evaluate(() =>
				window.coldMs('/samples/files/files.wasm', 'listDirectory', ['/data']),
			),
			fresh: median(
				await page.evaluate(() => window.freshMs('/samples/files/files.wasm', 'listDirectory', ['/data'], 9)),
			),
			shimCalls: await page.evaluate(() =>
				window.callMs('/components/many-host-calls/many-host-calls.wasm', 'readClock', [100_000]),
			),
		};
	});

/** A first visit: its sample to its first result, whole calls after it, and 100,000 host calls; with the bytes that came. */
export const firstVisit = (browser, server) =>
	inProfile(browser, noWorker, async (page) => {
		server.asked.length = 0;
		const cold = await firstResult(page, server.origin);
		const toResult = server.sentBytes(server.asked.filter((path) => path.startsWith('/deck/')));
		const { whole, inside } = await page.evaluate(wholeCalls);
		await page.locator('[data-testid=tool-item][data-name="list-directory"]').click();
		await page.getByTestId('call-form').getByRole('textbox').first().fill('/data');
		const shown = await page.evaluate(shownCalls);
		const ten = { tenCalls: await page.evaluate(tenCalls), tenEmpty: await page.evaluate(tenEmpty) };
		const recorded = await page.evaluate(async (component) => {
			const { tools } = await window.tapedeck.load(new Uint8Array(component), 'many');
			const name = tools.find((tool) => tool.includes('clock'));
			await window.tapedeck.callTool(name, { times: 1 });
			const began = performance.now();
			await window.tapedeck.callTool(name, { times: 100_000 });
			return performance.now() - began;
		}, manyHostCalls);
		return {
			figures: {
				cold,
				whole: median(whole),
				inside: median(inside),
				shown: median(shown),
				...ten,
				recordedCalls: recorded,
			},
			sizes: { ...sizesOf(server), toResult },
		};
	});

/** A component of one's own on a first visit and on the next one, which a service worker serves; and the next one of the sample. */
export const laterVisit = (browser, { origin }) =>
	inProfile(browser, {}, async (page) => {
		const own = await firstResult(page, origin, unknown);
		await page.evaluate(() => navigator.serviceWorker.ready);
		// A tab of its own, so that nothing of the first visit's session is restored into it by the tab.
		const second = await page.context().newPage();
		await page.close();
		const ownAgain = await firstResult(second, origin, unknown);
		const third = await second.context().newPage();
		await second.close();
		return { own, ownAgain, again: await firstResult(third, origin) };
	});

/** The longest task of the page's main thread while a component makes 10,000 files, each with several entries of the record. */
export const flood = (browser, { origin }) =>
	inProfile(browser, noWorker, async (page) => {
		await firstResult(page, origin);
		await page.evaluate(
			(bytes) =>
				window.tapedeck.open({
					version: 1,
					components: [
						{
							id: 'heavy',
							source: { bytes },
							policy:
								'version: "1.0"\npermissions:\n  storage:\n    allow:\n      - uri: "fs:///data"\n        access: ["read", "write"]\n',
						},
					],
					world: { files: { '/data/a.txt': 'a' } },
				}),
			heavy,
		);
		const before = await page.evaluate(() => window.tapedeck.activity().length);
		const events = await traced(browser, page, () =>
			page.evaluate(async () => {
				const result = await window.tapedeck.callTool('write-files', { directory: 'many', count: 10_000 });
				if (result.isError) throw new Error(JSON.stringify(result.content));
			}),
		);
		const tasks = mainThreadTasks(events);
		return {
			floodEntries: (await page.evaluate(() => window.tapedeck.activity().length)) - before,
			floodTask: Math.max(...tasks.map(({ ms }) => ms)),
			floodTaskCpu: Math.max(...tasks.map(({ cpuMs }) => cpuMs)),
		};
	});

/** A first visit over 4 Mbit/s and 40 ms: when it paints, when it can be used, when its first result is there, and what it says meanwhile. */
export const slowVisit = (browser, { origin }) =>
	inProfile(browser, noWorker, async (page) => {
		const session = await page.context().newCDPSession(page);
		await session.send('Network.enable');
		await session.send('Network.emulateNetworkConditions', {
			offline: false,
			latency: 40,
			downloadThroughput: 4e6 / 8,
			uploadThroughput: 1e6 / 8,
		});
		await page.addInitScript(() => {
			window.named = [];
			const look = () => {
				if (window.usable === undefined && document.querySelector('[data-testid=component-file]'))
					window.usable = performance.now();
				for (const { textContent } of document.querySelectorAll('#start, [role=status]')) {
					const text = textContent
						.trim()
						.split('\n')
						.at(-1)
						.replace(/,? [\d.]+ [KM]i?B.*|…/g, '')
						.trim();
					if (text && window.named.at(-1) !== text) window.named.push(text);
				}
			};
			new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
		});
		const slowResult = await firstResult(page, origin);
		const { named, slowUsable, slowPaint } = await page.evaluate(() => ({
			named: [...new Set(window.named)],
			slowUsable: window.usable,
			slowPaint: performance.getEntriesByName('first-contentful-paint')[0].startTime,
		}));
		return { figures: { slowPaint, slowUsable, slowResult }, named };
	});

/**
 * Opens the page and runs the sample of a first visit, or a component of one's own, as soon as that can be; milliseconds from the start of
 * the navigation.
 */
async function firstResult(page, origin, own = null) {
	await page.goto(`${origin}/deck/`, { waitUntil: 'commit' });
	await page.waitForFunction(
		(sample) => 'tapedeck' in window && (!sample || window.tapedeck.scenario().components.length > 0),
		own === null,
	);
	return page.evaluate(async (component) => {
		if (component) await window.tapedeck.load(new Uint8Array(component), 'own');
		await window.tapedeck.callTool('list-directory', { path: '/data' });
		return performance.now();
	}, own);
}

/** Runs in the page: what some calls took in all, and what of that was making the instance and running it, as the sandbox reports it. */
async function wholeCalls() {
	const figures = { whole: [], inside: [] };
	for (let call = 0; call < 12; call++) {
		// A sandbox is kept ready for the next call; it takes a moment to be.
		await new Promise((resolve) => setTimeout(resolve, 600));
		const began = performance.now();
		await window.tapedeck.callTool('list-directory', { path: '/data' });
		figures.whole.push(performance.now() - began);
		const { times } = window.tapedeck.activity().findLast(({ kind }) => kind === 'tool-call');
		figures.inside.push(times.instantiateMs + times.runMs);
	}
	return figures;
}

/** Runs in the page: milliseconds from pressing Run until the result is in the document, of each of some calls. What the screen takes to show it is not in them. */
async function shownCalls() {
	const isThere = (id) => document.querySelector(`[data-testid=${id}]`) !== null;
	const figures = [];
	for (let call = 0; call < 12; call++) {
		await new Promise((resolve) => setTimeout(resolve, 600));
		await new Promise((resolve) => {
			let isRunning = false;
			const observer = new MutationObserver(() => {
				isRunning ||= !isThere('result') || isThere('stop');
				if (!isRunning || isThere('stop') || !isThere('result')) return;
				figures.push(performance.now() - began);
				observer.disconnect();
				resolve();
			});
			observer.observe(document.body, { subtree: true, childList: true });
			const began = performance.now();
			document.querySelector('[data-testid=run]').click();
		});
	}
	return figures;
}

/** Runs in the page: milliseconds of ten calls, one right after the other. */
async function tenCalls() {
	const began = performance.now();
	for (let call = 0; call < 10; call++) {
		const { isError, content } = await window.tapedeck.callTool('list-directory', { path: '/data' });
		if (isError) throw new Error(content[0].text);
	}
	return performance.now() - began;
}

/** Runs in the page: milliseconds of ten sandboxes that are started as for a call, and removed once they are there, one after the other. */
async function tenEmpty() {
	// What the calls before have started is there by then.
	await new Promise((resolve) => setTimeout(resolve, 1_000));
	const began = performance.now();
	for (let sandbox = 0; sandbox < 10; sandbox++) {
		const frame = document.createElement('iframe');
		frame.setAttribute('sandbox', 'allow-scripts');
		frame.style.cssText = 'position:fixed;inset:0 auto auto 0;width:0;height:0;border:0;visibility:hidden';
		frame.src = new URL('runner.html', document.baseURI).href;
		const { port1, port2 } = new MessageChannel();
		const ready = new Promise((resolve) => {
			port1.onmessage = ({ data }) => data === '#ready' && resolve();
		});
		frame.addEventListener('load', () => frame.contentWindow.postMessage('tapedeck', '*', [port2]), {
			once: true,
		});
		document.body.append(frame);
		await ready;
		port1.close();
		frame.remove();
	}
	return performance.now() - began;
}

/** Bytes before the first paint, which are the document, its styles and its classic script; and before the page can be used. */
function sizesOf({ sentBytes }) {
	const html = readFileSync(join(root, 'dist/index.html'), 'utf8');
	const referenced = (pattern) => [...html.matchAll(pattern)].map(([, path]) => `/deck/${path.slice(2)}`);
	const painted = [
		'/deck/index.html',
		'/deck/check-browser.js',
		...referenced(/href="(\.\/assets\/[^"]+\.css)"/g),
	];
	const mounted = [...painted, ...referenced(/(?:src|href)="(\.\/assets\/[^"]+\.js)"/g)];
	return { painted: sentBytes(painted), mounted: sentBytes(mounted) };
}
