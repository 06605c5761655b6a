import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { expect, test, type Page } from '@playwright/test';
import { startStandIns, type StandInAnswer, type StandIns } from './fixtures/stand-ins';
import { openDeck, pick, unknownComponent } from './page';

/* Each thing that one would paste, against stand-ins for the hosts that have it: what was asked for, request by request. */

const wasm = unknownComponent('loop');
const digest = createHash('sha256').update(wasm);
const hex = digest.copy().digest('hex');
const base64 = digest.copy().digest('base64');
const commit = '0123456789abcdef0123456789abcdef01234567';
const manifest = Buffer.from(
	JSON.stringify({
		schemaVersion: 2,
		layers: [{ mediaType: 'application/wasm', digest: `sha256:${hex}`, size: wasm.length }],
	}),
);
const manifestDigest = `sha256:${createHash('sha256').update(manifest).digest('hex')}`;
const npmFiles = {
	files: [
		{ name: '/dist/tool.wasm', hash: base64, size: wasm.length },
		{ name: '/package.json', hash: '', size: 2 },
	],
};
const artifact = (api: string, repository: string): readonly (readonly [string, StandInAnswer])[] => [
	[`${api}/v2/${repository}/manifests/1.0`, manifest],
	[`${api}/v2/${repository}/manifests/${manifestDigest}`, manifest],
	[`${api}/v2/${repository}/blobs/sha256:${hex}`, wasm],
];
const referrers = (api: string, repository: string) => [
	`${api}/v2/${repository}/referrers/${manifestDigest}`,
	`${api}/v2/${repository}/manifests/${manifestDigest.replace(':', '-')}`,
	// Where cosign puts signatures.
	`${api}/v2/${repository}/manifests/${manifestDigest.replace(':', '-')}.sig`,
];

interface Case {
	readonly pasted: string;
	readonly answers: readonly (readonly [string, StandInAnswer])[];
	/** What is asked for, in this order; each by GET unless it says otherwise. */
	readonly asked: readonly string[];
	/** The component's source in the scenario; where it is a text, what is said instead. */
	readonly source: object | string;
}

const cases: readonly Case[] = [
	{
		pasted: 'https://example.com/x/tool.wasm',
		answers: [['example.com/x/tool.wasm', wasm]],
		asked: ['example.com/x/tool.wasm'],
		source: { url: 'https://example.com/x/tool.wasm' },
	},
	{
		pasted: `https://github.com/o/r/blob/${commit}/tool.wasm`,
		answers: [[`raw.githubusercontent.com/o/r/${commit}/tool.wasm`, wasm]],
		asked: [`raw.githubusercontent.com/o/r/${commit}/tool.wasm`],
		source: { url: `https://raw.githubusercontent.com/o/r/${commit}/tool.wasm` },
	},
	{
		pasted: 'curl -LO https://raw.githubusercontent.com/o/r/main/tool.wasm',
		answers: [['raw.githubusercontent.com/o/r/main/tool.wasm', wasm]],
		asked: ['raw.githubusercontent.com/o/r/main/tool.wasm'],
		source: { url: 'https://raw.githubusercontent.com/o/r/main/tool.wasm' },
	},
	{
		pasted: 'https://github.com/o/r/tree/main/bin',
		answers: [
			[
				'api.github.com/repos/o/r/contents/bin?ref=main',
				[
					{ type: 'file', name: 'tool.wasm', size: 9 },
					{ type: 'file', name: 'README.md', size: 9 },
				],
			],
			['raw.githubusercontent.com/o/r/main/bin/tool.wasm', wasm],
		],
		asked: [
			'api.github.com/repos/o/r/contents/bin?ref=main',
			'raw.githubusercontent.com/o/r/main/bin/tool.wasm',
		],
		source: { url: 'https://raw.githubusercontent.com/o/r/main/bin/tool.wasm' },
	},
	{
		pasted: 'https://github.com/o/r/releases/download/v1/tool.wasm',
		answers: [
			[
				'api.github.com/repos/o/r/releases/tags/v1',
				{
					tag_name: 'v1',
					assets: [{ name: 'tool.wasm', id: 7, size: wasm.length, digest: `sha256:${hex}` }],
				},
			],
			[
				'api.github.com/repos/o/r/releases/assets/7',
				{ status: 302, location: 'https://release-assets.githubusercontent.com/7' },
			],
			['release-assets.githubusercontent.com/7', wasm],
		],
		asked: [
			'api.github.com/repos/o/r/releases/tags/v1',
			'api.github.com/repos/o/r/releases/assets/7',
			'release-assets.githubusercontent.com/7',
		],
		source: { url: 'https://github.com/o/r/releases/download/v1/tool.wasm' },
	},
	{
		pasted: 'https://github.com/o/r/releases/tag/v3',
		answers: [
			[
				'api.github.com/repos/o/r/releases/tags/v3',
				{
					tag_name: 'v3',
					assets: [
						{ name: 'a.wasm', id: 1, size: 9 },
						{ name: 'b.wasm', id: 2, size: 9 },
					],
				},
			],
		],
		asked: ['api.github.com/repos/o/r/releases/tags/v3'],
		source: 'b.wasm',
	},
	{
		// A redirect leads to hosts that were on show, and to no other.
		pasted: 'https://github.com/o/r/releases/download/v4/tool.wasm',
		answers: [
			[
				'api.github.com/repos/o/r/releases/tags/v4',
				{ tag_name: 'v4', assets: [{ name: 'tool.wasm', id: 9, size: wasm.length }] },
			],
			[
				'api.github.com/repos/o/r/releases/assets/9',
				{ status: 302, location: 'https://elsewhere.example/9' },
			],
			['elsewhere.example/9', wasm],
		],
		asked: ['api.github.com/repos/o/r/releases/tags/v4', 'api.github.com/repos/o/r/releases/assets/9'],
		source: 'redirects elsewhere',
	},
	{
		pasted: 'https://example.com/moved.wasm',
		answers: [
			['example.com/moved.wasm', { status: 302, location: 'https://elsewhere.example/tool.wasm' }],
			['elsewhere.example/tool.wasm', wasm],
		],
		asked: ['example.com/moved.wasm'],
		source: 'redirects elsewhere',
	},
	{
		pasted: 'gh release download v2 -R o/r -p tool.wasm',
		answers: [
			[
				'api.github.com/repos/o/r/releases/tags/v2',
				{
					tag_name: 'v2',
					assets: [{ name: 'tool.wasm', id: 8, size: wasm.length, digest: `sha256:${hex}` }],
				},
			],
			['api.github.com/repos/o/r/releases/assets/8', { status: 200, closed: true }],
		],
		asked: [
			'api.github.com/repos/o/r/releases/tags/v2',
			'api.github.com/repos/o/r/releases/assets/8',
			'HEAD api.github.com/repos/o/r/releases/assets/8',
		],
		source: `gh release download v2 -R o/r -p tool.wasm`,
	},
	{
		pasted: `https://gist.github.com/o/${commit}`,
		answers: [
			[
				`api.github.com/gists/${commit}`,
				{
					files: {
						'tool.wasm': {
							filename: 'tool.wasm',
							size: 9,
							raw_url: `https://gist.githubusercontent.com/o/${commit}/raw/tool.wasm`,
						},
					},
				},
			],
			[`gist.githubusercontent.com/o/${commit}/raw/tool.wasm`, wasm],
		],
		asked: [`api.github.com/gists/${commit}`, `gist.githubusercontent.com/o/${commit}/raw/tool.wasm`],
		source: { url: `https://gist.githubusercontent.com/o/${commit}/raw/tool.wasm` },
	},
	{
		pasted: 'npm install @s/p',
		answers: [
			['data.jsdelivr.com/v1/packages/npm/@s/p/resolved?specifier=latest', { version: '1.2.3' }],
			['data.jsdelivr.com/v1/packages/npm/@s/p@1.2.3?structure=flat', npmFiles],
			['cdn.jsdelivr.net/npm/@s/p@1.2.3/dist/tool.wasm', { status: 403 }],
			['unpkg.com/@s/p@1.2.3/dist/tool.wasm', wasm],
		],
		asked: [
			'data.jsdelivr.com/v1/packages/npm/@s/p/resolved?specifier=latest',
			'data.jsdelivr.com/v1/packages/npm/@s/p@1.2.3?structure=flat',
			'cdn.jsdelivr.net/npm/@s/p@1.2.3/dist/tool.wasm',
			'unpkg.com/@s/p@1.2.3/dist/tool.wasm',
		],
		source: { url: 'https://unpkg.com/@s/p@1.2.3/dist/tool.wasm' },
	},
	{
		pasted: 'npm:p@1.0.0/dist/tool.wasm',
		answers: [
			['data.jsdelivr.com/v1/packages/npm/p@1.0.0?structure=flat', npmFiles],
			['cdn.jsdelivr.net/npm/p@1.0.0/dist/tool.wasm', wasm],
		],
		asked: [
			'data.jsdelivr.com/v1/packages/npm/p@1.0.0?structure=flat',
			'cdn.jsdelivr.net/npm/p@1.0.0/dist/tool.wasm',
		],
		source: { url: 'https://cdn.jsdelivr.net/npm/p@1.0.0/dist/tool.wasm' },
	},
	{
		pasted: 'npm:altered@1.0.0/dist/tool.wasm',
		answers: [
			['data.jsdelivr.com/v1/packages/npm/altered@1.0.0?structure=flat', npmFiles],
			['cdn.jsdelivr.net/npm/altered@1.0.0/dist/tool.wasm', Buffer.concat([wasm, wasm])],
		],
		asked: [
			'data.jsdelivr.com/v1/packages/npm/altered@1.0.0?structure=flat',
			'cdn.jsdelivr.net/npm/altered@1.0.0/dist/tool.wasm',
			'unpkg.com/altered@1.0.0/dist/tool.wasm',
		],
		source: 'is not what was named: its digest is',
	},
	{
		pasted: 'wassette component load oci://registry.example/o/r:1.0',
		answers: artifact('registry.example', 'o/r'),
		asked: [
			'registry.example/v2/o/r/manifests/1.0',
			`registry.example/v2/o/r/blobs/sha256:${hex}`,
			...referrers('registry.example', 'o/r'),
		],
		source: { oci: `oci://registry.example/o/r:1.0@${manifestDigest}` },
	},
	{
		pasted: 'registry.example/o/r:1.0',
		answers: artifact('registry.example', 'o/r'),
		asked: [
			'registry.example/v2/o/r/manifests/1.0',
			`registry.example/v2/o/r/blobs/sha256:${hex}`,
			...referrers('registry.example', 'o/r'),
		],
		source: { oci: `oci://registry.example/o/r:1.0@${manifestDigest}` },
	},
	{
		pasted: `oci://registry.example/o/r:1.0@${manifestDigest}`,
		answers: artifact('registry.example', 'o/r'),
		asked: [
			`registry.example/v2/o/r/manifests/${manifestDigest}`,
			`registry.example/v2/o/r/blobs/sha256:${hex}`,
			...referrers('registry.example', 'o/r'),
		],
		source: { oci: `oci://registry.example/o/r:1.0@${manifestDigest}` },
	},
	{
		// As the registry answers that every document of Wassette names: no page may read it.
		pasted: 'oci://ghcr.io/o/r:1.0',
		answers: [
			['ghcr.io/token?service=ghcr.io&scope=repository%3Ao%2Fr%3Apull', { status: 200, closed: true }],
		],
		asked: [
			'ghcr.io/token?service=ghcr.io&scope=repository%3Ao%2Fr%3Apull',
			'HEAD ghcr.io/token?service=ghcr.io&scope=repository%3Ao%2Fr%3Apull',
		],
		source: 'oras copy ghcr.io/o/r:1.0 --to-oci-layout pulled:component',
	},
	{
		pasted: 'docker pull o/r:1.0',
		answers: [
			[
				'auth.docker.io/token?service=registry.docker.io&scope=repository%3Ao%2Fr%3Apull',
				{ status: 200, closed: true },
			],
		],
		asked: [
			'auth.docker.io/token?service=registry.docker.io&scope=repository%3Ao%2Fr%3Apull',
			'HEAD auth.docker.io/token?service=registry.docker.io&scope=repository%3Ao%2Fr%3Apull',
		],
		source: 'crane pull --format=oci docker.io/o/r:1.0',
	},
	{
		pasted: 'wkg get demo:tool --registry packages.example',
		answers: [
			[
				'packages.example/.well-known/wasm-pkg/registry.json',
				{ preferredProtocol: 'oci', oci: { registry: 'registry.example', namespacePrefix: 'p/' } },
			],
		],
		asked: ['packages.example/.well-known/wasm-pkg/registry.json'],
		source: 'is the artifact registry.example/p/demo/tool:latest. Its registry was not shown before',
	},
	{
		pasted: 'https://wasm.directory/demo/tool',
		answers: [
			[
				'api.wasm.directory/v1/search?q=demo%2Ftool&offset=0&limit=100',
				[
					{
						registry: 'registry.example',
						repository: 'o/r',
						kind: 'component',
						wit_namespace: 'demo',
						wit_name: 'tool',
						tags: ['1.0'],
					},
				],
			],
			[
				'api.wasm.directory/v1/packages/detail/registry.example/o/r',
				{
					versions: [
						{ tag: '2.0.0-rc.1', digest: `sha256:${'b'.repeat(64)}` },
						{ tag: '1.0.0', digest: manifestDigest },
						{ tag: '0.10.0', digest: `sha256:${'c'.repeat(64)}` },
					],
				},
			],
		],
		asked: [
			'api.wasm.directory/v1/search?q=demo%2Ftool&offset=0&limit=100',
			'api.wasm.directory/v1/packages/detail/registry.example/o/r',
		],
		source: `is the artifact registry.example/o/r:1.0.0@${manifestDigest}`,
	},
];

let standIns: StandIns;
test.beforeAll(async () => void (standIns = await startStandIns()));
test.afterAll(() => standIns.close());

const field = (page: Page) => page.getByLabel('Address of the component');
const asRequest = (asked: string) =>
	asked.startsWith('HEAD ') ? `HEAD https://${asked.slice(5)}` : `GET https://${asked}`;

async function openField(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Add a component' }).click();
	await page.getByRole('menuitem', { name: 'From an address' }).click();
}

async function openPage(baseURL: string | undefined): Promise<Page> {
	const page = await standIns.browser.newPage({ baseURL, serviceWorkers: 'block' });
	await openDeck(page);
	return page;
}

/** Pastes one after the other, and holds what was asked for against what each names. */
async function pasteAll(page: Page, those: readonly Case[]): Promise<void> {
	for (const { pasted, answers, asked, source } of those) {
		await test.step(pasted, async () => {
			standIns.answers.clear();
			for (const [place, answer] of answers) standIns.answers.set(place, answer);
			standIns.heard.length = 0;
			await openField(page);
			if (pasted === cases[0]!.pasted) await field(page).pressSequentially(pasted);
			else await field(page).fill(pasted);
			const shown = await page
				.getByTestId('understood')
				.getByRole('listitem')
				.locator('code')
				.allTextContents();
			expect(standIns.heard).toEqual([]);
			await page.getByRole('button', { name: 'Load', exact: true }).click();
			const dialog = page.getByRole('dialog');
			if (typeof source === 'string') {
				await expect(dialog.getByRole('alert')).toBeVisible();
				await expect(dialog).toContainText(source);
				await page.keyboard.press('Escape');
			}
			await expect(dialog).toHaveCount(0);
			expect(standIns.heard).toEqual(asked.map(asRequest));
			for (const request of standIns.heard) expect(shown).toContain(new URL(request.split(' ')[1]!).origin);
			if (typeof source === 'object')
				expect(
					await page.evaluate(() =>
						window.tapedeck.scenario().components.map(({ source, sha256 }) => ({ source, sha256 })),
					),
				).toContainEqual({ source, sha256: hex });
		});
	}
}

test('every form asks for what it names after a press', { tag: '@long' }, async ({ baseURL }) => {
	const page = await openPage(baseURL);
	await pasteAll(page, cases);
	await page.close();
});

test('what is pasted asks for what it names after a press, and for nothing while it is typed', async ({
	baseURL,
}) => {
	const page = await openPage(baseURL);
	// One of each way: at once, asked for where it is, through redirects, one that leads elsewhere, and a registry.
	await pasteAll(
		page,
		cases.filter((_, at) => [0, 1, 4, 7, 15].includes(at)),
	);
	await test.step('a link to a scenario, and its file, are shown before anything is asked', async () => {
		const url = 'https://example.com/x/tool.wasm';
		const scenario = JSON.stringify({
			...{ version: 1, title: 'Pasted' },
			components: [{ id: 'tool', source: { url }, sha256: 'a'.repeat(64), policy: null }],
		});
		const link = `https://deck.example/#td1.${deflateRawSync(scenario).toString('base64url')}`;
		standIns.answers.clear();
		standIns.answers.set('example.com/x/tool.wasm', wasm);
		standIns.heard.length = 0;
		const card = page.getByTestId('open-summary');
		const dialog = page.getByRole('dialog', { name: 'Open this scenario?' });
		const open = dialog.getByRole('button', { name: /^(?:Open|Replace)$/ });
		for (const bring of [
			async () => {
				await openField(page);
				await field(page).fill(link);
				await expect(page.getByTestId('understood')).toContainText('A link to a scenario.');
				await page.getByRole('button', { name: 'Load', exact: true }).click();
			},
			() => pick(page, 'pasted.json', Buffer.from(scenario), 'application/json'),
		]) {
			await bring();
			await expect(card).toContainText('Pasted');
			await expect(page.getByTestId('asked-hosts')).toContainText('https://example.com');
			expect(standIns.heard).toEqual([]);
			await open.click();
			// What comes is not what the scenario was made with.
			await expect(dialog.getByRole('alert')).toContainText(`the scenario names ${'a'.repeat(64)}`);
			expect(standIns.heard.splice(0)).toEqual([`GET ${url}`]);
			await page.keyboard.press('Escape');
			await page.keyboard.press('Escape');
			await expect(page.getByRole('dialog')).toHaveCount(0);
		}
	});
	await test.step('words are looked for in wasm.directory once that is chosen', async () => {
		const question = 'api.wasm.directory/v1/search?q=barometer&offset=0&limit=20';
		standIns.answers.set(question, [
			{
				registry: 'registry.example',
				repository: 'o/weather',
				kind: 'component',
				description: 'Tells it',
				tags: ['2.0'],
			},
			{ registry: 'registry.example', repository: 'o/types', kind: 'interface', tags: [] },
		]);
		standIns.heard.length = 0;
		await page.keyboard.press('ControlOrMeta+k');
		await page.keyboard.type('barometer');
		const entry = page.getByRole('option', { name: 'Search wasm.directory for these words' });
		await expect(entry).toContainText('asks api.wasm.directory');
		await page.keyboard.press('Enter');
		expect(standIns.heard).toEqual([]);
		await entry.click();
		const found = page.getByRole('region', { name: 'Found in wasm.directory' });
		await expect(found.getByRole('listitem')).toHaveText([/o\/weather.*Tells it/s]);
		expect(standIns.heard).toEqual([`GET https://${question}`]);
		await found.getByRole('button').click();
		await expect(field(page)).toHaveValue('oci://registry.example/o/weather:2.0');
		expect(standIns.heard).toHaveLength(1);
	});
	await page.close();
});
