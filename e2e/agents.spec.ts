import { expect } from '@playwright/test';
import {
	LoggingMessageNotificationSchema,
	ToolListChangedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { openServed, textOf } from './fixtures/agent';
import { component } from './page';
import { test } from './test';

const base64 = (name: string) => component(name).toString('base64');

test('a person watches what an agent does, and grants what it asks for', async ({ page }) => {
	const { client, call } = await openServed(page, { components: [{ address: 'sample:files' }] });
	let changes = 0;
	client.setNotificationHandler(ToolListChangedNotificationSchema, () => void (changes += 1));
	const key = '/home/user/.bashrc';
	const denied = textOf(await call('read-file', { path: key }));
	expect(denied).toContain('call grant-storage-permission with');
	await expect(page.getByTestId('by-agent')).toBeVisible();

	// A denial offers Grant on the page as well.
	await expect(
		page.getByTestId('activity-row').and(page.locator('[data-verdict=deny]')).first(),
	).toBeVisible();

	const details = { uri: 'fs:///home/user', access: ['read'] };
	const ask = () => call('grant-storage-permission', { component_id: 'files', details });
	const question = page.getByRole('dialog', { name: 'An agent asks for something' });

	const refused = ask();
	await expect(question).toContainText('e2e program calls grant-storage-permission');
	await expect(question).toContainText('Let the component files read fs:///home/user.');
	await question.getByRole('button', { name: 'Refuse' }).click();
	expect(textOf(await refused)).toContain('refused');
	expect(textOf(await call('read-file', { path: key }))).toContain('Denied');

	const granted = ask();
	// Pressed too early, it does nothing: what stood there before could have been meant.
	await expect(question.getByRole('button', { name: 'Allow' })).toBeDisabled();
	await question.getByRole('button', { name: 'Allow' }).click();
	expect((await granted).isError).not.toBe(true);
	expect(textOf(await call('read-file', { path: key }))).toContain('EDITOR=vi');

	// What the agent takes back goes with its question.
	const abort = new AbortController();
	const taken = call('reset-permission', { component_id: 'files' }, { signal: abort.signal });
	await expect(question).toBeVisible();
	abort.abort();
	await expect(taken).rejects.toThrow();
	await expect(question).toHaveCount(0);

	// A script at the page, and what the person does there, are not asked.
	const own = await page.evaluate(() =>
		window.tapedeck.callTool('reset-permission', { component_id: 'files' }),
	);
	expect(own.isError).not.toBe(true);

	expect(changes).toBe(0);
	await page.evaluate(
		async (text) =>
			void (await window.tapedeck.load(
				Uint8Array.from(atob(text), (character) => character.charCodeAt(0)),
				'time',
			)),
		base64('time'),
	);
	await expect.poll(() => changes).toBe(1);
});

test('a call of an agent is stopped from both sides, and tells how it gets on', async ({ page }) => {
	const { client, call } = await openServed(page, {
		components: ['loop', 'print'].map((id) => ({ id, base64: base64(id) })),
	});
	const told: string[] = [];
	client.setNotificationHandler(
		LoggingMessageNotificationSchema,
		({ params }) => void told.push(String(params.data)),
	);
	const progress: (string | undefined)[] = [];
	await call(
		'print',
		{ text: 'hello', times: 2 },
		{ onprogress: ({ message }) => void progress.push(message) },
	);
	expect(told.join('')).toContain('hello');
	expect(progress).toContain('Running');

	const stopped = call('spin', {});
	await page.getByRole('button', { name: 'Stop this call of spin' }).click();
	expect(textOf(await stopped)).toContain('A person who watches stopped this call.');

	const abort = new AbortController();
	const cancelled = call('spin', {}, { signal: abort.signal });
	const running = page.getByRole('button', { name: 'Stop this call of spin' });
	await expect(running).toBeVisible();
	abort.abort();
	await expect(cancelled).rejects.toThrow();
	await expect(running).toHaveCount(0);
	const ends = await page.evaluate(() =>
		window.tapedeck
			.activity()
			.flatMap((entry) => (entry.kind === 'tool-call' ? [[entry.tool, entry.status]] : [])),
	);
	expect(ends).toEqual([
		['print', 'result'],
		['spin', 'stopped'],
		['spin', 'stopped'],
	]);
});
