import { expect, type Page } from '@playwright/test';
import { component, openDeck, pick, run, tool } from './page';
import { test } from './test';

type Calls = readonly (readonly [tool: string, args: object])[];

/** Loads a component of the tests and makes its calls, a few at a time; what they answered. */
async function play(page: Page, name: string, calls: Calls, policy: string | null = null) {
	const bytes = component(name).toString('base64');
	return page.evaluate(
		async ([id, base64, list, yaml]) => {
			await window.tapedeck.load(
				Uint8Array.from(atob(base64), (one) => one.charCodeAt(0)),
				id,
			);
			if (yaml !== null) window.tapedeck.setPolicy(id, yaml);
			const answers: string[] = [];
			const left = list.entries();
			const callSome = async () => {
				for (const [index, [tool, args]] of left) {
					const { content } = await window.tapedeck.callTool(tool, args as Record<string, unknown>);
					answers[index] = content.map((item) => (item.type === 'text' ? item.text : '')).join('');
				}
			};
			await Promise.all([callSome(), callSome(), callSome()]);
			return answers;
		},
		[name, bytes, calls, policy] as const,
	);
}

const policy = `version: "1.0"
permissions:
  storage:
    allow:
      - uri: "fs:///data/**"
        access: [read, write]
  network:
    allow:
      - host: "allowed.example.com"
  environment:
    allow:
      - key: "GREETING"
`;

test('components of every kind play', async ({ page }) => {
	await openDeck(page);

	// Its code has a class with a constructor, a static function and methods, beside plain functions.
	expect(
		await play(page, 'resources', [
			['double', { number: 21 }],
			['tapedeck_resources_shop_0_1_0_fill', { items: ['tea', 'milk'] }],
		]),
	).toEqual(['42', '["you: tea","you: milk"]']);

	// A release refuses what it does not link.
	const [refused] = await play(page, 'async-probe', [['fail-later', {}]]);
	expect(refused).toMatch(/component imports instance `wasi:.*@0\.3\.2`.*not found in the linker/);

	await page.evaluate(() =>
		window.tapedeck.open({
			version: 1,
			engine: 'documented',
			components: [],
			world: {
				files: { '/data/a.txt': 'first', '/data/b.txt': 'second', '/etc/secret': 'no' },
				variables: { GREETING: 'hello', TOKEN: 'no' },
				routes: [{ url: 'https://allowed.example.com/*', status: 203, body: 'from the route' }],
				network: 'routes',
				clock: { start: '2020-01-01T00:00:00Z' },
			},
		}),
	);
	const wanted: readonly (readonly [string, object, string | RegExp])[] = [
		['echo-later', { text: 'hi', milliseconds: 5 }, 'hi'],
		['fail-later', {}, /as asked/],
		['count', { below: 5 }, '[0,1,2,3,4]'],
		['shout', { text: 'naïve' }, 'NAïVE'],
		['shout', { text: { base64: '/w==' } }, /base64.*\/w==/],
		['sum', { numbers: [1, 2, 3] }, '6'],
		['exclaim', { text: 'done' }, 'done!'],
		['label', { words: ['a', 'b'] }, '[[1,"a"],[2,"b"]]'],
		['take', { numbers: [5, 6, 7], many: 2 }, '[5,6]'],
		['read-file', { path: '/data/a.txt' }, /first/],
		['write-file', { path: '/data/c.txt', text: 'third' }, /ok/],
		['list-directory', { path: '/data' }, /"a\.txt","b\.txt"/],
		['read-file', { path: '/etc/secret' }, /err/],
		['fetch', { 'url-authority': 'allowed.example.com', path: '/x', body: null }, /203 from the route/],
		['fetch', { 'url-authority': 'allowed.example.com', path: '/x', body: 'sent' }, /203 from the route/],
		['fetch', { 'url-authority': 'evil.example.com', path: '/x', body: null }, /HttpRequestDenied/],
		['connect', {}, /AccessDenied/],
		['surroundings', {}, '["GREETING=hello","1577836800 seconds","7 random bytes"]'],
	];
	const answers = await play(
		page,
		'async-probe',
		wanted.map(([tool, args]) => [tool, args] as const),
		policy,
	);
	for (const [index, [tool, args, answer]] of wanted.entries())
		expect(`${answers[index]}`, `${tool} ${JSON.stringify(args)}`).toMatch(
			typeof answer === 'string' ? new RegExp(`^${answer.replace(/[[\]().?*+{}|\\^$]/g, '\\$&')}$`) : answer,
		);
});

test(
	'what WASI 0.3 promises holds, and what a JavaScript engine makes of it plays',
	{ tag: '@long' },
	async ({ page }) => {
		await openDeck(page);
		await page.evaluate(() =>
			window.tapedeck.open({
				version: 1,
				engine: 'documented',
				components: [],
				world: {
					files: { '/data/a.txt': 'first', '/etc/secret': 'no' },
					variables: { GREETING: 'hello', TOKEN: 'no' },
					routes: [
						{
							url: 'https://allowed.example.com/*',
							status: 203,
							headers: [['content-type', 'text/plain']],
							body: 'from the route',
						},
					],
					network: 'routes',
				},
			}),
		);
		const packages = ['cli', 'clocks', 'random', 'filesystem', 'messages', 'http'];
		const broken = await play(
			page,
			'async-rules',
			packages.map((name) => [name, {}] as const),
			policy,
		);
		expect(Object.fromEntries(packages.map((name, index) => [name, broken[index]]))).toEqual(
			Object.fromEntries(packages.map((name) => [name, '[]'])),
		);
		expect(
			await play(page, 'async-script', [
				['greet', { name: 'Ada' }],
				['weather', { city: 'Rome' }],
				['weather', { city: 'Atlantis' }],
				['numbers', { below: 4 }],
				['total', { numbers: [1, 2, 3] }],
				['shout', { text: 'loud' }],
				['exclaim', { text: 'so' }],
				['tapedeck_async-script_tools_0_1_0_move-it', { point: { x: 1, label: null }, by: 2 }],
			]),
		).toEqual([
			'Hello Ada',
			'{"ok":"sun in Rome"}',
			'{"err":"no such city"}',
			'[0,1,2,3]',
			'6',
			'LOUD',
			'so!',
			'{"x":3,"label":null}',
		]);
	},
);

test('a command and a service of WASI 0.3 play, and a stream is seen while it grows, and stopped', async ({
	page,
}) => {
	await openDeck(page);
	await page.evaluate(() => window.tapedeck.open({ version: 1, engine: 'documented', components: [] }));
	expect(
		await play(page, 'async-command', [
			['wasi_cli_run_0_3_2_run', { arguments: ['a', 'b'], stdin: 'typed' }],
			['wasi_cli_run_0_3_2_run', { arguments: ['fail'] }],
		]),
	).toEqual([expect.stringContaining('ok'), expect.stringContaining('err')]);
	const printed = await page.evaluate(() =>
		window.tapedeck.activity().map((entry) => (entry.kind === 'output' ? entry.text : '')),
	);
	expect(printed.join('')).toBe('0.3: a b\n0.2: typed\n0.3: fail\n0.2: \n');
	const served = await play(page, 'async-service', [
		['wasi_http_handler_0_3_2_handle', { method: 'POST', path: '/x', body: 'hello' }],
		['wasi_http_handler_0_3_2_handle', { path: '/fail' }],
	]);
	expect(JSON.parse(served[0]!)).toEqual({
		ok: {
			status: 201,
			headers: [['content-type', 'text/plain']],
			body: '/x: hello',
			encoding: 'text',
			trailers: null,
		},
	});
	expect(served[1]).toContain('HTTP-request-URI-invalid');

	await pick(page, 'async-probe.wasm', component('async-probe'));
	await tool(page, 'shout').click();
	await page.getByTestId('call-form').getByRole('textbox').fill('naïve');
	await run(page);
	await expect(page.getByTestId('result')).toContainText('NAïVE');
	await tool(page, 'stuck').click();
	await page.getByTestId('run').click();
	await expect(page.getByText('1 value so far')).toHaveCount(1);
	await expect(page.getByTestId('stream')).toContainText('1 value so far');
	await page.getByTestId('stop').click();
	await expect(page.getByTestId('result')).toContainText('Stopped');
	await expect(page.getByTestId('stream')).toContainText('1 value came before it was stopped');
});
