import { expect, type Page } from '@playwright/test';
import { endlessPatterns, instancesOf, memoryPolicy } from './fixtures/instances';
import { startWitness } from './fixtures/witness';
import { component, openDeck } from './page';
import { test } from './kept';

/* Each limit ends the call that reaches it, by name; calls at once keep apart; a world that is fixed repeats. */

type Limits = Record<string, number>;

const storage = `version: "1.0"
permissions:
  storage:
    allow:
      - uri: "fs:///data"
        access: ["read", "write"]
`;

const network = (host: string) => `version: "1.0"
permissions:
  network:
    allow:
      - host: "${host}"
`;

/** Opens a scenario of one component. */
async function openWith(
	page: Page,
	name: string,
	parts: { policy?: string; limits?: Limits; world?: Record<string, unknown> } = {},
): Promise<void> {
	const { policy = storage, limits = {}, world = { files: { '/data/': { directory: true } } } } = parts;
	const source = { bytes: component(name).toString('base64url') };
	await page.evaluate((scenario) => window.tapedeck.open(scenario as never), {
		version: 1 as const,
		engine: 'documented',
		components: [{ id: name, source, policy }],
		world,
		limits,
	});
}

const call = (page: Page, name: string, args: Record<string, unknown> = {}) =>
	page.evaluate(([tool, given]) => window.tapedeck.callTool(tool, given), [name, args] as const);

const textOf = (result: { content: readonly unknown[] }) => JSON.stringify(result.content);

test.beforeEach(({ page }) => openDeck(page));

test.describe('a limit', () => {
	test('of memory is named by the trap of a call that wanted more, and the next call is right', async ({
		page,
	}) => {
		await openWith(page, 'memory-hog', { limits: { memoryBytes: 4 * 2 ** 20 } });
		const ended = await call(page, 'grab-or-trap', { pages: 1000 });
		expect(ended.isError).toBe(true);
		expect(textOf(ended)).toContain('refused more memory than the limit of 4194304 bytes');
		// One that traps without ever having been refused memory says nothing of it.
		expect(await call(page, 'grab-or-trap', { pages: 10 })).toMatchObject({ isError: false });
		const { structuredContent } = await call(page, 'grab-all');
		const { result } = structuredContent as { result: number };
		expect(result).toBeGreaterThan(0);
		expect(result).toBeLessThanOrEqual(64);
	});

	test('of a policy’s memory bounds all instances of a module together, and leaves room for a second one below it', async ({
		page,
	}) => {
		for (const [pages, instances] of [
			[200, 2],
			[400, 8],
			[400, 40],
		] as const) {
			const bytes = await instancesOf(pages, instances);
			await page.evaluate((scenario) => window.tapedeck.open(scenario as never), {
				version: 1 as const,
				components: [
					{ id: 'own', source: { bytes: Buffer.from(bytes).toString('base64url') }, policy: memoryPolicy },
				],
			});
			const ended = await call(page, 'f');
			if (instances === 2) expect(ended).toMatchObject({ isError: false, content: [{ text: '7' }] });
			else expect(textOf(ended)).toContain(`needs ${25 * instances} MiB of memory to start`);
		}
	});

	test('of time is kept by routes and policies of strangers, which a link opens all the same', async ({
		page,
	}) => {
		await openWith(page, 'fetch', {
			policy: network('a.example'),
			world: { network: 'routes', routes: endlessPatterns.map((url) => ({ url, body: 'matched' })) },
		});
		const ended = await call(page, 'fetch', { url: `https://a.example/${'a'.repeat(4000)}` });
		expect(textOf(ended)).not.toContain('matched');
		await page.getByRole('tab', { name: 'Network' }).click();
		await page.getByRole('button', { name: /Never matches/ }).click();
		await expect(page.getByText('This route never matches.')).toBeVisible();

		const hostile = [
			`permissions:${'\n'.repeat(150)}-${'\n'.repeat(30)}!`,
			'}'.repeat(60_000),
			'{}'.repeat(30_000),
		];
		await page.evaluate((scenario) => window.tapedeck.open(scenario as never), {
			version: 1 as const,
			components: hostile.map((policy, index) => ({ id: `c${index}`, source: { sample: 'text' }, policy })),
		});
		expect(await page.evaluate(() => window.tapedeck.scenario().components.length)).toBe(hostile.length);
	});

	test('of bytes of files ends the call that goes beyond it, and the record names it', async ({ page }) => {
		await openWith(page, 'file-filler', { limits: { fileBytes: 2 ** 20 } });
		const ended = await call(page, 'fill-file', { bytes: 2 ** 21 });
		expect(ended.isError).toBe(true);
		expect(textOf(ended)).toContain('reached the limit of 1048576 bytes of files');
		// What it wrote until then is not kept.
		expect(await page.evaluate(() => window.tapedeck.scenario().world?.files)).toEqual({
			'/data': { directory: true },
		});
		const details = await page.evaluate(() =>
			window.tapedeck.activity().flatMap((entry) => (entry.kind === 'host-call' ? [entry.detail] : [])),
		);
		expect(details).toContain('The component reached the limit of 1048576 bytes of files.');
		expect(await call(page, 'fill-file', { bytes: 2 ** 19 })).toMatchObject({
			structuredContent: { result: { ok: 2 ** 19 } },
		});
	});

	test('of the number of files ends the call and is named', async ({ page }) => {
		await openWith(page, 'file-filler');
		const ended = await call(page, 'fill-folder', { files: 20_000 });
		expect(ended.isError).toBe(true);
		expect(textOf(ended)).toContain('reached the limit of 16384 files and directories');
	});

	test('of output ends the call and is named', async ({ page }) => {
		await openWith(page, 'print', { limits: { outputBytes: 1000 } });
		const ended = await call(page, 'print', { text: 'line', times: 1000 });
		expect(ended.isError).toBe(true);
		expect(textOf(ended)).toContain('wrote more than 1000 bytes');
		expect((await call(page, 'print', { text: 'line', times: 2 })).isError).toBe(false);
	});

	test('of requests ends the call and is named', async ({ page }) => {
		const world = { network: 'routes' };
		await openWith(page, 'probe', { policy: network('*'), limits: { requests: 1 }, world });
		const ended = await call(page, 'probe-network');
		expect(ended.isError).toBe(true);
		expect(textOf(ended)).toContain('sent more than 1 requests');
	});

	test('of response bytes ends the call and is named, and one byte less does not', async ({ page }) => {
		const server = await startWitness((_request, response) => {
			response.setHeader('access-control-allow-origin', '*');
			response.end('x'.repeat(10_000));
		});
		const authority = `${server.host}:${server.port}`;
		const args = { authority, path: '/', 'tick-milliseconds': 1000 };
		await openWith(page, 'heavy', { policy: network(authority), limits: { responseBytes: 9_999 } });
		const ended = await call(page, 'receive', args);
		expect(ended.isError).toBe(true);
		expect(textOf(ended)).toContain('received more than 9999 bytes');
		await openWith(page, 'heavy', { policy: network(authority), limits: { responseBytes: 10_000 } });
		expect((await call(page, 'receive', args)).isError).toBe(false);
		await server.close();
	});
});

test('two calls at once do not mix', async ({ page }) => {
	await openWith(page, 'print');
	const outputs = await page.evaluate(async () => {
		const print = (text: string) => window.tapedeck.callTool('print', { text, times: 200 });
		await Promise.all([print('one'), print('two')]);
		const byCall = new Map<number, string>();
		for (const entry of window.tapedeck.activity())
			if (entry.kind === 'output') byCall.set(entry.callId, (byCall.get(entry.callId) ?? '') + entry.text);
		return [...byCall.values()];
	});
	const kinds = outputs.map((output) => [...new Set(output.match(/one|two/g))].join());
	expect(kinds.sort()).toEqual(['one', 'two']);

	await openWith(page, 'heavy');
	const results = await page.evaluate(() => {
		const write = (name: string, size: number) => window.tapedeck.callTool('write-file', { name, size });
		return Promise.all([write('a', 3_000_000), write('b', 5)]);
	});
	expect(results).toMatchObject([
		{ structuredContent: { result: { ok: 3_000_000 } } },
		{ structuredContent: { result: { ok: 5 } } },
	]);
	const files = await page.evaluate(() => window.tapedeck.scenario().world?.files ?? {});
	expect(String(files['/data/a']).length).toBe(3_000_000);
	expect(files['/data/b']).toBe('xxxxx');
});

test('a fixed clock and a seed repeat exactly, and another seed does not', async ({ page }) => {
	const fixed = (seed: string) => ({ random: { seed }, clock: { start: '2026-01-01T00:00:00.000Z' } });
	const uuids = async (seed: string) => {
		await openWith(page, 'crypto', { world: fixed(seed) });
		return [textOf(await call(page, 'uuid')), textOf(await call(page, 'random', { bytes: 40 }))];
	};
	const first = await uuids('a');
	expect(await uuids('a')).toEqual(first);
	const other = await uuids('b');
	for (const [index, text] of other.entries()) expect(text).not.toBe(first[index]);

	await openWith(page, 'time', { world: fixed('a') });
	const now = async () => textOf(await call(page, 'local_time-server_time_get-current-time'));
	const time = await now();
	expect(time).toContain('2026');
	expect(await now()).toBe(time);
});
