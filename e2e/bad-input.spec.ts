import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { component, openDeck, pick, run, setArguments, tool } from './page';
import { test } from './test';

const core = Buffer.from('0061736d01000000', 'hex');
const files = component('files');

const notComponents: [what: string, bytes: Buffer, words: RegExp][] = [
	['a core module', core, /core (WebAssembly )?module/i],
	['an empty file', Buffer.alloc(0), /empty/i],
	['a text file', Buffer.from('Dear diary, nothing happened.'), /not (a )?WebAssembly|is text/i],
	['the page of a 404', Buffer.from('<!doctype html><title>404</title>Not found'), /HTML|web page/i],
	['a component that was cut off', files.subarray(0, files.length - 1000), /cut off|ends/i],
];

test.describe('a file that is no component', () => {
	for (const [what, bytes, words] of notComponents) {
		test(`gets a message that says what it is: ${what}`, async ({ page }) => {
			await openDeck(page);
			await pick(page, 'mine.wasm', bytes);
			await expect(page.getByRole('alert').filter({ hasText: words })).toBeVisible();
			// The session goes on as it was.
			await run(page);
			await expect(page.getByTestId('result')).toContainText('notes.txt');
		});
	}
});

test('a file that is too large is not even read, and gets a message that says how to make it smaller', async ({
	page,
}, { outputDir }) => {
	mkdirSync(outputDir, { recursive: true });
	const path = join(outputDir, 'mine.wasm');
	writeFileSync(path, files);
	// Longer than any that is loaded, and without content there.
	truncateSync(path, 129 * 2 ** 20);
	await openDeck(page);
	await page.getByTestId('component-file').setInputFiles(path);
	await expect(page.getByRole('alert').filter({ hasText: /129 MiB.*wasm-tools strip/ })).toBeVisible();
});

test('an import that nobody provides is named on load and by the call, and the session goes on', async ({
	page,
}) => {
	await openDeck(page);
	await pick(page, 'missing-import.wasm', component('missing-import'));
	await expect(page.getByTestId('component-list')).toContainText('Nothing here provides');
	await tool(page, 'count').click();
	await run(page);
	await expect(page.getByTestId('result')).toContainText('acme:warehouse/stock@1.2.0');
	await pick(page, 'time.wasm', component('time'));
	await tool(page, 'local_time-server_time_get-current-time').click();
	await run(page);
	await expect(page.getByTestId('result')).toHaveAttribute('data-status', 'ok');
});

test.describe('arguments that do not fit', () => {
	test('of another type are sent as typed from the JSON view, and refused', async ({ page }) => {
		await openDeck(page);
		await setArguments(page, { path: 7 });
		await run(page);
		await expect(page.getByTestId('result')).toHaveAttribute('data-status', 'error');
		await expect(page.getByTestId('result')).toContainText('found: Number(7)');
		await setArguments(page, { path: '/data' });
		await run(page);
		await expect(page.getByTestId('result')).toHaveAttribute('data-status', 'ok');
	});

	test('are not sent from the form, which says what is wrong at the field', async ({ page }) => {
		await openDeck(page);
		await tool(page, 'get-directory-tree').click();
		await page.getByRole('textbox', { name: 'path' }).fill('/data');
		await page.getByRole('textbox', { name: 'max-depth' }).fill('-1');
		await page.getByTestId('run').click();
		await expect(page.getByRole('textbox', { name: 'max-depth' })).toHaveAttribute('aria-invalid', 'true');
		await expect(page.getByTestId('result')).toHaveCount(0);
		await page.getByRole('textbox', { name: 'max-depth' }).fill('2');
		await run(page);
		await expect(page.getByTestId('result')).toContainText('reports');
	});

	test('are refused by the server in the words of Wassette', async ({ page }) => {
		await openDeck(page);
		const result = await page.evaluate(() => window.tapedeck.callTool('list-directory', {}));
		expect(result).toMatchObject({
			isError: true,
			content: [{ type: 'text', text: 'Error: expected object shape for object, found: missing field path' }],
		});
	});
});

test('an address that leads to a 404 page is said to, and the right one loads', async ({ page }) => {
	const server = createServer((request, response) => {
		const found = request.url === '/tools.wasm';
		response
			.writeHead(found ? 200 : 404, {
				'access-control-allow-origin': '*',
				'content-type': found ? 'application/wasm' : 'text/html',
			})
			.end(found ? files : '<!doctype html><title>404</title>');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	try {
		await openDeck(page);
		await page.getByRole('button', { name: 'Add a component' }).click();
		await page.getByRole('menuitem', { name: 'From an address' }).click();
		const dialog = page.getByRole('dialog');
		for (const path of ['/missing.wasm', '/tools.wasm']) {
			await page.getByLabel('Address of the component').fill(`${origin}${path}`);
			await page.getByRole('button', { name: 'Load', exact: true }).click();
			if (path === '/missing.wasm') await expect(dialog.getByRole('alert')).toContainText('404');
		}
		await expect(dialog).toHaveCount(0);
		await expect(page.getByTestId('component-list')).toContainText('tools');
	} finally {
		server.close();
	}
});
