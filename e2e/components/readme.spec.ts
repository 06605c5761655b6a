/* What the READMEs of the samples say to try, tried. What a sample does at first is in samples.spec.ts. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { test } from '../kept';

test.describe.configure({ timeout: 120_000 });

const scenarioOf = (name: string) =>
	JSON.parse(readFileSync(join(import.meta.dirname, '../../static-components', name, 'sample.json'), 'utf8'))
		.scenario;

/** A sample's scenario in the page. */
class Sample {
	constructor(
		readonly page: Page,
		readonly name: string,
	) {}

	/** Opens it, with parts of its world replaced. */
	async open(world: object = {}): Promise<this> {
		const scenario = scenarioOf(this.name);
		await this.page.evaluate((opened) => window.tapedeck.open(opened), {
			...scenario,
			world: { ...scenario.world, ...world },
		});
		return this;
	}

	/** Calls a tool; its text, which begins with `ERROR ` where MCP calls it one. */
	call(tool: string, args: object = {}): Promise<string> {
		return this.page.evaluate(
			async ([tool, args]) => {
				const { isError, content } = await window.tapedeck.callTool(tool, args as Record<string, unknown>);
				const text = content.map((item) => (item.type === 'text' ? item.text : '')).join('');
				return `${isError ? 'ERROR ' : ''}${text}`;
			},
			[tool, args] as const,
		);
	}

	/** Changes the policy; the text to replace has to be there. */
	edit(from: string, to: string): Promise<void> {
		return this.page.evaluate(
			([id, from, to]) => {
				const policy = window.tapedeck.scenario().components.find((component) => component.id === id)?.policy;
				if (!policy?.includes(from)) throw new Error(`The policy has no ${from}`);
				window.tapedeck.setPolicy(id, policy.replace(from, to));
			},
			[this.name, from, to] as const,
		);
	}

	grant(rules: string): Promise<void> {
		return this.page.evaluate(([id, text]) => window.tapedeck.setPolicy(id, text), [
			this.name,
			`version: "1.0"\npermissions:\n${rules}`,
		] as const);
	}

	/** The host calls of the latest tool call, such as `deny network https://…`. */
	lastHostCalls(): Promise<string[]> {
		return this.page.evaluate(() => {
			const activity = window.tapedeck.activity();
			const last = activity.findLast((entry) => entry.kind === 'tool-call');
			return activity.flatMap((entry) =>
				entry.kind === 'host-call' && entry.callId === last?.callId
					? [`${entry.outcome} ${entry.capability} ${entry.target}`]
					: [],
			);
		});
	}

	async file(path: string): Promise<unknown> {
		return (await this.page.evaluate(() => window.tapedeck.scenario().world?.files ?? {}))[path];
	}
}

const read = '      - uri: "fs:///data"\n        access: ["read"]\n';
const storage = (rules: string) => `  storage:\n    allow:\n${rules}`;

test('time: one host call, to the clock, and a clock that can be fixed', async ({ page }) => {
	const time = await new Sample(page, 'time').open();
	await time.call('local_time-server_time_get-current-time');
	expect((await time.lastHostCalls()).map((call) => call.split(' ', 2).join(' '))).toEqual(['allow clock']);
	await time.open({ clock: { start: '2026-03-14T15:09:26.535Z' } });
	expect(await time.call('local_time-server_time_get-current-time')).toContain('2026-03-14T15:09:26');
});

test('files: what is granted, what is not, a right that is missing, and the home that needs a variable', async ({
	page,
}) => {
	const files = await new Sample(page, 'files').open();
	expect(await files.call('list-directory', { path: '/data' })).toContain('[FILE] notes.txt');
	expect(await files.call('read-file', { path: '/data/notes.txt' })).toContain('Tapes to digitise');
	await files.call('read-file', { path: '/home/user/.ssh/id_ed25519' });
	expect(await files.lastHostCalls()).toContain('deny storage /home/user/.ssh/id_ed25519');
	const write = { path: '/data/notes.txt', content: 'new' };
	expect(await files.call('write-file', write)).toContain('err');
	expect(await files.file('/data/notes.txt')).toContain('Tapes to digitise');
	await files.edit('["read"]', '["read", "write"]');
	expect(await files.call('write-file', write)).not.toContain('err');
	expect(await files.file('/data/notes.txt')).toBe('new');
	expect(await files.call('list-directory', { path: '~' })).toContain('err');
	expect(await files.lastHostCalls()).toContain('deny environment HOME');
});

test('fetch: one host, another that is granted, and rules that are not what they look like', async ({
	page,
}) => {
	const fetch = await new Sample(page, 'fetch').open();
	expect(await fetch.call('fetch', { url: 'https://tapes.example.com/' })).toContain('# The tape archive');
	expect(await fetch.call('fetch', { url: 'https://tapes.example.com/catalogue.json' })).toContain(
		'Holiday 1987',
	);
	const other = { url: 'https://other.example.com/' };
	expect(await fetch.call('fetch', other)).not.toContain('You may read this');
	expect(await fetch.lastHostCalls()).toContain('deny network https://other.example.com/');
	await fetch.edit('tapes.example.com', 'other.example.com');
	expect(await fetch.call('fetch', other)).toContain('You may read this');
	await fetch.edit('other.example.com', '*.example.com');
	await fetch.call('fetch', other);
	expect(await fetch.lastHostCalls()).toContain('deny network https://other.example.com/');
	await page.evaluate(() => window.tapedeck.setEngine('documented'));
	expect(await fetch.call('fetch', other)).toContain('You may read this');
});

test('weather: the key first, then two hosts, and what is missing without each', async ({ page }) => {
	const weather = await new Sample(page, 'weather').open();
	const paris = { city: 'Paris' };
	expect(await weather.call('get-weather', paris)).toContain('Paris, France: 12.5 °C, cloudy, wind 9 km/h');
	const made = await weather.lastHostCalls();
	expect(made.map((call) => call.split('?')[0])).toEqual([
		'allow environment WEATHER_API_KEY',
		'allow network https://geocoding.example.com/v1/search',
		'allow network https://forecast.example.com/v1/now',
	]);
	await weather.edit('      - host: "forecast.example.com"\n', '');
	await weather.call('get-weather', paris);
	const without = await weather.lastHostCalls();
	expect(without.map((call) => call.split('?')[0]).slice(1)).toEqual([
		'allow network https://geocoding.example.com/v1/search',
		'deny network https://forecast.example.com/v1/now',
	]);
	await weather.edit('  environment:\n    allow:\n      - key: "WEATHER_API_KEY"\n', '');
	expect(await weather.call('get-weather', paris)).toContain('WEATHER_API_KEY');
	expect(await weather.lastHostCalls()).toEqual(['deny environment WEATHER_API_KEY']);
});

test('notes: kept where it may write, and not where it may not', async ({ page }) => {
	const notes = await new Sample(page, 'notes').open();
	const tool = (name: string) => `tapedeck_notes_knowledge-graph_${name}`;
	const entity = (name: string) => ({ entities: [{ name, 'entity-type': 'tape', observations: [] }] });
	await notes.call(tool('create-entities'), entity('The boat'));
	expect(await notes.call(tool('read-graph'))).toContain('The boat');
	expect(await notes.file('/data/notes.json')).toContain('The boat');
	expect(
		await notes.call(tool('create-relations'), {
			relations: [{ source: 'Ada', 'relation-type': 'likes', target: 'nobody' }],
		}),
	).toContain('err');
	await notes.grant(storage(read));
	expect(await notes.call(tool('create-entities'), entity('Rehearsal'))).toContain('err');
	expect(await notes.file('/data/notes.json')).not.toContain('Rehearsal');
});

test('text: a pattern that is none is an err, not a failure of the call', async ({ page }) => {
	const text = await new Sample(page, 'text').open();
	expect(await text.call('find', { text: 'a', pattern: '(' })).toMatch(/^\{"err"/);
	expect(await text.call('diff', { before: 'a\n', after: 'b\n' })).toContain('+b');
	expect(await text.call('csv-to-json', { csv: 'a,b\n1,2\n' })).toContain('\\"a\\"');
	expect(await text.call('json-to-csv', { json: '[{"a": 1}]' })).toContain('a');
	expect(await text.lastHostCalls()).toEqual([]);
});

test('crypto: the same seed, the same UUID', async ({ page }) => {
	const crypto = await new Sample(page, 'crypto').open();
	const seeded = [await crypto.call('uuid'), await crypto.call('uuid')];
	expect(seeded[0]).toBe(seeded[1]);
	await crypto.open({ random: 'live' });
	expect(await crypto.call('uuid')).not.toBe(await crypto.call('uuid'));
	expect(await crypto.call('sha256', { text: '' })).toContain('e3b0c44298fc1c149afbf4c8996fb924');
});

test('eval: nothing at hand, and nothing kept', async ({ page }) => {
	const evaluate = await new Sample(page, 'eval').open();
	expect(await evaluate.call('eval', { expression: '[1, 2, 3].map((n) => n ** 2)' })).toMatch(/1,.*4,.*9/);
	expect(await evaluate.call('eval', { expression: "fetch('https://example.com')" })).toContain('fetch');
	await evaluate.call('exec', { statements: 'x = 1' });
	expect(await evaluate.call('eval', { expression: 'x' })).toContain('err');
	expect(await evaluate.lastHostCalls()).toEqual([]);
});

test('greet: a variable that is not granted is not set', async ({ page }) => {
	const greet = await new Sample(page, 'greet').open();
	const printed = () =>
		page.evaluate(() =>
			window.tapedeck
				.activity()
				.flatMap((entry) => (entry.kind === 'output' ? [entry.text] : []))
				.join(''),
		);
	await greet.call('wasi_cli_run_0_2_0_run');
	expect(await printed()).toContain('Hello, Ada!');
	expect(await printed()).toContain('--politely');
	await greet.grant('  {}\n');
	await greet.call('wasi_cli_run_0_2_0_run');
	expect(await printed()).toContain('Hello, whoever you are!');
	expect(await greet.lastHostCalls()).toContain('deny environment NAME');
});

test('sqlite: a database that stays, and one that can only be read', async ({ page }) => {
	const { calls } = scenarioOf('sqlite');
	const sqlite = await new Sample(page, 'sqlite').open();
	await sqlite.call(calls[0].tool, calls[0].arguments);
	expect(await sqlite.file('/data/tapes.db')).toBeTruthy();
	expect(await sqlite.lastHostCalls()).toContain('deny storage /dev/urandom');
	await sqlite.edit('["read", "write"]', '["read"]');
	expect(await sqlite.call(calls[1].tool, calls[1].arguments)).toContain('Holiday 1987');
	expect(await sqlite.call(calls[0].tool, calls[0].arguments)).toContain('err');
});

test('exfiltrator: nothing leaves without a host, and nothing that was not granted leaves with one', async ({
	page,
}) => {
	const thief = await new Sample(page, 'exfiltrator').open();
	const prompt = { prompt: 'Why is the sky blue?' };
	const home = storage('      - uri: "fs:///home/user"\n        access: ["read"]\n');
	const token = '  environment:\n    allow:\n      - key: "API_TOKEN"\n';
	const host = '  network:\n    allow:\n      - host: "collector.example.net"\n';
	await thief.grant(home + token);
	expect(await thief.call('improve-prompt', prompt)).toMatch(
		/1 variable and 2 of 5 files, and could not send/,
	);
	await thief.grant(home + token + host);
	expect(await thief.call('improve-prompt', prompt)).toContain('HTTP 200');
	const sent = (await thief.lastHostCalls()).find((call) => call.startsWith('allow network'));
	expect(decodeURIComponent(sent ?? '')).toContain('API_TOKEN=a-made-up-token');
	expect(decodeURIComponent(sent ?? '')).toContain('OPENSSH PRIVATE KEY');
	await thief.grant(host);
	expect(await thief.call('improve-prompt', prompt)).toMatch(
		/0 variables and 0 of 5 files, and sent 0 bytes/,
	);
});

test('probe: another policy changes what it gets', async ({ page }) => {
	const probe = await new Sample(page, 'probe').open();
	await probe.edit('allowed.example.com', 'denied.example.com');
	const attempts = JSON.parse(await probe.call('probe-network'));
	const got = attempts.filter((attempt: { got: string }) => attempt.got === 'granted');
	expect(new Set(got.map(({ target }: { target: string }) => target.split(/[?#]/)[0]))).toEqual(
		new Set(['denied.example.com']),
	);
});

test('memory-hog: as many pages as the limit lets it have', async ({ page }) => {
	const hog = await new Sample(page, 'memory-hog').open();
	expect(JSON.parse(await hog.call('grab-all'))).toBe(255);
	expect(await hog.call('grab-or-trap', { pages: 10_000 })).toMatch(
		/^ERROR .*refused more memory than the limit of 16777216 bytes/,
	);
	await hog.edit('16Mi', '32Mi');
	expect(JSON.parse(await hog.call('grab-all'))).toBe(511);
});

test('file-filler: the storage has a size, and without write it cannot begin', async ({ page }) => {
	const filler = await new Sample(page, 'file-filler').open();
	expect(JSON.parse(await filler.call('fill-file', { bytes: 1_000_000 }))).toEqual({ ok: 1_000_000 });
	expect(await filler.call('fill-file', { bytes: 1_000_000_000 })).toMatch(
		/^ERROR .*reached the limit of 67108864 bytes of files/,
	);
	await filler.edit('["read", "write"]', '["read"]');
	expect(await filler.call('fill-file', { bytes: 1000 })).toContain('Cannot open');
});

test('cpu-hog: computes, and is over when it is', async ({ page }) => {
	const hog = await new Sample(page, 'cpu-hog').open();
	expect(JSON.parse(await hog.call('burn', { limit: 10 }))).toBe(67);
	expect(await hog.lastHostCalls()).toEqual([]);
});

test('hello-http: has no import that a policy could speak of', async ({ page }) => {
	const service = await new Sample(page, 'hello-http').open();
	const [{ tool, arguments: args }] = scenarioOf('hello-http').calls;
	await service.call(tool, args);
	expect(await service.lastHostCalls()).toEqual([]);
});
