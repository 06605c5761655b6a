import { describe, expect, test } from 'vitest';
import { ownKey } from '../../artifact/signature/testing/own-certificate';
import { contentPart, signedBytes, statementOf } from '../../artifact/signature/testing/own-sigstore';
import { whatIsInIt } from './what-is-in-it';

/** A module that says nothing of itself. */
const bytes = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
const key = ownKey();
const list = {
	bomFormat: 'CycloneDX',
	components: [{ name: 'serde', version: '1.0.219', licenses: [{ expression: 'MIT' }] }],
};

/** A statement about these bytes, signed with the key. */
function attestation(predicateType: string, predicate: unknown, about = bytes): string {
	const content = { kind: 'statement', statement: statementOf(about, predicate, predicateType) } as const;
	return JSON.stringify({
		mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
		verificationMaterial: { publicKey: { hint: 'own' } },
		...contentPart(content, key.sign(signedBytes(content))),
	});
}

const inIt = (signatures: readonly string[], lists: readonly unknown[] = [], pem: string | null = key.pem) =>
	whatIsInIt({
		...{ bytes, provenance: { signatures, manifest: null, lists } },
		...(pem !== null && { signer: { key: pem } }),
	});

describe('what is in a component', () => {
	test('is what signed statements say, by whom they are, and what nobody signed', async () => {
		const provenance = attestation('https://slsa.dev/provenance/v1', {
			runDetails: { builder: { id: 'https://builder.example' } },
		});
		const plain = key.sign(bytes).toString('base64');
		const read = await inIt([plain, provenance, attestation('https://cyclonedx.org/bom', list)], [list, 7]);
		expect(read.statements.map(({ title, by, rows }) => [title, by.slice(0, 15), rows])).toEqual([
			['How it was built (SLSA provenance)', 'Signed with the', [['Built by', 'https://builder.example']]],
			['What is in it (CycloneDX)', 'Signed with the', []],
			['What is in it (CycloneDX)', 'Nobody signed i', []],
			['What is in it', 'Nobody signed i', []],
		]);
		expect(
			read.listed.map(({ materials, problems }) => [materials.map(({ license }) => license), problems]),
		).toEqual([
			[['MIT'], []],
			[['MIT'], []],
			[[], ['The list of materials is no JSON object.']],
		]);
	});

	test('is nothing that a statement says whose signature does not hold, or of which nobody named the key', async () => {
		const of = attestation('https://cyclonedx.org/bom', list);
		expect((await inIt([of], [], ownKey().pem)).statements).toEqual([]);
		expect((await inIt([of], [], null)).statements).toEqual([]);
		const elsewhere = attestation('https://cyclonedx.org/bom', list, new TextEncoder().encode('other'));
		expect((await inIt([elsewhere])).statements).toEqual([]);
	});
});
