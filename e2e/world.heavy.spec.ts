import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { expect, type Page } from '@playwright/test';
import { canMeasureMemory, peakDuring, rendererBytes } from './fixtures/memory';
import { startWitness } from './fixtures/witness';
import { component, openDeck } from './page';
import { test } from './test';

/* Much data, many files and several waits in one call, within the limits and without freezing the page. */

const fileBytes = 50_000_000;
const responseBytes = 20_000_000;
const files = 10_000;

const policy = (host: string) => `version: "1.0"
permissions:
  storage:
    allow:
      - uri: "fs:///data/**"
        access: ["read", "write"]
  network:
    allow:
      - host: "${host}"
`;

const chunk = Buffer.alloc(100_000, 'r');

/** Sends a long body, no faster than it is taken. */
function sendMuch(response: ServerResponse): void {
	let left = responseBytes;
	const more = () => {
		while (left > 0) {
			left -= chunk.length;
			if (!response.write(chunk)) return void response.once('drain', more);
		}
		response.end();
	};
	more();
}

/** The longest task that the page itself had from now on, in milliseconds; 0 where none took 50 or more. */
async function watchTasks(page: Page): Promise<() => Promise<number>> {
	await page.evaluate(() => {
		const durations: number[] = [];
		Object.assign(window, { durations });
		new PerformanceObserver((list) => {
			for (const { name, duration } of list.getEntries())
				if (!name.startsWith('cross-origin')) durations.push(duration);
		}).observe({ type: 'longtask' });
	});
	return () => page.evaluate(() => Math.max(0, ...(window as unknown as { durations: number[] }).durations));
}

interface Setting {
	readonly longest: () => Promise<number>;
	/** Puts the big file into the world through the Files pane. */
	readonly addFile: () => Promise<void>;
	readonly call: (tool: string, args: Record<string, unknown>) => Promise<unknown>;
	readonly authority: string;
}

async function withHeavy(
	page: Page,
	big: string,
	content: Uint8Array,
	use: (setting: Setting) => Promise<void>,
): Promise<void> {
	const server = await startWitness((_request, response) => {
		response.setHeader('access-control-allow-origin', '*');
		sendMuch(response);
	});
	writeFileSync(big, content);
	await openDeck(page);
	await page.evaluate(
		async ([bytes, text]) => {
			const files = { '/data/': { directory: true as const } };
			await window.tapedeck.open({ version: 1, engine: 'documented', components: [], world: { files } });
			await window.tapedeck.load(Uint8Array.from(bytes as number[]), 'heavy');
			window.tapedeck.setPolicy('heavy', text as string);
		},
		[[...component('heavy')], policy(`${server.host}:${server.port}`)] as const,
	);
	await page.getByRole('tab', { name: 'Files' }).click();
	await page.getByTestId('files').getByRole('button', { name: 'data', exact: true }).click();
	await use({
		longest: await watchTasks(page),
		async addFile() {
			await page.getByLabel('Files to add').setInputFiles(big);
			await expect(page.getByTestId('files')).toContainText('big.bin');
		},
		call: (tool, args) =>
			page.evaluate(([name, given]) => window.tapedeck.callTool(name, given), [tool, args] as const),
		authority: `${server.host}:${server.port}`,
	});
	await server.close();
}

test(
	'a call reads 50 MB, writes 10,000 files, takes in 20 MB, polls and sleeps',
	{ tag: '@long' },
	async ({ page }, info) => {
		test.setTimeout(180_000);
		await withHeavy(
			page,
			info.outputPath('big.bin'),
			Buffer.alloc(fileBytes, 1),
			async ({ longest, addFile, call, authority }) => {
				await addFile();
				const result = await call('everything', { name: 'big.bin', count: files, authority, path: '/big' });
				expect(result).toMatchObject({
					isError: false,
					structuredContent: {
						result: { ok: { read: fileBytes, sum: fileBytes, files, received: responseBytes } },
					},
				});
				const { slept } = (result as { structuredContent: { result: { ok: { slept: number } } } })
					.structuredContent.result.ok;
				expect(slept).toBeGreaterThanOrEqual(200);

				// All of them came back to the world, and the page shows them.
				await page.getByTestId('files').getByRole('button', { name: 'many', exact: true }).click();
				await expect(page.getByTestId('files')).toContainText('0.txt');

				const longestMs = Math.round(await longest());
				info.annotations.push({ type: 'longest task', description: `${longestMs} ms` });
				// Not a measurement, which a busy machine would spoil: a page that froze was found at tens of seconds.
				expect(longestMs).toBeLessThan(5000);
			},
		);
	},
);

test(
	'reading 50 MB and taking in 20 MB takes less than three times as much memory',
	{ tag: '@long' },
	async ({ page }, info) => {
		test.skip(!canMeasureMemory, 'The memory of processes is read from /proc.');
		test.setTimeout(180_000);
		// Text that does not compress, so that it shows in what the browser stores.
		const content = randomBytes(fileBytes).map((byte) => 48 + (byte & 63));
		const stored = () => page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
		await withHeavy(page, info.outputPath('big.bin'), content, async ({ addFile, call, authority }) => {
			const before = rendererBytes();
			const storedBefore = await stored();
			await addFile();
			// The session with the file in it is kept by the page, and what that took is given back: it is no part of a call.
			await expect.poll(stored).toBeGreaterThan(storedBefore + 1_000_000);
			await page.requestGC();
			const kept = rendererBytes() - before;
			const peak = await peakDuring(async () => {
				expect(await call('read-file', { name: 'big.bin' })).toMatchObject({ isError: false });
				expect(await call('receive', { authority, path: '/big', 'tick-milliseconds': 5 })).toMatchObject({
					isError: false,
				});
			});
			const growth = peak - before;
			info.annotations.push({
				type: 'memory',
				description: `${megabytes(kept)} before, ${megabytes(growth)} at most`,
			});
			expect(growth).toBeLessThan(3 * (fileBytes + responseBytes));
		});
	},
);

const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
