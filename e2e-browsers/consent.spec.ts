import { deflateRawSync } from 'node:zlib';
import { startSix, startSniffer } from '../e2e/fixtures/redirects';
import { startWitness } from '../e2e/fixtures/witness';
import { expect, test } from './test';

/* A person's word, and the broker's reach, as in Chromium (e2e/consent.spec.ts, e2e/broker.spec.ts). */

const linkOf = (scenario: object) => `#td1.${deflateRawSync(JSON.stringify(scenario)).toString('base64url')}`;
const titled = (title: string, host?: string) => ({
	version: 1,
	title,
	components: [
		{
			id: 'files',
			source: { sample: 'files' },
			policy: host ? `version: "1.0"\npermissions:\n  network:\n    allow:\n      - host: "${host}"\n` : null,
		},
	],
});

test('a link that is exchanged under a press opens neither, and the own machine takes two presses', async ({
	tab,
	address,
}) => {
	await tab.goto(address(`/deck/${linkOf(titled('A'))}`));
	const seen = await tab.evaluate(
		async (second) => {
			const find = (name: string) =>
				[...document.querySelectorAll<HTMLButtonElement>('dialog footer button')].find(
					({ textContent }) => textContent?.trim() === name,
				);
			const until = <T>(what: () => T | null | undefined | false) =>
				new Promise<T>((resolve) => {
					const look = () => {
						const found = what();
						if (!found) return;
						watch.disconnect();
						resolve(found);
					};
					const watch = new MutationObserver(look);
					watch.observe(document, { subtree: true, childList: true, attributes: true });
					look();
				});
			const open = () => find('Open');
			const isOpen = () => window.tapedeck.scenario().components.length > 0;
			const armed = () => until(() => open() && !open()!.disabled && open());
			const first = await until(open);
			const atFirst = first.disabled;
			await armed();
			location.hash = second;
			await until(() => document.querySelector('[data-testid=card-changed]'));
			const afterChange = open()!.disabled;
			open()!.click();
			const confirm = await until(() => {
				const box = document.querySelector<HTMLInputElement>('[data-testid=confirm-local]');
				return box && !box.disabled && box;
			});
			open()!.click();
			const beforeConfirm = [open()!.disabled, isOpen()];
			confirm.click();
			await until(() => confirm.checked && confirm.disabled);
			const afterConfirm = open()!.disabled;
			(await armed()).click();
			await until(() => document.querySelector('[data-testid=tool-item]') && isOpen());
			return { atFirst, afterChange, beforeConfirm, afterConfirm, title: window.tapedeck.scenario().title };
		},
		linkOf(titled('B', '127.0.0.1:1')),
	);
	expect(seen).toEqual({
		atFirst: true,
		afterChange: true,
		beforeConfirm: [true, false],
		afterConfirm: true,
		title: 'B',
	});
});

test('the whole page refuses a frame of another site', async ({ tab, address }) => {
	const around = await startWitness((_, response) =>
		response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html><iframe></iframe>`),
	);
	await tab.goto(`http://localhost:${around.port}/`);
	await tab.evaluate(
		(src) =>
			new Promise<void>((resolve) => {
				const frame = document.querySelector('iframe')!;
				frame.onload = () => resolve();
				frame.src = src;
			}),
		address('/deck/index.html'),
	);
	await tab.enterFrame('iframe');
	const shown = await tab.evaluate(() => ({
		text: document.body.innerText,
		link: document.querySelector('a')?.href,
		parts: document.querySelectorAll('[data-testid]').length,
	}));
	expect(shown).toEqual({
		text: expect.stringContaining('does not show itself inside a page of another site'),
		link: address('/deck/index.html'),
		parts: 0,
	});
	await around.close();
});

test('a request reaches nothing over https that is granted over http, and is explained by none that could reach elsewhere', async ({
	tab,
	address,
}) => {
	const other = await startWitness();
	const hop = await startWitness((_, response) =>
		response.writeHead(302, { 'access-control-allow-origin': '*', location: `${other.origin}/hop` }).end(),
	);
	const [both, six] = await Promise.all([startSniffer(), startSix(`${other.origin}/hop`)]);
	await tab.goto(address('/wall/'));
	const ask = (url: string, rule: string) =>
		tab.evaluate(([what, host]) => window.harness.fetch({ url: what }, [host]), [url, rule] as const);
	expect(await ask(`${both.origin}/to-tls`, both.origin)).toMatchObject({ cause: 'redirect' });
	expect(both.tls()).toBe(0);
	expect(await ask(`${six.origin}/closed`, `[::1]:${six.port}`)).toMatchObject({ cause: 'unread' });
	expect(six.heard()).toEqual(['GET /closed']);
	expect(await ask(`${hop.origin}/here`, `127.0.0.1:${hop.port}`)).toMatchObject({ cause: 'redirect' });
	expect([hop.names(), other.names()]).toEqual([['here'], []]);
	// The same redirect where https is granted as well.
	await ask(`${both.origin}/to-tls`, `127.0.0.1:${both.port}`);
	expect(both.tls()).toBeGreaterThan(0);
	await Promise.all([other.close(), hop.close(), both.close(), six.close()]);
});
