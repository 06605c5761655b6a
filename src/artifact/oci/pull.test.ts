import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { err, ok } from '../../core/result';
import type { AskSite } from '../ask';
import { pull, type PullOptions } from './pull';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const digestOf = (bytes: Uint8Array) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
const blob = (mediaType: string, text: string) => ({
	...{ mediaType, digest: digestOf(bytesOf(text)), size: bytesOf(text).length },
});
const wasm = blob('application/wasm', 'wasm');
const policy = blob('application/vnd.wasm.policy.v1+yaml', 'version: "1.0"');

/** A registry that knows what is at these paths, and answers nobody about any other. */
function registry(layers: readonly object[], more: Readonly<Record<string, string>> = {}) {
	const manifest = JSON.stringify({ layers });
	const digest = digestOf(bytesOf(manifest));
	const known: Record<string, string> = {
		...{
			'manifests/1': manifest,
			[`blobs/${wasm.digest}`]: 'wasm',
			[`blobs/${policy.digest}`]: 'version: "1.0"',
		},
		...Object.fromEntries(Object.entries(more).map(([path, text]) => [path.replace('DIGEST', digest), text])),
	};
	const asked: string[] = [];
	const ask: AskSite = async (url) => {
		const path = url.replace('https://registry.example/v2/o/r/', '');
		asked.push(path);
		const text = known[path.replace(digest.replace(':', '-'), 'TAG')];
		return text === undefined
			? err({ cause: 'closed', message: 'No.' })
			: ok({ status: 200, headers: new Map(), bytes: bytesOf(text) });
	};
	const reference = { registry: 'registry.example', repository: 'o/r', tag: '1', digest: null };
	const pulled = (options: Pick<PullOptions, 'layer' | 'sha256'> = {}) =>
		pull(reference, { ask, shown: ['https://registry.example'], ...options });
	return { asked, digest, pulled };
}

const listed = JSON.stringify({
	manifests: [
		{
			...blob('application/vnd.oci.image.manifest.v1+json', 'x'),
			artifactType: 'a/signature',
			annotations: { by: 'me' },
		},
	],
});

describe('an artifact that is pulled', () => {
	test('has the policy of its layer, verbatim', async () => {
		expect(await registry([policy, wasm]).pulled()).toMatchObject({
			ok: true,
			value: {
				artifact: {
					policy: { text: 'version: "1.0"', digest: policy.digest },
					component: { sha256: wasm.digest.slice(7) },
				},
			},
		});
	});

	test.each([
		['as the registry lists it', 'referrers/DIGEST'],
		['as the tag lists it that stands in for that', 'manifests/TAG'],
	])('has the names of what refers to it, %s', async (_, path) => {
		expect(await registry([wasm], { [path]: listed }).pulled()).toMatchObject({
			ok: true,
			value: { artifact: { referrers: [{ artifactType: 'a/signature', annotations: { by: 'me' } }] } },
		});
	});

	test('reads what refers to it from the place of manifests, and refuses what is not what was listed', async () => {
		const said = '{"layers":[]}';
		const digest = digestOf(bytesOf(said));
		const read = async (text: string) => {
			const { pulled, asked } = registry([wasm], { [`manifests/${digest}`]: text });
			const found = await pulled();
			const manifest = found.ok ? await found.value.readManifest(digest, 100) : found;
			expect(asked.at(-1)).toBe(`manifests/${digest}`);
			return manifest;
		};
		expect(await read(said)).toMatchObject({ ok: true, value: bytesOf(said) });
		expect(await read('{"layers":[{}]}')).toMatchObject({
			error: expect.stringContaining('is not sha256:') as string,
		});
	});

	test('has none where neither can be read', async () => {
		expect(await registry([wasm]).pulled()).toMatchObject({
			ok: true,
			value: { artifact: { referrers: [] } },
		});
	});

	test.each([
		['container image', [blob('application/vnd.oci.image.layer.v1.tar+gzip', 'wasm')]],
		['has no component', [policy]],
		['more than the 65536', [wasm, { ...policy, size: 70_000 }]],
	])('is refused by name: %s', async (words, layers) => {
		expect(await registry(layers).pulled()).toMatchObject({
			ok: false,
			error: { message: expect.stringContaining(words) as string },
		});
	});

	test('with several components asks which, and is loaded by the digest of one of them', async () => {
		const other = {
			...blob('application/wasm', 'other'),
			annotations: { 'org.opencontainers.image.title': 'b.wasm' },
		};
		const several = registry([wasm, other, { ...wasm }], { [`blobs/${other.digest}`]: 'other' });
		const pinned = `oci://registry.example/o/r:1@${several.digest}`;
		expect(await several.pulled()).toMatchObject({
			error: {
				message: expect.stringContaining('has 2 components') as string,
				choices: [
					{ label: wasm.digest, address: `${pinned}#${wasm.digest}` },
					{ label: 'b.wasm', address: `${pinned}#${other.digest}`, size: 5 },
				],
			},
		});
		expect(several.asked).toEqual(['manifests/1']);
		for (const options of [{ layer: other.digest }, { sha256: other.digest.slice(7) }])
			expect(await several.pulled(options)).toMatchObject({
				value: { artifact: { from: { oci: pinned }, component: { title: 'b.wasm' } } },
			});
		expect(await several.pulled({ layer: policy.digest })).toMatchObject({
			error: { message: expect.stringContaining(`has no file ${policy.digest}`) as string },
		});
	});

	test('may have one layer of any type', async () => {
		expect(await registry([{ ...wasm, mediaType: 'application/octet-stream' }]).pulled()).toMatchObject({
			ok: true,
		});
	});
});
