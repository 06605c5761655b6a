/**
 * The page that serves, as this command talks with it: by the browser's debugging alone. What the page has for the command is asked for; the page can call
 * nothing here.
 */
export async function openServing(browser, address) {
	const context = await browser.newContext({ viewport: null, serviceWorkers: 'block' });
	const page = await context.newPage();
	await page.goto(address);
	await page.waitForFunction(() => window.tapedeckServe !== undefined, null, { timeout: 120_000 });
	const gone = new Promise((resolve) => {
		page.once('crash', () => resolve('The page crashed. It probably ran out of memory.'));
		page.once('close', () => resolve('The page was closed.'));
	});
	return {
		gone,
		begin: (setup) => page.evaluate((given) => window.tapedeckServe.begin(given), setup),
		/** `label` is what its messages are listed under, default its name. */
		connect: (connection, label) =>
			page.evaluate(([name, shown]) => window.tapedeckServe.connect(name, shown), [connection, label]),
		receive: (connection, text) =>
			page.evaluate(([name, message]) => window.tapedeckServe.receive(name, message), [connection, text]),
		disconnect: (connection) => page.evaluate((name) => window.tapedeckServe.disconnect(name), connection),
		/** Hands out what the page has, in order, until it is gone. `errands` do what it asks for, by name. */
		async follow(onMessage, errands) {
			for (;;) {
				const items = await page.evaluate(() => window.tapedeckServe.next());
				for (const item of items) {
					if (item.kind === 'message') onMessage(item.connection, item.text);
					else void run(item, errands);
				}
			}
		},
	};

	async function run({ id, what, with: given }, errands) {
		const outcome = await Promise.resolve()
			.then(() => errands[what](given))
			.then(
				(value) => ({ value: value ?? null }),
				(error) => ({ problem: error.message }),
			);
		await page
			.evaluate(([errand, result]) => window.tapedeckServe.answer(errand, result), [id, outcome])
			.catch(() => {});
	}
}
