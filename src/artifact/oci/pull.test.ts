import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { err, ok } from '../../core/result';
import type { AskSite } from '../ask';
import { pull } from './pull';

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
	return { asked, digest, pulled: () => pull(reference, { ask, shown: ['https://registry.example'] }) };
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

	test('has none where neither can be read', async () => {
		expect(await registry([wasm]).pulled()).toMatchObject({
			ok: true,
			value: { artifact: { referrers: [] } },
		});
	});

	test.each([
		['container image', [blob('application/vnd.oci.image.layer.v1.tar+gzip', 'wasm')]],
		['has 2 WebAssembly files', [wasm, { ...wasm }]],
		['has no component', [policy]],
		['more than the 65536', [wasm, { ...policy, size: 70_000 }]],
	])('is refused by name: %s', async (words, layers) => {
		expect(await registry(layers).pulled()).toMatchObject({
			ok: false,
			error: { message: expect.stringContaining(words) as string },
		});
	});

	test('may have one layer of any type', async () => {
		expect(await registry([{ ...wasm, mediaType: 'application/octet-stream' }]).pulled()).toMatchObject({
			ok: true,
		});
	});
});
