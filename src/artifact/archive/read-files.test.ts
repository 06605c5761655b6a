import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { layoutOf, manifestBytes, sha256Of, type LaidArtifact } from '../testing/layout-of';
import { tarOf, type TarEntry } from '../testing/tar-of';
import { readFiles } from './read-files';

/* What tools leave behind, as they lay it out: in folders, and packed. */

const wasm = (name: string) =>
	Buffer.concat([Uint8Array.of(0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0), Buffer.from(name)]);
const [one, two] = [wasm('one'), wasm('two')];
const policy = 'version: "1.0"\npermissions: {}\n';
const wasmLayer = (content: Uint8Array, title?: string) => ({
	mediaType: 'application/wasm',
	content,
	title,
});
const policyLayer = { mediaType: 'application/vnd.wasm.policy.v1+yaml', content: policy };

const folder = (entries: readonly TarEntry[], name = 'pulled') =>
	entries.map(({ name: path, content = '' }) => ({
		path: `${name}/${path}`,
		file: new Blob([content as BlobPart]),
	}));
const packed = (entries: readonly TarEntry[], name = 'pulled.tar') => [
	{ path: name, file: new Blob([tarOf(entries)]) },
];

/** What was found: of each component its bytes, its policy and what it is called. */
async function foundIn(files: Parameters<typeof readFiles>[0]) {
	const found = await readFiles(files);
	if (!found.ok) return found.error;
	return found.value.components.map(({ artifact }) => ({
		bytes: Buffer.from(artifact.component.bytes).subarray(8).toString(),
		policy: artifact.policy?.text ?? null,
		reference: artifact.reference,
		referrers: artifact.referrers.length,
	}));
}

const artifact: LaidArtifact = {
	name: 'registry.example/o/r:1.0',
	layers: [wasmLayer(one, 'one.wasm'), policyLayer],
};
const expected = { bytes: 'one', policy, reference: 'registry.example/o/r:1.0', referrers: 0 };

describe('an OCI layout', () => {
	test.each([
		['in a folder', folder(layoutOf([artifact]))],
		['in a folder within others', folder(layoutOf([artifact]), 'a/b')],
		['in a tar', packed(layoutOf([artifact]))],
		['in a packed tar', [{ path: 'x.tgz', file: new Blob([gzipSync(tarOf(layoutOf([artifact])))]) }]],
	])('is read %s', async (_, files) => {
		expect(await foundIn(files)).toEqual([expected]);
	});

	test('has the artifacts that a list within its list leads to, each once, and says which hold none', async () => {
		const entries = layoutOf([
			artifact,
			{ name: 'empty', layers: [{ mediaType: 'text/plain', content: 'x' }] },
		]);
		const index = entries.find(({ name }) => name === 'index.json')?.content as string;
		const outer = JSON.stringify({
			schemaVersion: 2,
			manifests: [1, 2].map(() => ({
				mediaType: 'application/vnd.oci.image.index.v1+json',
				digest: `sha256:${sha256Of(index)}`,
				size: index.length,
			})),
		});
		const nested = [
			...entries.filter(({ name }) => name !== 'index.json'),
			{ name: 'index.json', content: outer },
			{ name: `blobs/sha256/${sha256Of(index)}`, content: index },
		];
		const read = await readFiles(packed(nested));
		expect(read).toMatchObject({ value: { remarks: ['empty holds no component.'] } });
		expect(await foundIn(packed(nested))).toEqual([expected]);
	});

	test('lists what refers to an artifact, by its subject and by its fallback tag', async () => {
		const subject = manifestBytes(artifact);
		const bundle = { mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json', content: '{}' };
		const cosign = { mediaType: 'application/vnd.dev.cosign.simplesigning.v1+json', content: '{"a":1}' };
		const layout = layoutOf([
			artifact,
			{ layers: [bundle], subject, artifactType: 'a/signature' },
			{ layers: [cosign], name: `registry.example/o/r:sha256-${sha256Of(subject)}.sig` },
		]);
		expect(await foundIn(folder(layout))).toEqual([{ ...expected, referrers: 2 }]);
	});

	test('with several components gives each, under the policy of its artifact', async () => {
		const several = layoutOf([
			{ name: 'kit', layers: [wasmLayer(one, 'one.wasm'), wasmLayer(two, 'two.wasm'), policyLayer] },
		]);
		expect(await foundIn(packed(several))).toMatchObject([
			{ bytes: 'one', policy },
			{ bytes: 'two', policy },
		]);
	});

	test.each<[string, (entries: readonly TarEntry[]) => readonly TarEntry[], string]>([
		[
			'an altered file',
			(entries) => entries.map((each) => (each.content === one ? { ...each, content: two } : each)),
			'was altered',
		],
		[
			'a missing file',
			(entries) => entries.filter(({ content }) => content !== one),
			'does not hold sha256:',
		],
		[
			'a list that is none',
			(entries) => entries.map((each) => (each.name === 'index.json' ? { ...each, content: '[]' } : each)),
			'index.json in pulled.tar is not a JSON object',
		],
		[
			'a link in the place of a file',
			(entries) =>
				entries.map((each) =>
					each.content === one ? { name: each.name, type: '2', target: '/etc/passwd' } : each,
				),
			'is a link, which is not followed',
		],
	])('with %s is refused by name', async (_, change, words) => {
		// Blobs are laid as buffers of their own; what was laid is told by its bytes.
		const laid = layoutOf([artifact]).map((entry) =>
			Buffer.isBuffer(entry.content) && entry.content.equals(one) ? { ...entry, content: one } : entry,
		);
		expect(await foundIn(packed(change(laid)))).toContain(words);
	});
});

describe('what docker save writes', () => {
	const image = tarOf([
		{ name: 'tool/one.wasm', content: one },
		{ name: 'tool/one.policy.yaml', content: policy },
	]);
	const saved = (layers: readonly string[]) => [
		{
			name: 'manifest.json',
			content: JSON.stringify([{ Config: 'c.json', RepoTags: ['registry.example/o/r:1.0'], Layers: layers }]),
		},
		{ name: 'c.json', content: '{}' },
	];

	test('has the components in the file systems of its layers, with the policies beside them', async () => {
		const files = [...saved(['abc/layer.tar']), { name: 'abc/layer.tar', content: image }];
		for (const form of [packed(files), folder(files)]) expect(await foundIn(form)).toEqual([expected]);
	});

	test('has the component that a layer is, as crane saves artifacts', async () => {
		const files = [...saved(['sha256:abc.tar.gz']), { name: 'sha256:abc.tar.gz', content: one }];
		expect(await foundIn(packed(files))).toEqual([{ ...expected, policy: null }]);
	});

	test('with an OCI layout beside is read as that, which has digests', async () => {
		const files = [...saved(['abc/layer.tar']), ...layoutOf([artifact])];
		expect(await foundIn(packed(files))).toEqual([expected]);
	});

	test.each<[string, readonly TarEntry[], string]>([
		['a layer that is not there', saved(['abc/layer.tar']), 'does not hold abc/layer.tar'],
		[
			'a layer that is a link',
			[...saved(['abc/layer.tar']), { name: 'abc/layer.tar', type: '2', target: '/etc/passwd' }],
			'is a link, which is not followed',
		],
		[
			'a layer whose names lead out of it',
			[...saved(['l.tar']), { name: 'l.tar', content: tarOf([{ name: '../evil.wasm', content: one }]) }],
			'leads out of the archive',
		],
	])('with %s is refused by name', async (_, files, words) => {
		expect(await foundIn(packed(files))).toContain(words);
	});
});

describe('a folder', () => {
	test('has its components, each with the policy and the signatures beside it', async () => {
		const files = folder(
			[
				{ name: 'one.wasm', content: one },
				{ name: 'one.policy.yaml', content: policy },
				{ name: 'one.wasm.sigstore.json', content: '{"a":1}' },
				{ name: 'deep/two.wasm', content: two },
				{ name: 'notes.txt', content: 'x' },
			],
			'kit',
		);
		expect(await foundIn(files)).toMatchObject([
			{ bytes: 'one', policy },
			{ bytes: 'two', policy: null },
		]);
		const read = await readFiles(files);
		expect(read.ok && read.value.components.map(({ signatures }) => signatures)).toEqual([['{"a":1}'], []]);
	});

	test('with a manifest of something else is a folder all the same', async () => {
		const files = [
			{ name: 'manifest.json', content: '{"manifest_version":3}' },
			{ name: 'one.wasm', content: one },
		];
		for (const form of [packed(files), folder(files)])
			expect(await foundIn(form)).toMatchObject([{ bytes: 'one' }]);
	});

	test('without a component says so', async () => {
		expect(await foundIn(folder([{ name: 'notes.txt', content: 'x' }]))).toBe(
			'There is no component in the folder.',
		);
	});
});
