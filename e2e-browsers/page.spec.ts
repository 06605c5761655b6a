import { expect, openDeck, test } from './test';

test('a first visit runs its sample with one press, without an error', async ({ tab, address }) => {
	// By another name than the other tests, whose sessions this browser keeps.
	await openDeck(tab, address('/watched/').replace('127.0.0.1', 'localhost'));
	await tab.click('[data-testid=run]');
	const shown = await tab.evaluate(
		() =>
			new Promise<{ status: string | undefined; text: string; rows: string[] }>((resolve) => {
				const look = () => {
					const result = document.querySelector<HTMLElement>('[data-testid=result]');
					const rows = [
						...document.querySelectorAll<HTMLElement>('[data-testid=activity-row][data-verdict]'),
					].map((row) => row.dataset.verdict ?? '');
					const status = result?.dataset.status;
					if (!/^(ok|error|empty)$/.test(status ?? '') || rows.length === 0) return;
					watch.disconnect();
					resolve({ status, text: result?.innerText ?? '', rows });
				};
				const watch = new MutationObserver(look);
				watch.observe(document, { subtree: true, childList: true, attributes: true });
				look();
			}),
	);
	expect(shown).toMatchObject({ status: 'ok', text: expect.stringContaining('notes.txt') });
	expect(shown.rows).toContain('allow');
	expect(await tab.evaluate(() => (window as unknown as { problems: string[] }).problems)).toEqual([]);
});

test('an error of the page would be seen', async ({ tab, address }) => {
	await openDeck(tab, address('/watched/'));
	const problems = await tab.evaluate(async () => {
		console.error('mine');
		const script = document.createElement('script');
		script.textContent = '0';
		const told = new Promise((resolve) => addEventListener('securitypolicyviolation', resolve));
		document.body.append(script);
		await told;
		return (window as unknown as { problems: string[] }).problems;
	});
	expect(problems).toEqual(['console: mine', expect.stringMatching(/^policy: script-src\S* inline/)]);
});

// One for each wait, and many of them.
for (const visits of [4, 20])
	test(
		`each of ${visits} returns brings the session back with what was edited as the page was left, and waits out no patience`,
		{ tag: visits > 4 ? '@long' : [] },
		async ({ tab, address }) => {
			const commented = (visit: number) => `version: "1.0"\npermissions: {}\n# visit ${visit}\n`;
			await openDeck(tab, address('/deck/'));
			for (let visit = 1; visit <= visits; visit++) {
				// Left at once, or in the middle of what the page keeps by itself a little later.
				await tab.evaluate(
					async ([number, wait]) => {
						window.tapedeck.setPolicy('files', `version: "1.0"\npermissions: {}\n# visit ${number}\n`);
						await new Promise((resolve) => setTimeout(resolve, wait));
					},
					[visit, (visit % 4) * 110] as const,
				);
				await tab.goto('about:blank');
				await openDeck(tab, address('/deck/'));
				const { policy, expired, said } = await tab.evaluate(() => ({
					policy: window.tapedeck.scenario().components[0]?.policy,
					expired: performance.getEntriesByName('tapedeck:database-expired').length,
					said: document.body.innerText,
				}));
				expect({ visit, policy, expired }).toEqual({ visit, expired: 0, policy: commented(visit) });
				expect(said).not.toContain('in another tab');
				expect(said).not.toContain('keeps nothing');
			}
		},
	);

test('a second visit, which a service worker serves, plays a call in a sandbox', async ({ tab, address }) => {
	// By the name of the first visit: the sessions that other tests leave are elsewhere.
	const deck = address('/deck/').replace('127.0.0.1', 'localhost');
	await openDeck(tab, deck);
	await tab.evaluate(async () => {
		await navigator.serviceWorker.ready;
	});
	await openDeck(tab, deck);
	const { controlled, texts } = await tab.evaluate(async () => {
		const call = () => window.tapedeck.callTool('list-directory', { path: '/data' });
		const results = [await call(), await call()];
		return {
			controlled: navigator.serviceWorker.controller !== null,
			texts: results.map(({ content }) => JSON.stringify(content)),
		};
	});
	expect(controlled).toBe(true);
	for (const text of texts) expect(text).toContain('notes.txt');
});

test('choices have room for their words and their arrow, and no scrollbar of the page is drawn over a dialog', async ({
	tab,
	address,
}) => {
	await openDeck(tab, address('/deck/'));
	await tab.click('header button[aria-label=Lessons]');
	const choice = await tab.evaluate(
		() =>
			new Promise<object>((resolve) => {
				const look = () => {
					const select = document.querySelector<HTMLSelectElement>('[data-testid=lesson] select');
					if (!select) return void requestAnimationFrame(look);
					const { appearance, paddingRight, fontSize } = getComputedStyle(select);
					resolve({ appearance, paddingRight, isCut: select.clientHeight < 1.4 * parseFloat(fontSize) });
				};
				look();
			}),
	);
	expect(choice).toEqual({ appearance: 'none', paddingRight: '26px', isCut: false });
	// Where the colour of scrollbars is not known they have a style of their own, and are drawn where they are.
	const colours = () =>
		tab.evaluate(() => {
			const list = document.querySelector('.app')!;
			const known = CSS.supports('scrollbar-color', 'red red');
			return {
				known,
				root: known ? getComputedStyle(document.documentElement).scrollbarColor : null,
				page: known
					? getComputedStyle(list).scrollbarColor
					: getComputedStyle(list, '::-webkit-scrollbar').width,
			};
		});
	const before = await colours();
	expect(before.root).not.toBe('auto');
	expect(before.page).toBe(before.known ? before.root : '10px');
	await tab.evaluate(() => dispatchEvent(new KeyboardEvent('keydown', { key: '?' })));
	await tab.evaluate(
		() =>
			new Promise<void>((resolve) => {
				const look = () =>
					document.querySelector('dialog:modal') ? resolve() : void requestAnimationFrame(look);
				look();
			}),
	);
	if (before.known) expect((await colours()).page).toBe('rgba(0, 0, 0, 0) rgba(0, 0, 0, 0)');
});
