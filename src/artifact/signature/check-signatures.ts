import type { TrustedRoot } from '@freedomofpress/sigstore-browser';
import { sha256Hex } from '../../component/digest';
import { readManifest } from '../../core/artifact';
import { most } from '../../core/limits';
import type { SignerExpectation } from '../../core/signature/judge';
import type { Signer, SignatureCheck, SignatureFault } from '../../core/signature/signer';
import { bytesOfBase64 } from './base64-bytes';
import { isBundle, readBundle, signatureJson } from './bundle-form';
import { checkBundle, type BundleTrust } from './check-bundle';
import { bundleOfCosign, manifestNamedBy, readCosign, type CosignSignature } from './cosign-form';
import { checkModuleSignature } from './module-signature';
import { readPublicKey, type PublicKey } from './public-key';
import type { SignedThing } from './statement';
import { trustedRoot } from './trusted-root';

/** A component with what is said to be signatures of it. */
export interface SignedComponent {
	readonly bytes: Uint8Array<ArrayBuffer>;
	/** The manifest that it was distributed under; null without one. */
	readonly manifest: Uint8Array<ArrayBuffer> | null;
	/** Texts of Sigstore bundles, of cosign's signatures (`cosignText`), or plain signatures in base64. */
	readonly signatures: readonly string[];
}

export interface CheckOptions {
	/** Who is expected; null where nobody is. */
	readonly signer: Signer | null;
	/** Milliseconds since the epoch. */
	readonly now: number;
	/** By what Sigstore's service is known; default what this page carries. */
	readonly roots?: TrustedRoot;
}

/** What became of each signature, that inside the component first, and what they are to be judged by. */
export interface CheckedSignatures {
	readonly checks: readonly SignatureCheck[];
	readonly expectation: SignerExpectation | null;
}

const fails = (fault: SignatureFault, words: string): SignatureCheck => ({ state: 'fails', fault, words });

/** Checks all signatures of a component, offline. Never throws. */
export async function checkSignatures(
	component: SignedComponent,
	{ signer, now, roots = trustedRoot }: CheckOptions,
): Promise<CheckedSignatures> {
	const named = signer && 'key' in signer ? await readPublicKey(signer.key) : null;
	const key = named?.ok ? named.value : null;
	const expectation = signer && { signer, fingerprint: key?.fingerprint ?? null };
	if (named && !named.ok) return { checks: [fails('key', named.error)], expectation };
	const inside = await checkModuleSignature(component.bytes, key);
	const checks = inside ? [inside] : [];
	const things = await thingsOf(component);
	if (component.signatures.length > most.signatures)
		checks.push(
			fails('form', `There are more than ${most.signatures} signatures, so none of them was checked.`),
		);
	else
		for (const text of component.signatures) checks.push(await checkText(text, things, { roots, key, now }));
	return { checks, expectation };
}

/** What of a component may be signed: itself, and the manifest, where that is one of this component. */
async function thingsOf({ bytes, manifest }: SignedComponent): Promise<readonly SignedThing[]> {
	const component: SignedThing = { about: 'component', bytes };
	if (!manifest) return [component];
	const read = readManifest(manifest);
	const digest = `sha256:${await sha256Hex(bytes)}`;
	const isOfIt =
		read.ok && read.value.kind === 'manifest' && read.value.layers.some((layer) => layer.digest === digest);
	return isOfIt ? [component, { about: 'manifest', bytes: manifest }] : [component];
}

async function checkText(
	text: string,
	things: readonly SignedThing[],
	trust: BundleTrust,
): Promise<SignatureCheck> {
	const value = signatureJson(text);
	const cosign = readCosign(value);
	if (cosign) return checkCosign(cosign, things, trust);
	if (isBundle(value)) {
		const read = readBundle(value);
		return read.ok ? checkBundle(read.value, things, trust) : fails('form', read.error);
	}
	const plain = bytesOfBase64(text.trim());
	return plain?.length
		? checkPlain(plain, things, trust.key)
		: fails('form', 'It is no signature that is known here.');
}

async function checkCosign(
	cosign: CosignSignature,
	things: readonly SignedThing[],
	trust: BundleTrust,
): Promise<SignatureCheck> {
	const [component] = things;
	const signed = cosign.payload ?? component?.bytes;
	if (!signed) return fails('form', 'There is nothing that it could be about.');
	const made = await bundleOfCosign(cosign, signed);
	if (!made.ok) return fails('form', made.error);
	const read = readBundle(made.value);
	if (!read.ok) return fails('form', read.error);
	if (!cosign.payload) return checkBundle(read.value, things, trust);
	const named = manifestNamedBy(cosign.payload);
	const manifest = things.find(({ about }) => about === 'manifest');
	if (!manifest || named !== `sha256:${await sha256Hex(manifest.bytes)}`)
		return fails(
			'subject',
			`It is about another artifact: that with the digest ${named ?? 'that it does not name'}.`,
		);
	return checkBundle(read.value, [{ about: 'manifest', bytes: signed }], trust);
}

/** What `cosign sign-blob` and `openssl` print: a signature of the component and nothing else. */
async function checkPlain(
	signature: Uint8Array<ArrayBuffer>,
	things: readonly SignedThing[],
	key: PublicKey | null,
): Promise<SignatureCheck> {
	if (!key) return { state: 'unchecked' };
	for (const { about, bytes } of things)
		if (await key.verify(signature, bytes))
			return {
				...{ state: 'holds', by: { kind: 'key', fingerprint: key.fingerprint }, about },
				...{ predicateType: null, predicate: null, madeAt: null },
			};
	return fails('signature', 'The signature is not one of these bytes by this key.');
}
