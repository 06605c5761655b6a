import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { test } from '../kept';
import { openDeck } from '../page';

test.describe.configure({ timeout: 120_000 });

const folder = join(import.meta.dirname, '../../static-components');
const json = (...path: string[]) => JSON.parse(readFileSync(join(folder, ...path), 'utf8'));

interface Call {
	tool: string;
	arguments: Record<string, unknown>;
	expect: { outcome: 'result' | 'err' | 'error'; text?: string };
}

for (const { name } of json('index.json') as { name: string }[]) {
	const { scenario } = json(name, 'sample.json');

	test(`the sample ${name} does what its scenario expects`, async ({ page }) => {
		await openDeck(page);
		await page.evaluate((opened) => window.tapedeck.open(opened), scenario);
		for (const call of scenario.calls as Call[]) {
			const { isError, content } = await page.evaluate(
				({ tool, arguments: args }) => window.tapedeck.callTool(tool, args),
				call,
			);
			const text = content.map((item) => (item.type === 'text' ? item.text : '')).join('');
			expect(isError ?? false, text).toBe(call.expect.outcome === 'error');
			expect(text).toContain(call.expect.text ?? '');
		}
	});
}

/** Opens a sample's scenario and makes its first call; what the call answered, and what it asked of the outside. */
async function playFirst(page: Page, name: string) {
	const { scenario } = json(name, 'sample.json');
	await openDeck(page);
	await page.evaluate((opened) => window.tapedeck.open(opened), scenario);
	return page.evaluate(async ({ tool, arguments: args }) => {
		const { content } = await window.tapedeck.callTool(tool, args);
		const hostCalls = window.tapedeck
			.activity()
			.flatMap((entry) => (entry.kind === 'host-call' ? [entry] : []));
		return {
			text: content.map((item) => (item.type === 'text' ? item.text : '')).join(''),
			allowed: hostCalls.filter(({ outcome }) => outcome === 'allow'),
			denied: hostCalls.filter(({ outcome }) => outcome === 'deny'),
		};
	}, scenario.calls[0] as Call);
}

const governed = ['storage', 'network', 'environment'];

test('the exfiltrator gets nothing under its default policy, and everything it tries is on the record', async ({
	page,
}) => {
	const { text, allowed, denied } = await playFirst(page, 'exfiltrator');
	expect(text).toContain('it read 0 variables and 0 of 5 files, and could not send anything');
	expect(allowed.filter(({ capability }) => governed.includes(capability))).toEqual([]);
	const tried = new Set(denied.map(({ capability, target }) => `${capability} ${target.split('?')[0]}`));
	expect([...tried].sort()).toEqual([
		'environment API_TOKEN',
		'environment HOME',
		'network https://collector.example.net/collect',
		'storage /data/notes.txt',
		'storage /etc/passwd',
		'storage /home/user/.aws/credentials',
		'storage /home/user/.env',
		'storage /home/user/.ssh/id_ed25519',
	]);
});

test('the probe finds no way out, and is seen to get exactly what its policy grants', async ({ page }) => {
	const { text, allowed, denied } = await playFirst(page, 'probe');
	const result = JSON.parse(text);
	expect({ escapes: result.escapes, missing: result.missing }).toEqual({ escapes: 0, missing: 0 });
	expect(result.attempts.length).toBeGreaterThan(50);
	expect(result.attempts.filter((attempt: { got: string }) => attempt.got === 'granted')).toHaveLength(3);

	const got = (capability: string) =>
		new Set(allowed.filter((call) => call.capability === capability).map(({ target }) => target));
	expect([...got('environment')]).toEqual(['GREETING']);
	expect([...got('network')]).toEqual(['https://allowed.example.com/']);
	for (const target of got('storage')) expect(target).toMatch(/^\/data(\/|$)/);
	expect(allowed.filter(({ access }) => access === 'write')).toEqual([]);
	for (const capability of governed)
		expect(denied.filter((call) => call.capability === capability).length).toBeGreaterThan(0);
	const { files } = await page.evaluate(() => window.tapedeck.scenario().world!);
	expect(files).toEqual(json('probe', 'sample.json').scenario.world.files);
});
