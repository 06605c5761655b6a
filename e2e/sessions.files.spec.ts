import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { openDeck } from './page';
import { test } from './test';

/* Files of a session: large ones are kept as bytes beside it, and what older pages kept still opens. */

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const large = 300_000;

/** What the database of sessions holds: its contents by key, and the longest scenario as JSON. */
const stored = (page: Page) =>
	page.evaluate(
		() =>
			new Promise<{ contents: Record<string, number>; scenario: number }>((resolve, reject) => {
				const opening = indexedDB.open('tapedeck');
				opening.onerror = () => reject(opening.error!);
				opening.onsuccess = () => {
					const db = opening.result;
					const found = { contents: {} as Record<string, number>, scenario: 0 };
					const transaction = db.transaction([...db.objectStoreNames]);
					transaction.objectStore('sessions').getAll().onsuccess = ({ target }) => {
						const sessions = (target as IDBRequest<{ scenario: unknown }[]>).result;
						found.scenario = Math.max(
							0,
							...sessions.map(({ scenario }) => JSON.stringify(scenario ?? null).length),
						);
					};
					if (db.objectStoreNames.contains('contents'))
						transaction.objectStore('contents').openCursor().onsuccess = ({ target }) => {
							const cursor = (target as IDBRequest<IDBCursorWithValue | null>).result;
							if (!cursor) return;
							found.contents[String(cursor.key)] = (cursor.value as Uint8Array).length;
							cursor.continue();
						};
					transaction.oncomplete = () => {
						db.close();
						resolve(found);
					};
				};
			}),
	);

/** Opens the sample with two large files beside it, one that is text and one that is not. */
async function openWithFiles(page: Page): Promise<void> {
	await openDeck(page);
	await page.evaluate((size) => {
		const binary = btoa(String.fromCharCode(255, 0).repeat(size / 2));
		const files = {
			'/data/text': 'ä'.repeat(size / 2),
			'/data/binary': { base64: binary },
			'/data/note': 'small',
		};
		return window.tapedeck.open({ ...window.tapedeck.scenario(), world: { files } });
	}, large);
}

const scenarioOf = (page: Page) => page.evaluate(() => window.tapedeck.scenario());
const edit = (page: Page, words: string) =>
	page.evaluate(
		(text) => window.tapedeck.setPolicy('files', `version: "1.0"\npermissions: {}\n# ${text}\n`),
		words,
	);

/** Waits until what is there now is kept. */
async function keep(page: Page): Promise<void> {
	await button(page, 'Sessions').click();
	await expect(page.getByTestId('session-item').first()).toBeVisible();
	await button(page, 'Close').first().click();
}

test('large files of a session are kept as bytes beside it, once, and come back after a reload', async ({
	page,
}) => {
	await openWithFiles(page);
	await keep(page);
	const before = await scenarioOf(page);
	const first = await stored(page);
	expect(Object.values(first.contents)).toEqual([large, large]);
	expect(first.scenario).toBeLessThan(10_000);

	// A change elsewhere writes neither of them again, and nor does a reload.
	await edit(page, 'changed');
	await keep(page);
	expect((await stored(page)).contents).toEqual(first.contents);
	await page.reload();
	await expect(page.getByTestId('policy-editor')).toContainText('# changed');
	expect((await scenarioOf(page)).world).toEqual(before.world);
	await edit(page, 'changed again');
	await keep(page);
	expect((await stored(page)).contents).toEqual(first.contents);

	// What no session has any longer goes.
	await page.evaluate(() =>
		window.tapedeck.open({ ...window.tapedeck.scenario(), world: { files: { '/data/note': 'small' } } }),
	);
	await keep(page);
	expect((await stored(page)).contents).toEqual({});
});

test(
	'large files come along in a copy, an export, and a deletion that is taken back',
	{ tag: '@long' },
	async ({ page }) => {
		test.slow();
		await openWithFiles(page);
		const { world } = await scenarioOf(page);
		const item = (name: string) => page.getByTestId('session-item').filter({ hasText: name });
		await button(page, 'Sessions').click();
		await page.getByLabel('Name this session').fill('First');
		await button(page, 'Save').click();
		await expect(item('First')).toHaveAttribute('data-current', 'true');
		await page.getByLabel('Save a copy as').fill('Second');
		await button(page, 'Save').click();
		await expect(item('Second')).toHaveAttribute('data-current', 'true');
		// Two sessions, and the contents once.
		expect(Object.values((await stored(page)).contents)).toEqual([large, large]);
		const [file] = await Promise.all([page.waitForEvent('download'), button(page, 'Export all').click()]);
		const exported = readFileSync(await file.path());
		const archive = JSON.parse(exported.toString()) as { sessions: { scenario: { world: unknown } }[] };
		for (const { scenario } of archive.sessions) expect(scenario.world).toEqual(world);

		await button(page, 'Delete First').click();
		await expect(item('First')).toHaveCount(0);
		await button(page, 'Close').first().click();
		await button(page, 'Undo').click();
		await page.evaluate(() => window.tapedeck.open({ version: 1, components: [], world: {} }));
		await button(page, 'Sessions').click();
		await button(page, 'Open First').click();
		await expect.poll(async () => (await scenarioOf(page)).world).toEqual(world);

		await button(page, 'Sessions').click();
		await button(page, 'Clear all data…').click();
		await button(page, 'Clear everything').click();
		await expect(page.getByTestId('tool-item').first()).toBeVisible();
		await button(page, 'Sessions').click();
		await page
			.getByTestId('sessions-file')
			.setInputFiles({ name: 'all.json', mimeType: 'application/json', buffer: exported });
		await expect(page.getByTestId('sessions')).toContainText('2 sessions imported');
		await button(page, 'Open First').click();
		await expect.poll(async () => (await scenarioOf(page)).world).toEqual(world);
	},
);

test('sessions of the first version of the database open, and one that cannot be read says so', async ({
	page,
}) => {
	await page.goto('./policy.schema.json');
	await page.evaluate(
		(content) =>
			new Promise<void>((resolve, reject) => {
				const opening = indexedDB.open('tapedeck', 1);
				opening.onupgradeneeded = () => {
					opening.result.createObjectStore('sessions', { keyPath: 'id' });
					opening.result.createObjectStore('components');
				};
				opening.onerror = () => reject(opening.error!);
				opening.onsuccess = () => {
					const transaction = opening.result.transaction('sessions', 'readwrite');
					const world = { files: { '/data/old': content } };
					const components = [{ id: 'cpu-hog', source: { sample: 'cpu-hog' }, policy: null }];
					const scenario = { version: 1, title: 'Of old', components, world };
					const sessions = transaction.objectStore('sessions');
					sessions.put({ id: 'a', name: 'Old', savedAt: 2, scenario });
					sessions.put({ id: 'b', name: 'Damaged', savedAt: 1, scenario: { version: 1, components: 5 } });
					sessions.put({ id: 'c', savedAt: 'never' });
					transaction.oncomplete = () => {
						opening.result.close();
						resolve();
					};
				};
			}),
		'x'.repeat(large),
	);
	await page.goto('./');
	await expect.poll(async () => (await scenarioOf(page)).title).toBe('Of old');
	expect((await scenarioOf(page)).world?.files).toEqual({ '/data/old': 'x'.repeat(large) });
	await page.evaluate(() => window.tapedeck.setEngine('documented'));
	await button(page, 'Sessions').click();
	await expect(page.getByTestId('session-item')).toHaveCount(3);
	await expect(page.getByTestId('session-item').first()).toContainText('Old');
	await button(page, 'Open Damaged').click();
	await expect(page.getByText('This session can no longer be read')).toBeVisible();
	const download = page.waitForEvent('download');
	await button(page, 'Download it').click();
	expect((await download).suggestedFilename()).toBe('tapedeck-session.json');
	expect((await scenarioOf(page)).title).toBe('Of old');
	expect(Object.values((await stored(page)).contents)).toEqual([large]);
});

test(
	'the beginning of a large file is shown, with all of it to download',
	{ tag: '@long' },
	async ({ page }) => {
		await openWithFiles(page);
		await page.getByRole('tab', { name: 'Files' }).click();
		const files = page.getByTestId('files');
		await files.getByTitle('/data/text', { exact: true }).click();
		await expect(page.getByTestId('file-part')).toContainText('Only the first 262 KB of 300 KB are shown');
		// Two bytes a letter.
		await expect(page.getByLabel('Content of /data/text')).toHaveValue('ä'.repeat(2 ** 17));
		const [file] = await Promise.all([
			page.waitForEvent('download'),
			button(page, 'Download all of it').click(),
		]);
		expect(readFileSync(await file.path()).length).toBe(large);
		await files.getByTitle('/data/binary', { exact: true }).click();
		await expect(page.getByTestId('file-part')).toContainText('Only the first 16 KB');
		await files.getByTitle('/data/note', { exact: true }).click();
		await expect(page.getByTestId('file-part')).toHaveCount(0);
	},
);
