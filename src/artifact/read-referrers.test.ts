import { describe, expect, test } from 'vitest';
import { most } from '../core/limits';
import { err, ok } from '../core/result';
import { readReferrers } from './read-referrers';
import { manifestBytes, sha256Of, type LaidLayer } from './testing/layout-of';

const bundleType = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const digest = `sha256:${'a'.repeat(64)}`;

/** Reads these manifests as referrers of an artifact. */
function read(
	referrers: readonly (readonly LaidLayer[])[],
	{ tag = null as Uint8Array | null, more = 0 } = {},
) {
	const blobs = new Map<string, Uint8Array>();
	const bounds = new Map<string, number>();
	const put = (content: Uint8Array) => {
		const key = `sha256:${sha256Of(content)}`;
		blobs.set(key, content);
		return key;
	};
	const listed = referrers.map((layers) => {
		for (const { content } of layers) put(Buffer.from(content));
		return put(manifestBytes({ layers }));
	});
	const all = [
		...listed,
		...Array.from({ length: more }, (_, at) => `sha256:${String(at).padStart(64, '0')}`),
	];
	return readReferrers({
		artifact: {
			digest,
			referrers: all.map((each) => ({ digest: each, mediaType: 'm', size: 1, artifactType: null })) as never,
		},
		readBlob: (wanted, bound) => {
			bounds.set(wanted, bound);
			const blob = blobs.get(wanted);
			return Promise.resolve(
				blob && blob.length <= bound ? ok(blob as Uint8Array<ArrayBuffer>) : err(`${wanted} is not there.`),
			);
		},
		readTag: (name) => Promise.resolve(name === `${digest.replace(':', '-')}.sig` ? (tag as never) : null),
	});
}

describe('what refers to an artifact', () => {
	test('is its signatures, its attestations and its lists of materials; the rest of it is said', async () => {
		const cosign = {
			mediaType: 'application/vnd.dev.cosign.simplesigning.v1+json',
			content: '{"critical":{}}',
			annotations: { 'dev.cosignproject.cosign/signature': 'c2ln' },
		};
		const found = await read(
			[
				[{ mediaType: bundleType, content: '{"mediaType":"a bundle"}' }],
				[{ mediaType: 'application/vnd.cyclonedx+json', content: '{"bomFormat":"CycloneDX"}' }],
				[{ mediaType: 'application/spdx+json', content: 'no JSON' }],
				[{ mediaType: 'application/vnd.dsse.envelope.v1+json', content: '{}' }],
				[{ mediaType: 'text/plain', content: 'anything else' }],
			],
			{ tag: manifestBytes({ layers: [cosign] }) },
		);
		expect(found.signatures).toHaveLength(1);
		expect(found.lists).toEqual([{ bomFormat: 'CycloneDX' }]);
		expect(found.problems).toEqual([
			'A list of materials that refers to it is no JSON, and was not read.',
			'An attestation in the older form of cosign was not read.',
			// The layer of the tag is in no registry of this test.
			expect.stringContaining('is not there'),
		]);
	});

	test('is read as far as its bounds, whatever it says of itself', async () => {
		const large = ' '.repeat(most.materialsText + 1);
		const found = await read(
			[
				[{ mediaType: 'application/vnd.cyclonedx+json', content: large }],
				[{ mediaType: bundleType, content: large }],
			],
			{ more: most.signatures },
		);
		expect(found.lists).toEqual([]);
		expect(found.signatures).toEqual([]);
		expect(found.problems).toHaveLength(most.signatures + 1);
		expect(found.problems.at(-1)).toBe(
			`Only ${most.signatures} of ${most.signatures + 2} referrers were read.`,
		);
	});
});
