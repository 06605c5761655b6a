import { expect, openDeck, test } from './test';

test('a first visit runs its sample with one press, without an error', async ({ tab, address }) => {
	await openDeck(tab, address('/watched/'));
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
