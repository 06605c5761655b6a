import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { expect, type Locator, type Page } from '@playwright/test';
import { serveFolders } from './fixtures/static-server';
import { startWitness, type Witness } from './fixtures/witness';
import { tool } from './page';
import { test } from './test';

/* A person's word holds for what they have read. Time stands still here, and passes only where a test lets it. */

const linkOf = (scenario: object) => `#td1.${deflateRawSync(JSON.stringify(scenario)).toString('base64url')}`;
const titled = (title: string) => ({
	version: 1,
	title,
	components: [{ id: 'files', source: { sample: 'files' }, policy: null }],
});
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** A page of another origin than the site's, which does nothing by itself. */
const plain = async () => {
	const witness = await startWitness((_, response) =>
		response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Elsewhere</title>'),
	);
	return { ...witness, origin: `http://localhost:${witness.port}` };
};

async function stopTime(page: Page): Promise<void> {
	await page.clock.install({ time: 0 });
	await page.clock.pauseAt(1000);
}

/** Presses where a control is, whatever the page thinks of it. */
async function pressAt(page: Page, control: Locator): Promise<void> {
	const box = (await control.boundingBox())!;
	await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
}

test('a link that another page exchanges under a press opens neither, says so, and can be agreed to a second later', async ({
	page,
	baseURL,
}) => {
	const opener = await plain();
	await stopTime(page);
	await page.goto(opener.origin);
	const [popup] = await Promise.all([
		page.waitForEvent('popup'),
		page.evaluate(
			(url) => void Object.assign(window, { theirs: window.open(url) }),
			`${baseURL}${linkOf(titled('A'))}`,
		),
	]);
	const card = popup.getByTestId('open-summary');
	await expect(card).toContainText('A');
	const first = await popup.getByTestId('scenario-digest').textContent();
	await expect(button(popup, 'Open')).toBeDisabled();
	await popup.clock.runFor(1000);
	await expect(button(popup, 'Open')).toBeEnabled();
	await expect(popup.getByTestId('card-changed')).toHaveCount(0);

	await page.evaluate(
		(url) => {
			(window as unknown as { theirs: Window }).theirs.location.href = url;
		},
		`${baseURL}${linkOf(titled('B'))}`,
	);
	await expect(popup.getByTestId('card-changed')).toContainText('offers something else now');
	expect(await popup.getByTestId('scenario-digest').textContent()).not.toBe(first);
	await pressAt(popup, button(popup, 'Open'));
	await popup.clock.runFor(999);
	await pressAt(popup, button(popup, 'Open'));
	await expect(button(popup, 'Open')).toBeDisabled();
	expect(await popup.evaluate(() => window.tapedeck.scenario().components)).toEqual([]);

	await popup.clock.runFor(1);
	await button(popup, 'Open').click();
	await expect(popup.getByTestId('scenario-title')).toHaveText('B');
	await opener.close();
});

test('in a frame, the own machine takes two presses in two places, and a frame that nobody can see takes none', async ({
	page,
	baseURL,
}) => {
	const [around, witness] = await Promise.all([plain(), startWitness()]);
	const scenario = {
		version: 1,
		engine: 'documented',
		components: [
			{
				id: 'fetch',
				source: { sample: 'fetch' },
				policy: `version: "1.0"\npermissions:\n  network:\n    allow:\n      - host: "127.0.0.1:${witness.port}"\n`,
			},
		],
		calls: [{ tool: 'fetch', arguments: { url: `${witness.origin}/reached` } }],
	};
	await stopTime(page);
	await page.goto(around.origin);
	await page.evaluate(
		(src) => {
			document.body.innerHTML = `<div id="clip" style="overflow:hidden"><iframe style="width:900px;height:560px;border:0"></iframe></div>
			<div id="cover" style="display:none;position:fixed;inset:0;background:#fff;pointer-events:none"></div>`;
			document.querySelector('iframe')!.src = src;
		},
		`${baseURL}embed.html${linkOf(scenario)}`,
	);
	const frame = page.frameLocator('iframe');
	const hidden = frame.getByTestId('card-hidden');
	const confirm = frame.getByTestId('confirm-local');
	const load = frame.getByTestId('load-and-run');
	const style = (selector: string, css: string) =>
		page.evaluate(
			([one, text]) => document.querySelector<HTMLElement>(one!)!.setAttribute('style', text!),
			[selector, css],
		);
	const whole = 'width:900px;height:560px;border:0';
	await expect(frame.getByTestId('local-hosts')).toContainText(`127.0.0.1:${witness.port}`);

	for (const [selector, css, back, words] of [
		['iframe', `${whole};opacity:.001`, whole, /see-through/],
		['#cover', 'position:fixed;inset:0;background:#fff;pointer-events:none', 'display:none', /covers it/],
		['#clip', 'overflow:hidden;height:40px', 'overflow:hidden', /out of sight/],
		['iframe', 'width:220px;height:120px;border:0', whole, /too small/],
	] as const) {
		await style(selector, css);
		await expect(hidden).toContainText(words);
		await page.clock.runFor(5000);
		await expect(confirm).toBeDisabled();
		await expect(load).toBeDisabled();
		await style(selector, back);
		await expect(hidden).toHaveCount(0);
		await expect(confirm).toBeDisabled();
	}

	await page.clock.runFor(1000);
	await expect(confirm).toBeEnabled();
	await pressAt(page, load);
	await expect(load).toBeDisabled();
	const [first, second] = [(await confirm.boundingBox())!, (await load.boundingBox())!];
	expect(second.x - (first.x + first.width)).toBeGreaterThan(100);
	// The browser looks again at its own time, and each look that finds the frame out of sight begins the second anew.
	await expect(async () => {
		await page.clock.runFor(1000);
		await confirm.check({ timeout: 1000 });
	}).toPass();
	await expect(load).toBeDisabled();
	expect(witness.heard).toEqual([]);
	await page.clock.runFor(1000);
	await page.clock.resume();
	await load.click();
	await expect(frame.getByTestId('result')).toHaveAttribute('data-status', 'ok');
	expect(witness.names()).toEqual(['reached']);
	await Promise.all([around.close(), witness.close()]);
});

test('a redirect of a scenario’s address is followed only to a host that was shown before the press', async ({
	page,
}) => {
	const other = await startWitness((_, response) =>
		response
			.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'application/json' })
			.end(JSON.stringify(titled('From elsewhere'))),
	);
	const first: Witness = await startWitness((_, response) =>
		response
			.writeHead(302, { 'access-control-allow-origin': '*', location: `${other.origin}/there.json` })
			.end(),
	);
	await page.goto(`./?src=${encodeURIComponent(`${first.origin}/here.json`)}`);
	await expect(page.getByTestId('local-hosts')).toContainText(first.origin.slice(7));
	await page.getByTestId('confirm-local').check();
	await button(page, 'Fetch').click();
	await expect(page.getByRole('alert')).toContainText('redirects elsewhere');
	expect([first.names(), other.names()]).toEqual([['here'], []]);
	await page.getByLabel('Host that it redirects to').fill(other.origin);
	await button(page, 'Let it lead there').click();
	await expect(page.getByTestId('local-hosts')).toContainText(other.origin.slice(7));
	await expect(button(page, 'Fetch')).toBeDisabled();
	await page.getByTestId('confirm-local').check();
	await button(page, 'Fetch').click();
	await expect(page.getByTestId('open-summary')).toContainText('From elsewhere');
	expect(other.names()).toEqual(['there']);
	await Promise.all([first.close(), other.close()]);
});

test('the whole page refuses to be framed by other sites, with and without headers, and the embedded one plays', async ({
	page,
	baseURL,
}) => {
	const dist = join(import.meta.dirname, '..', 'dist');
	const [around, hosted] = await Promise.all([
		plain(),
		serveFolders({ '/': dist }, 0, readFileSync(join(dist, '_headers'), 'utf8')),
	]);
	const show = (src: string, height = 560) =>
		page.evaluate(
			([address, tall]) =>
				new Promise<void>((resolve) => {
					document.body.innerHTML = `<iframe style="width:900px;height:${tall}px"></iframe>`;
					const frame = document.querySelector('iframe')!;
					frame.onload = () => resolve();
					frame.src = address;
				}),
			[src, height] as const,
		);
	const frame = page.frameLocator('iframe');
	await page.goto(around.origin);
	for (const name of [`./${linkOf(titled('A'))}`, 'index.html', 'serve.html', 'verify.html']) {
		const address = new URL(name, baseURL).href;
		await show(address);
		await expect(frame.getByRole('alert')).toContainText(
			'does not show itself inside a page of another site',
		);
		const link = frame.getByRole('link', { name: 'Open this page on its own' });
		expect(await link.getAttribute('href')).toBe(address);
		expect(page.frames().length).toBe(2);
	}
	for (const path of ['/', '/index.html', '/serve.html', '/verify.html']) {
		await show(`${hosted.origin}${path}`);
		expect(page.frames()[1]?.url()).toMatch(/^chrome-error:/);
	}
	await show(
		`${hosted.origin}/embed.html${linkOf(JSON.parse(readFileSync(join(dist, '../static-surprises/deny-list.tapedeck.json'), 'utf8')) as object)}`,
	);
	await frame.getByTestId('load-and-run').click();
	await expect(frame.getByTestId('result')).toHaveAttribute('data-status', 'ok');
	// A page of its own origin may frame it.
	await page.goto(`${hosted.origin}/scenario.schema.json`);
	// Where it is this high, the list of tools is in view.
	await show(`${hosted.origin}/`, 760);
	await expect(frame.getByTestId('tool-item').first()).toBeVisible();
	await Promise.all([around.close(), hosted.close()]);
});

test('a component’s address on the own machine is fetched only after two presses', async ({ page }) => {
	const witness = await startWitness((_, response) =>
		response
			.writeHead(200, { 'access-control-allow-origin': '*' })
			.end(readFileSync(join(import.meta.dirname, '../static-components/files/files.wasm'))),
	);
	const scenario = {
		version: 1,
		components: [{ id: 'near', source: { url: `${witness.origin}/near.wasm` }, policy: null }],
	};
	await page.goto(`./${linkOf(scenario)}`);
	await expect(page.getByTestId('local-hosts')).toContainText(witness.origin.slice(7));
	await expect(page.getByTestId('confirm-local')).toBeEnabled();
	await pressAt(page, button(page, 'Open'));
	await page.getByTestId('confirm-local').check();
	expect(witness.heard).toEqual([]);
	await button(page, 'Open').click();
	await expect(tool(page, 'list-directory')).toBeVisible();
	expect(witness.names()).toEqual(['near']);
	await witness.close();
});
