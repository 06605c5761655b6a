import { describe, expect, test } from 'vitest';
import { holdFiles } from './hold-files';
import { spreadFiles } from './spread-files';
import { layoutOf, manifestBytes, sha256Of, type LaidArtifact } from './testing/layout-of';
import { tarOf } from './testing/tar-of';

const [one, two] = ['one', 'two'].map((text) => Buffer.from(`\0asm${text}`)) as [Buffer, Buffer];
const policy = 'version: "1.0"\npermissions: {}\n';
const artifact: LaidArtifact = {
	layers: [
		{ mediaType: 'application/wasm', content: one, title: 'one.wasm' },
		{ mediaType: 'application/vnd.wasm.policy.v1+yaml', content: policy },
	],
};
const signature: LaidArtifact = {
	layers: [{ mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json', content: '{}' }],
	subject: manifestBytes(artifact),
	artifactType: 'a/signature',
};
const manifest = `sha256:${sha256Of(manifestBytes(artifact))}`;
const dropped = (name: string, content: Uint8Array | string) => ({
	path: name,
	file: new Blob([content as BlobPart]),
});

async function held(to: Parameters<typeof holdFiles>[0], files: readonly ReturnType<typeof dropped>[]) {
	const spread = await spreadFiles(files);
	return spread.ok ? holdFiles(to, spread.value) : spread;
}

describe('what is brought by hand', () => {
	const layout = layoutOf([artifact, signature]);
	test.each([
		['a tar', [dropped('pulled.tar', tarOf(layout))]],
		['a folder', layout.map(({ name, content = '' }) => dropped(`pulled/${name}`, content))],
		[
			'the files of the artifact alone',
			layout
				.filter(({ name }) => name.startsWith('blobs/'))
				.map(({ name, content = '' }) => dropped(name, content)),
		],
	])('as %s is held to the manifest, and comes with its policy and what refers to it', async (_, files) => {
		const found = await held({ manifest }, files);
		expect(found).toMatchObject({
			value: {
				artifact: {
					...{ digest: manifest, component: { sha256: sha256Of(one) }, policy: { text: policy } },
					referrers: [{ artifactType: 'a/signature' }],
				},
			},
		});
		const blob = found.ok ? await found.value.readBlob(`sha256:${sha256Of('{}')}`, 100) : null;
		expect(blob?.ok && Buffer.from(blob.value).toString()).toBe('{}');
	});

	test('is held to the digest of a file, in an archive too', async () => {
		const tar = dropped('x.tar', tarOf([{ name: 'a/one.wasm', content: one }]));
		for (const files of [[tar], [dropped('one.wasm', one), dropped('two.wasm', two)]])
			expect(await held({ sha256: sha256Of(one) }, files)).toMatchObject({
				value: { artifact: { component: { sha256: sha256Of(one) }, policy: null } },
			});
	});

	const other = layoutOf([{ ...artifact, layers: [{ mediaType: 'application/wasm', content: two }] }]);
	const many = Array.from({ length: 9 }, (_, at) => dropped(`f${at}`, `${at}`));
	const both = { layers: [one, two].map((content) => ({ mediaType: 'application/wasm', content })) };
	test.each<[string, Parameters<typeof holdFiles>[0], readonly ReturnType<typeof dropped>[], string]>([
		[
			'another artifact',
			{ manifest },
			[dropped('other.tar', tarOf(other))],
			`Nothing here is held to ${manifest}`,
		],
		['another file', { sha256: sha256Of(one) }, [dropped('two.wasm', two)], 'This is not what was named'],
		['many files', { manifest }, many, 'and 4 more'],
		[
			'the manifest and another component',
			{ manifest },
			[dropped('manifest.json', manifestBytes(artifact)), dropped('two.wasm', two)],
			'none of the other files is its component',
		],
		[
			'an artifact with two components',
			{ manifest: `sha256:${sha256Of(manifestBytes(both))}` },
			[dropped('x.tar', tarOf(layoutOf([both])))],
			'has several components',
		],
		[
			'an archive that leads out of itself',
			{ manifest },
			[dropped('x.tar', tarOf([{ name: '../one.wasm', content: one }]))],
			'leads out of the archive',
		],
	])('is refused where it is %s', async (_, to, files, words) => {
		const found = await held(to, files);
		expect(found.ok ? '' : found.error).toContain(words);
	});
});
