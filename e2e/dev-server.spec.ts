import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { createServer } from 'vite';
import { openDeck, run } from './page';

test('the page of the development server plays the first sample', { tag: '@long' }, async ({ page }) => {
	const server = await createServer({
		root: join(import.meta.dirname, '..'),
		cacheDir: join(import.meta.dirname, '../dist-test/.vite'),
		logLevel: 'warn',
		server: { host: '127.0.0.1', port: 0 },
	});
	await server.listen();
	try {
		await openDeck(page, server.resolvedUrls!.local[0]);
		await run(page);
		await expect(page.getByTestId('result')).toContainText('notes.txt');
	} finally {
		await server.close();
	}
});
