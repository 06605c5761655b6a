import { describe, expect, test } from 'vitest';
import { isImageLayer, isPolicyLayer, isWasmLayer } from './media-types';
import { readManifest } from './read-manifest';

const digest = `sha256:${'a'.repeat(64)}`;
const layer = (mediaType: string, title?: string) => ({
	...{ mediaType, digest, size: 3 },
	...(title !== undefined && { annotations: { 'org.opencontainers.image.title': title } }),
});
const read = (value: unknown) =>
	readManifest(new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value)));

describe('a manifest', () => {
	test('is read with its layers, their titles, its subject and its annotations', () => {
		expect(
			read({
				schemaVersion: 2,
				artifactType: 'application/vnd.wasm.component.v1',
				config: layer('application/vnd.oci.empty.v1+json'),
				layers: [layer('application/wasm', 'a.wasm')],
				subject: layer('application/vnd.oci.image.manifest.v1+json'),
				annotations: { __proto__: 'x', title: 'A', odd: 3 },
			}),
		).toMatchObject({
			ok: true,
			value: {
				kind: 'manifest',
				layers: [{ mediaType: 'application/wasm', title: 'a.wasm', size: 3 }],
				subject: digest,
				annotations: { title: 'A' },
			},
		});
	});

	test('is told from a list of manifests', () => {
		const entry = {
			...layer('application/vnd.oci.image.manifest.v1+json'),
			platform: { os: 'wasip2', architecture: 'wasm' },
		};
		expect(read({ manifests: [entry] })).toMatchObject({
			ok: true,
			value: { kind: 'index', manifests: [{ platform: 'wasip2/wasm' }] },
		});
	});

	test.each([
		['', 'JSON'],
		['[]', 'object'],
		[{}, 'neither layers nor manifests'],
		[{ layers: [{}] }, 'without a type'],
		[{ layers: [{ ...layer('a/b'), digest: 'sha512:00' }] }, 'sha256 digest'],
		[{ layers: [{ ...layer('a/b'), size: -1 }] }, 'size'],
		[{ layers: Array.from({ length: 257 }, () => layer('a/b')) }, 'more than 256 layers'],
		[{ manifests: Array.from({ length: 257 }, () => layer('a/b')) }, 'more than 256 manifests'],
	])('is refused by name where it is %j', (value, words) => {
		expect(read(value)).toMatchObject({ ok: false, error: expect.stringContaining(words) as string });
	});
});

describe('the media type of a layer', () => {
	test.each([
		['application/wasm', null, 'wasm'],
		['application/vnd.wasm.component.v1', null, 'wasm'],
		['application/vnd.bytecodealliance.wasm.component.layer.v0+wasm', null, 'wasm'],
		['application/vnd.module.wasm.content.layer.v1+wasm', null, 'wasm'],
		['application/octet-stream', 'tool.WASM', 'wasm'],
		['application/vnd.wasm.policy.v1+yaml', null, 'policy'],
		['application/vnd.wassette.policy+yaml; charset=utf-8', null, 'policy'],
		['text/yaml', 'policy.wasm', 'policy'],
		['application/x-yaml', null, 'policy'],
		['application/vnd.docker.image.rootfs.diff.tar.gzip', null, 'image'],
		['application/vnd.oci.image.layer.v1.tar+zstd', null, 'image'],
		['application/octet-stream', null, 'nothing'],
	])('says of %s, titled %s, that it is %s', (mediaType, title, is) => {
		const one = { mediaType, title, digest, size: 1 };
		const said = [
			isWasmLayer(one) && 'wasm',
			isPolicyLayer(one) && 'policy',
			isImageLayer(one) && 'image',
		].filter(Boolean);
		expect(said.join() || 'nothing').toBe(is);
	});
});
