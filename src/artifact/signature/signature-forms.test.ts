import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Signer } from '../../core/signature/signer';
import { sha256Of } from '../testing/layout-of';
import { checkSignatures } from './check-signatures';
import { cosignText } from './cosign-text';
import { pemOf, ownKey, type OwnKey } from './testing/own-certificate';
import { loggedBody, ownSigner, ownSigstore, signedAt } from './testing/own-sigstore';

const sigstore = ownSigstore();
const component = new TextEncoder().encode('the bytes of a component');
const others = new TextEncoder().encode('other bytes');
const key = ownKey();
const base64 = (data: Uint8Array | string) => Buffer.from(data).toString('base64');
const by = { kind: 'identity', identity: ownSigner.identity, issuer: ownSigner.issuer };

const manifestOf = (bytes: Uint8Array) =>
	new TextEncoder().encode(
		JSON.stringify({
			schemaVersion: 2,
			mediaType: 'application/vnd.oci.image.manifest.v1+json',
			config: {
				mediaType: 'application/vnd.wasm.config.v0+json',
				digest: `sha256:${sha256Of('{}')}`,
				size: 2,
			},
			layers: [{ mediaType: 'application/wasm', digest: `sha256:${sha256Of(bytes)}`, size: bytes.length }],
		}),
	);
const manifest = manifestOf(component);

async function checkOf(
	text: string,
	{
		bytes = component,
		of = manifest,
		signer = null,
	}: {
		readonly bytes?: Uint8Array<ArrayBuffer>;
		readonly of?: Uint8Array<ArrayBuffer> | null;
		readonly signer?: Signer | null;
	} = {},
) {
	const { checks } = await checkSignatures(
		{ bytes, manifest: of, signatures: [text] },
		{ signer, now: Date.parse('2027-01-01'), roots: sigstore.roots },
	);
	expect(checks).toHaveLength(1);
	return checks[0];
}

/** What cosign signs of an image: the digest of its manifest. */
const payloadOf = (digest: string) =>
	Buffer.from(
		JSON.stringify({
			critical: {
				identity: { 'docker-reference': 'registry.example/owner/tool' },
				image: { 'docker-manifest-digest': digest },
				type: 'cosign container image signature',
			},
			optional: null,
		}),
	);

/** A layer of cosign 2, keyless, about the manifest with this digest. */
function keyless(payload: Uint8Array, change: Readonly<Record<string, string>> = {}): string {
	const certified = sigstore.authority.certify(ownSigner);
	const signature = certified.key.sign(payload);
	const body = loggedBody('hashedrekord', {
		...{ content: { kind: 'message', bytes: payload }, signature, certificate: certified.certificate },
	});
	const entry = sigstore.log.enter(body, signedAt);
	return cosignText(payload, {
		'dev.cosignproject.cosign/signature': base64(signature),
		'dev.sigstore.cosign/certificate': pemOf(certified.certificate),
		'dev.sigstore.cosign/bundle': JSON.stringify({
			SignedEntryTimestamp: entry.inclusionPromise?.signedEntryTimestamp,
			Payload: {
				...{ body: entry.canonicalizedBody, integratedTime: Number(entry.integratedTime), logIndex: 2 },
				logID: Buffer.from(sigstore.log.id, 'base64').toString('hex'),
			},
		}),
		...change,
	});
}
const aboutIt = payloadOf(`sha256:${sha256Of(manifest)}`);

describe('annotations of cosign 2', () => {
	test('hold, by whom their certificate says', async () => {
		expect(await checkOf(keyless(aboutIt))).toMatchObject({ state: 'holds', by, about: 'manifest' });
	});

	test('are about the manifest that they name, and about a component only by it', async () => {
		const elsewhere = keyless(payloadOf(`sha256:${'ab'.repeat(32)}`));
		for (const check of [
			await checkOf(elsewhere),
			await checkOf(keyless(aboutIt), { of: null }),
			// The manifest is the named one, and does not hold this component.
			await checkOf(keyless(aboutIt), { bytes: others }),
		])
			expect(check).toMatchObject({
				fault: 'subject',
				words: expect.stringContaining('It is about another artifact: that with the digest sha256:'),
			});
	});

	test.each<[string, Readonly<Record<string, string>>, string]>([
		[
			'another signature',
			{ 'dev.cosignproject.cosign/signature': base64(ownKey().sign(aboutIt)) },
			'signature',
		],
		['no entry of the log', { 'dev.sigstore.cosign/bundle': '' }, 'form'],
		['a certificate that cannot be read', { 'dev.sigstore.cosign/certificate': 'PEM' }, 'form'],
		[
			'another certificate',
			{ 'dev.sigstore.cosign/certificate': pemOf(sigstore.authority.certify(ownSigner).certificate) },
			'signature',
		],
	])('with %s fail by that', async (_, change, fault) => {
		expect(await checkOf(keyless(aboutIt, change))).toMatchObject({ state: 'fails', fault });
	});

	test('by a key hold by the key that was named, and are not checked without one', async () => {
		const text = cosignText(aboutIt, { 'dev.cosignproject.cosign/signature': base64(key.sign(aboutIt)) });
		expect(await checkOf(text)).toEqual({ state: 'unchecked' });
		expect(await checkOf(text, { signer: { key: key.pem } })).toMatchObject({
			...{ state: 'holds', about: 'manifest' },
			by: { kind: 'key', fingerprint: sha256Of(key.spki) },
		});
		expect(await checkOf(text, { signer: { key: ownKey().pem } })).toMatchObject({ fault: 'signature' });
	});
});

describe('the bundle that cosign sign-blob wrote before there were Sigstore’s', () => {
	const blob = () => {
		const { annotations } = JSON.parse(keyless(component)) as {
			annotations: Record<string, string>;
		};
		return {
			base64Signature: annotations['dev.cosignproject.cosign/signature'],
			cert: base64(annotations['dev.sigstore.cosign/certificate'] as string),
			rekorBundle: JSON.parse(annotations['dev.sigstore.cosign/bundle'] as string) as unknown,
		};
	};

	test('holds for the component that it is of, and for no other', async () => {
		const text = JSON.stringify(blob());
		expect(await checkOf(text)).toMatchObject({ state: 'holds', by, about: 'component' });
		expect(await checkOf(text, { bytes: others })).toMatchObject({ fault: 'signature' });
	});
});

describe('a plain signature', () => {
	const plain = base64(key.sign(component));

	test('holds by the key that was named', async () => {
		expect(await checkOf(plain)).toEqual({ state: 'unchecked' });
		expect(await checkOf(plain, { signer: { key: key.pem } })).toMatchObject({
			state: 'holds',
			about: 'component',
		});
		expect(await checkOf(plain, { signer: { key: key.pem }, bytes: others, of: null })).toMatchObject({
			fault: 'signature',
		});
		expect(await checkOf(plain, { signer: { key: 'no key' } })).toMatchObject({ fault: 'key' });
	});
});

describe('a signature inside a module', () => {
	const signer = ownKey('Ed25519');
	const rest = Buffer.concat([Uint8Array.of(0, 4, 1, 0x78), Buffer.from('yz')]);
	const header = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
	const sized = (content: Uint8Array) => Buffer.concat([Uint8Array.of(content.length), content]);
	const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest();

	/** A module whose first section is a signature by this key of what has this hash. */
	function signed(by: OwnKey, hash: Uint8Array, after: Uint8Array = rest): Uint8Array<ArrayBuffer> {
		const signature = by.sign(Buffer.concat([Buffer.from('wasmsig'), Uint8Array.of(1, 1, 1), hash]));
		const one = sized(Buffer.concat([Uint8Array.of(0, 1), sized(signature)]));
		const set = Buffer.concat([Uint8Array.of(1), hash, Uint8Array.of(1), one]);
		// Lengths over 127 take two bytes.
		const sizedSet = Buffer.concat([Uint8Array.of((set.length & 0x7f) | 0x80, set.length >> 7), set]);
		const content = Buffer.concat([sized(Buffer.from('signature')), Uint8Array.of(1, 1, 1, 1), sizedSet]);
		const section = Buffer.concat([
			Uint8Array.of(0, (content.length & 0x7f) | 0x80, content.length >> 7),
			content,
		]);
		return new Uint8Array(Buffer.concat([header, section, after]));
	}
	const inside = async (bytes: Uint8Array<ArrayBuffer>, pem: string | null) => {
		const { checks } = await checkSignatures(
			{ bytes, manifest: null, signatures: [] },
			{ signer: pem === null ? null : { key: pem }, now: 0, roots: sigstore.roots },
		);
		return checks;
	};

	test('holds by the key that was named, is not checked without one, and fails by its own name', async () => {
		const good = signed(signer, sha256(rest));
		expect(await inside(good, signer.pem)).toMatchObject([{ state: 'holds', about: 'component' }]);
		expect(await inside(good, null)).toEqual([{ state: 'unchecked' }]);
		expect(await inside(good, ownKey('Ed25519').pem)).toMatchObject([{ fault: 'signature' }]);
		const tampered = signed(signer, sha256(rest), Buffer.concat([rest, rest]));
		expect(await inside(tampered, signer.pem)).toMatchObject([{ fault: 'digest' }]);
		expect(await inside(tampered, null)).toMatchObject([{ fault: 'digest' }]);
		expect(await inside(new Uint8Array(Buffer.concat([header, rest])), signer.pem)).toEqual([]);
	});
});
