import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { ownKey } from '../src/artifact/signature/testing/own-certificate';
import { contentPart } from '../src/artifact/signature/testing/own-sigstore';
import { tarOf } from '../src/artifact/testing/tar-of';
import { startRegistry, type TestRegistry } from './fixtures/registry';
import { component, openDeck, pick, run, tool, unknownComponent } from './page';
import { test } from './test';

/*
 * A real registry, and real artifacts that oras pushed. Where neither was built (scripts/registry/tools.mjs), these say that they skip. What
 * is asked for of a registry is held on every run by pasted.spec.ts, against one that stands in.
 */

const wasm = unknownComponent('loop');
const sha256 = createHash('sha256').update(wasm).digest('hex');
const wasmType = 'application/wasm';

let registry: TestRegistry | null = null;
test.beforeAll(async () => {
	registry = await startRegistry();
	if (!registry) return;
	const { folder } = registry;
	writeFileSync(join(folder, 'tool.wasm'), wasm);
	writeFileSync(join(folder, 'policy.yaml'), 'version: "1.0"\npermissions: {}\n');
});
test.afterAll(() => registry?.close());
test.beforeEach(() => {
	test.skip(
		registry === null,
		'No registry was built: node scripts/registry/tools.mjs builds one, where Go is installed.',
	);
});

const field = (page: Page) => page.getByLabel('Address of the component');
const dialogOf = (page: Page) => page.getByRole('dialog');
const load = (page: Page) => page.getByRole('button', { name: 'Load', exact: true });

async function openField(page: Page): Promise<void> {
	await openDeck(page);
	await page.getByRole('button', { name: 'Add a component' }).click();
	await page.getByRole('menuitem', { name: 'From an address' }).click();
}

const sourceOf = (page: Page) =>
	page.evaluate(() =>
		window.tapedeck.scenario().components.map(({ source, sha256 }) => ({ source, sha256 })),
	);

test(
	'an artifact of a registry is said what it is, is asked for with one press, plays, and is pinned in the scenario',
	{ tag: '@long' },
	async ({ page }) => {
		const digest = registry!.push('tools/loop', '1.0', [`tool.wasm:${wasmType}`]);
		const door = await registry!.door({ cors: true });
		await openField(page);
		await field(page).pressSequentially(`docker pull ${door.host}/tools/loop:1.0`);
		const card = page.getByTestId('understood');
		await expect(card).toContainText('The artifact tools/loop, tag 1.0');
		await expect(card).toContainText('Not pinned');
		await expect(card.getByRole('listitem')).toHaveText([new RegExp(`http://${door.host}, the registry`)]);
		// Nothing was asked while typing.
		expect(door.heard).toEqual([]);
		await load(page).click();
		await expect(dialogOf(page)).toHaveCount(0);
		expect(door.heard).toEqual([
			'GET /v2/tools/loop/manifests/1.0',
			`GET /v2/tools/loop/blobs/sha256:${sha256}`,
			`GET /v2/tools/loop/referrers/${digest}`,
			`GET /v2/tools/loop/manifests/${digest.replace(':', '-')}`,
			// Where cosign puts signatures.
			`GET /v2/tools/loop/manifests/${digest.replace(':', '-')}.sig`,
		]);
		expect(await sourceOf(page)).toContainEqual({
			source: { oci: `oci://${door.host}/tools/loop:1.0@${digest}` },
			sha256,
		});
		await tool(page, 'ping').click();
		await run(page);
		await expect(page.getByTestId('result')).toHaveAttribute('data-status', 'ok');
	},
);

test(
	'what refers to an artifact is read with it: who signed it, and what is in it',
	{ tag: '@long' },
	async ({ page }) => {
		const { folder, host } = registry!;
		const digest = registry!.push('tools/told', '1.0', [`tool.wasm:${wasmType}`]);
		const attach = (name: string, type: string, content: object) => {
			writeFileSync(join(folder, name), JSON.stringify(content));
			registry!.oras(
				...[
					'attach',
					'--plain-http',
					'--artifact-type',
					type,
					`${host}/tools/told@${digest}`,
					`${name}:${type}`,
				],
			);
		};
		const key = ownKey();
		attach('signature.json', 'application/vnd.dev.sigstore.bundle.v0.3+json', {
			mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
			verificationMaterial: { publicKey: { hint: 'own' } },
			...contentPart({ kind: 'message', bytes: wasm }, key.sign(wasm)),
		});
		attach('list.json', 'application/vnd.cyclonedx+json', {
			bomFormat: 'CycloneDX',
			components: [{ name: 'barometer', version: '1.0', licenses: [{ license: { id: 'MIT' } }] }],
		});
		const door = await registry!.door({ cors: true });
		await openField(page);
		await field(page).fill(`oci://${door.host}/tools/told:1.0`);
		await load(page).click();
		const card = page.getByTestId('arrivals');
		await expect(card.getByTestId('signature-state')).toHaveText(/Signed with a key, which nobody has named/);
		await page
			.getByRole('dialog', { name: 'Load this component?' })
			.getByRole('button', { name: 'Load', exact: true })
			.click();
		await expect(card).toHaveCount(0);
		// Each of the two by its manifest and its file, once the list of them is here.
		const listed = door.heard.indexOf(`GET /v2/tools/told/manifests/${digest.replace(':', '-')}`);
		expect(listed).toBeGreaterThan(0);
		expect(door.heard.slice(listed + 1).map((line) => line.replace(/[0-9a-f]{64}/, '…'))).toEqual([
			...['GET /v2/tools/told/manifests/sha256:…', 'GET /v2/tools/told/blobs/sha256:…'],
			...['GET /v2/tools/told/manifests/sha256:…', 'GET /v2/tools/told/blobs/sha256:…'],
			'GET /v2/tools/told/manifests/sha256-….sig',
		]);
		await page.getByRole('button', { name: 'Inspect tools_told' }).click();
		const statement = page.getByTestId('statement');
		await expect(statement).toContainText('Nobody signed it.');
		await expect(statement.getByRole('row')).toHaveText([/Package/, /barometer.*MIT/s]);
		await expect(page.getByTestId('inspect-from')).toContainText(`http://${door.host}, the registry`);
		const heard = door.heard.length;
		const signers = page.getByTestId('inspect-signers');
		await signers.getByText('Say who it should be signed by').click();
		await signers.getByLabel('Or a public key (PEM)').fill(key.pem);
		await signers.getByRole('button', { name: 'Expect this signer' }).click();
		await expect(signers.getByTestId('signature-state')).toHaveAttribute('data-state', 'expected');
		const saved = page.waitForEvent('download');
		await page.getByRole('button', { name: 'CycloneDX' }).click();
		expect(readFileSync(await (await saved).path(), 'utf8')).toContain('"MIT"');
		// All of it was here already.
		expect(door.heard).toHaveLength(heard);
	},
);

test(
	'a token is fetched where the registry says, from a host that was shown or let',
	{ tag: '@long' },
	async ({ page }) => {
		const digest = registry!.push('tools/guarded', '1.0', [`tool.wasm:${wasmType}`]);
		const hands = await registry!.door({ cors: true });
		const door = await registry!.door({ cors: true, token: `http://${hands.host}` });
		await openField(page);
		await field(page).fill(`oci://${door.host}/tools/guarded@${digest}`);
		await expect(page.getByTestId('understood')).toContainText(
			`Pinned. By the digest of its manifest, ${digest}`,
		);
		await load(page).click();
		await expect(dialogOf(page).getByRole('alert')).toContainText(
			`a token that http://${hands.host} hands out`,
		);
		expect(hands.heard).toEqual([]);
		await page.getByRole('button', { name: `Let it ask http://${hands.host}` }).click();
		await expect(load(page)).toBeDisabled();
		await page.getByTestId('confirm-local').check();
		await load(page).click();
		await expect(dialogOf(page)).toHaveCount(0);
		expect(hands.heard).toEqual(['GET /token?service=test&scope=repository%3Atools%2Fguarded%3Apull']);
		await expect(page.getByTestId('component-list')).toContainText('tools_guarded');
	},
);

test(
	'files that lie elsewhere are fetched from there once that host is shown, and never before',
	{ tag: '@long' },
	async ({ page }) => {
		registry!.push('tools/far', '1.0', [`tool.wasm:${wasmType}`]);
		const store = await registry!.door({ cors: true });
		const door = await registry!.door({
			cors: true,
			redirect: (path) => (path.includes('/blobs/') ? `http://${store.host}${path}` : null),
		});
		await openField(page);
		await field(page).fill(`${door.host}/tools/far:1.0`);
		await load(page).click();
		await expect(dialogOf(page).getByRole('alert')).toContainText('redirects elsewhere');
		expect(store.heard).toEqual([]);
		await page.getByLabel('Host that it redirects to').fill(`http://${store.host}`);
		await page.getByRole('button', { name: 'Let it lead there' }).click();
		await page.getByTestId('confirm-local').check();
		await load(page).click();
		await expect(dialogOf(page)).toHaveCount(0);
		expect(store.heard).toEqual([`GET /v2/tools/far/blobs/sha256:${sha256}`]);
	},
);

test(
	'what does not fit its digest or its size, or is too large, is refused by name and not used',
	{ tag: '@long' },
	async ({ page }) => {
		const digest = registry!.push('tools/odd', '1.0', [`tool.wasm:${wasmType}`]);
		const flip = (body: Buffer) =>
			Buffer.from(body.map((byte, at) => (at === body.length - 1 ? byte ^ 1 : byte)));
		const manifestOf = (size: number) =>
			Buffer.from(
				JSON.stringify({
					schemaVersion: 2,
					layers: [{ mediaType: wasmType, digest: `sha256:${sha256}`, size }],
				}),
			);
		const only = (part: string, change: (body: Buffer) => Buffer) => ({
			cors: true,
			alter: (path: string, body: Buffer) => (path.includes(part) ? change(body) : body),
		});
		const cases = [
			[only('/blobs/', flip), '1.0', `is not sha256:${sha256}: its digest is sha256:`],
			[
				only('/blobs/', (body) => Buffer.concat([body, body])),
				'1.0',
				`it is larger than ${wasm.length} bytes`,
			],
			[only('/blobs/', (body) => body.subarray(1)), '1.0', `it has ${wasm.length - 1} bytes`],
			[only('/manifests/', flip), `@${digest}`, `another manifest than ${digest}`],
			[only('/manifests/1.0', () => manifestOf(2 ** 30)), '1.0', 'files of up to 128 MiB can be loaded'],
			[only('/manifests/1.0', () => Buffer.alloc(5 * 2 ** 20, 32)), '1.0', 'larger than 4 MiB'],
		] as const;
		await openField(page);
		for (const [gate, tag, words] of cases) {
			const door = await registry!.door(gate);
			await field(page).fill(`${door.host}/tools/odd${tag.startsWith('@') ? tag : `:${tag}`}`);
			await load(page).click();
			await expect(dialogOf(page).getByRole('alert')).toContainText(words);
		}
		await expect(page.getByTestId('component-list')).not.toContainText('tools_odd');
	},
);

test(
	'a list of platforms leads to the one for WebAssembly; a tag that is not there leads to those that are',
	{ tag: '@long' },
	async ({ page }) => {
		const { host } = registry!;
		registry!.push('tools/many', 'image', [`policy.yaml:application/vnd.oci.image.layer.v1.tar`]);
		const digest = registry!.push(
			'tools/many',
			'wasm',
			[`tool.wasm:${wasmType}`],
			['--artifact-platform', 'wasip2/wasm'],
		);
		registry!.oras('manifest', 'index', 'create', '--plain-http', `${host}/tools/many:all`, 'image', 'wasm');
		await openField(page);
		await field(page).fill(`oras pull --plain-http ${host}/tools/many:none`);
		await load(page).click();
		await expect(dialogOf(page).getByRole('alert')).toContainText('has no tag none. These are its tags.');
		await dialogOf(page).getByRole('button', { name: 'all', exact: true }).click();
		await expect(dialogOf(page)).toHaveCount(0);
		expect(await sourceOf(page)).toContainEqual({
			source: { oci: `oci://${host}/tools/many:all@${digest}` },
			sha256,
		});
	},
);

test(
	'a registry that no page may read leads to the commands, and what is dropped is held to the digest',
	{ tag: '@long' },
	async ({ page }) => {
		const digest = registry!.push('tools/closed', '1.0', [
			`tool.wasm:${wasmType}`,
			'policy.yaml:application/vnd.wasm.policy.v1+yaml',
		]);
		const door = await registry!.door({ cors: false });
		await openField(page);
		await field(page).fill(`wassette component load oci://${door.host}/tools/closed:1.0@${digest}`);
		await load(page).click();
		const dialog = dialogOf(page);
		await expect(dialog.getByRole('alert')).toContainText('does not let pages of other sites read it (CORS)');
		const commands = page.getByTestId('by-hand');
		for (const tool of ['oras', 'crane', 'wkg', 'docker', 'wassette'])
			await expect(commands).toContainText(new RegExp(`${tool}[^]*${door.host}/tools/closed@${digest}`));
		const manifest = Buffer.from(
			registry!.oras('manifest', 'fetch', '--plain-http', `${registry!.host}/tools/closed@${digest}`),
		);
		const choose = page.getByLabel('File that was brought by hand');
		const file = (name: string, buffer: Buffer) => ({ name, buffer, mimeType: 'application/octet-stream' });
		await choose.setInputFiles([file('other.wasm', component('loop')), file('manifest.json', manifest)]);
		await expect(dialog.getByRole('alert')).toContainText('none of the other files is its component');
		await choose.setInputFiles([file('tool.wasm', wasm)]);
		await expect(dialog.getByRole('alert')).toContainText(`Nothing here is held to ${digest}`);
		// As the command says it, of the same registry by another door.
		await expect(commands).toContainText(
			`oras copy ${door.host}/tools/closed@${digest} --to-oci-layout pulled:component`,
		);
		const reference = `${registry!.host}/tools/closed@${digest}`;
		registry!.oras('copy', '--from-plain-http', reference, '--to-oci-layout', 'pulled:component');
		const blobs = join(registry!.folder, 'pulled/blobs/sha256');
		const entries = readdirSync(blobs).map((name) => ({
			name: `pulled/blobs/sha256/${name}`,
			content: new Uint8Array(readFileSync(join(blobs, name))),
		}));
		// Packed, as it may be carried; with it comes the policy, which is shown as it would have been.
		await choose.setInputFiles([file('pulled.tar', Buffer.from(tarOf(entries)))]);
		const arrival = page.getByRole('dialog', { name: 'Load this component?' });
		await expect(arrival.getByTestId('coming-policy')).toContainText('A policy came with it');
		await expect(arrival).toContainText(`oci://${door.host}/tools/closed:1.0@${digest}`);
		await arrival.getByRole('button', { name: 'Load', exact: true }).click();
		await expect(dialog).toHaveCount(0);
		expect(await sourceOf(page)).toContainEqual({
			source: { oci: `oci://${door.host}/tools/closed:1.0@${digest}` },
			sha256,
		});
	},
);

test(
	'a scenario finds the same bytes elsewhere: in the registry, in a mirror, or in a file that is held to its digest',
	{ tag: '@long' },
	async ({ page }) => {
		const digest = registry!.push('tools/kept', '1.0', [`tool.wasm:${wasmType}`]);
		const closed = await registry!.door({ cors: false });
		const mirror = await registry!.door({ cors: true });
		const scenario = JSON.stringify({
			version: 1,
			title: 'Kept',
			components: [
				{
					id: 'kept',
					source: { oci: `oci://${closed.host}/tools/kept:1.0@${digest}` },
					sha256,
					policy: null,
				},
			],
		});
		const open = async () => {
			await pick(page, 'kept.json', Buffer.from(scenario), 'application/json');
			await expect(page.getByTestId('open-summary')).toContainText('Kept');
			await page.getByTestId('confirm-local').check();
		};
		const press = page.getByRole('button', { name: /^(?:Open|Replace|Replace the session)$/ });
		await openDeck(page);
		await open();
		await expect(page.getByTestId('asked-hosts')).toContainText(`asks http://${closed.host}`);
		expect(closed.heard).toEqual([]);
		await press.click();
		const card = page.getByTestId('open-summary');
		await expect(page.getByRole('dialog').getByRole('alert')).toContainText(
			`oras copy ${closed.host}/tools/kept@${digest}`,
		);
		const supply = page.getByLabel('File of kept');
		const file = (buffer: Buffer) => ({ name: 'tool.wasm', buffer, mimeType: 'application/wasm' });
		await supply.setInputFiles(file(component('loop')));
		await expect(page.getByRole('dialog').getByRole('alert')).toContainText('is not the component kept');
		// As the command leaves it, packed.
		const pulled = tarOf([{ name: `blobs/sha256/${sha256}`, content: wasm }]);
		await supply.setInputFiles({
			name: 'pulled.tar',
			buffer: Buffer.from(pulled),
			mimeType: 'application/x-tar',
		});
		await expect(card).toContainText('pulled.tar');
		const heard = closed.heard.length;
		await press.click();
		await expect(page.getByRole('dialog')).toHaveCount(0);
		expect(closed.heard).toHaveLength(heard);
		expect(await sourceOf(page)).toEqual([
			{ source: { oci: `oci://${closed.host}/tools/kept:1.0@${digest}` }, sha256 },
		]);

		// A mirror that a person set is on the card in the place of the registry, and is asked instead.
		await page.getByRole('button', { name: 'Add a component' }).click();
		await page.getByRole('menuitem', { name: 'From an address' }).click();
		await field(page).fill(`oci://${closed.host}/tools/kept:1.0`);
		await page.getByText(`A mirror for ${closed.host}`).click();
		await page.getByLabel('Address of a mirror').fill(`http://${mirror.host}`);
		await page.getByRole('button', { name: 'Use it' }).click();
		await expect(page.getByTestId('understood').getByRole('listitem')).toHaveText([
			new RegExp(`http://${mirror.host}, the mirror that stands in for ${closed.host}`),
		]);
		await load(page).click();
		await expect(page.getByRole('dialog')).toHaveCount(0);
		expect(mirror.heard.slice(0, 2)).toEqual([
			'GET /v2/tools/kept/manifests/1.0',
			`GET /v2/tools/kept/blobs/sha256:${sha256}`,
		]);
		expect(closed.heard).toHaveLength(heard);

		// So is it by a scenario that names the registry.
		const other = unknownComponent('time');
		writeFileSync(join(registry!.folder, 'other.wasm'), other);
		const otherDigest = registry!.push('tools/other', '1.0', [`other.wasm:${wasmType}`]);
		const oci = `oci://${closed.host}/tools/other:1.0@${otherDigest}`;
		const otherSha256 = createHash('sha256').update(other).digest('hex');
		const elsewhere = {
			...{ version: 1, title: 'By the mirror' },
			components: [{ id: 'other', source: { oci }, sha256: otherSha256, policy: null }],
		};
		mirror.heard.length = 0;
		await pick(page, 'elsewhere.json', Buffer.from(JSON.stringify(elsewhere)), 'application/json');
		await expect(card).toContainText('By the mirror');
		await expect(page.getByTestId('asked-hosts')).toContainText(`asks http://${mirror.host}`);
		await expect(page.getByTestId('asked-hosts')).not.toContainText(`asks http://${closed.host}`);
		await page.getByTestId('confirm-local').check();
		await press.click();
		await expect(page.getByRole('dialog')).toHaveCount(0);
		expect(mirror.heard.slice(0, 2)).toEqual([
			`GET /v2/tools/other/manifests/${otherDigest}`,
			`GET /v2/tools/other/blobs/sha256:${otherSha256}`,
		]);
		expect(closed.heard).toHaveLength(heard);
		expect(await sourceOf(page)).toEqual([{ source: { oci }, sha256: otherSha256 }]);
	},
);
