import { launch } from './launch.mjs';

/** Files that one page checks, before the next one takes over: what a page keeps in memory of each does not add up for ever. */
const mostFiles = 50;

/** How long a page may take to open before that counts as the time of its file, in milliseconds. */
const openMs = 30_000;

/**
 * One browser for all files. A page of it checks many, one after the other; one that failed or crashed is given up, and another one is opened
 * meanwhile. `origin` is a promise of where the site is. Resolves once the browser has started.
 */
export async function openPages(chromium, executablePath, origin) {
	let starting;
	/** Files that are being checked. */
	let active = 0;
	/** A page went on for too long, and may hold the browser up for ever. */
	let isHeldUp = false;
	let restarting = null;
	let isClosed = false;
	let whenIdle = [];
	const forgotten = new WeakSet();

	const start = () => {
		starting = launch((how) => chromium.launchServer(how), executablePath).then(
			async ({ server, warning }) => ({
				...{ server, warning },
				browser: await chromium.connect(server.wsEndpoint()),
			}),
		);
		return starting;
	};

	/** A page in a context of its own, with what rejects once it crashes. */
	const open = async () => {
		const { browser } = await starting;
		const context = await browser.newContext();
		const page = await context.newPage();
		const crash = new Promise((_, reject) =>
			page.once('crash', () => reject(new Error('The page crashed. It probably ran out of memory.'))),
		);
		crash.catch(() => {});
		await page.goto(`${await origin}/verify.html`);
		return { browser, page, crash, context, files: 0 };
	};

	/** Waits until no page holds the browser up; the one that comes when nothing runs any more starts another browser. */
	async function untilFree() {
		while (isHeldUp && !isClosed) {
			if (active === 0)
				restarting ??= starting
					.then(({ browser, server }) => (forgotten.add(browser), server.kill()))
					.then(() => isClosed || start())
					.finally(() => {
						isHeldUp = false;
						restarting = null;
					});
			await (restarting ?? new Promise((resolve) => whenIdle.push(resolve)));
		}
	}

	/** A place at which one file after the other is checked, beside those of other seats. The first page of it is opened at once. */
	function seat() {
		let next = open();
		next.catch(() => {});
		return {
			/**
			 * Lends a page for so many milliseconds. `use` gives an outcome, and whether the page is `spoiled` for another file. Rejects where the page
			 * crashes or `use` rejects.
			 */
			async lend(use, timeoutMs) {
				await untilFree();
				active += 1;
				let isSpoiled = true;
				const lent = next.then((kept) => (forgotten.has(kept.browser) ? (next = open()) : kept));
				const tooLong = afterOpening(lent, timeoutMs);
				try {
					const done = await Promise.race([
						lent.then(({ page, crash }) => Promise.race([use(page), crash])),
						tooLong.passed,
					]);
					if (done === null) {
						isHeldUp = true;
						return { ok: false, error: tookTooLong(timeoutMs) };
					}
					const kept = await lent;
					isSpoiled = done.isSpoiled || ++kept.files >= mostFiles;
					return done.outcome;
				} finally {
					tooLong.cancel();
					if (isSpoiled) {
						lent.then(({ context }) => context.close()).catch(() => {});
						// Where the browser is held up, the next page is one of another browser.
						next = isHeldUp ? untilFree().then(open) : open();
						next.catch(() => {});
					}
					active -= 1;
					if (active === 0) for (const resolve of whenIdle.splice(0)) resolve();
				}
			},
		};
	}

	const { warning } = await start();
	/** `close` ends the browser with whatever holds it up. */
	async function close() {
		isClosed = true;
		// A browser that is only being started in the place of another one would outlive this.
		await restarting?.catch(() => {});
		await (await starting).server.kill();
	}
	return { warning, seat, close };
}

/** What resolves with null so many milliseconds after a page has opened, or should have. */
function afterOpening(opened, milliseconds) {
	let timer;
	const passed = new Promise((resolve) => {
		const count = () => {
			clearTimeout(timer);
			timer = setTimeout(() => resolve(null), milliseconds);
		};
		timer = setTimeout(count, openMs);
		opened.then(count, () => {});
	});
	return { passed, cancel: () => clearTimeout(timer) };
}

const tookTooLong = (milliseconds) =>
	`It took longer than ${milliseconds / 1000} seconds and was ended. --timeout allows more.`;
