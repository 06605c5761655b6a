import { unshared } from '../../core/unshared';
import {
	verifyBundleTimestamp,
	X509Certificate,
	type SigstoreBundle,
	type TrustedRoot,
} from '@freedomofpress/sigstore-browser';
import { sha256Hex } from '../../component/digest';
import type { SignatureCheck, VerifiedSigner } from '../../core/signature/signer';
import { bytesOfBase64 } from './base64-bytes';
import type { ReadBundle } from './bundle-form';
import { asLogged } from './logged-entry';
import { publicKeyOf, type PublicKey } from './public-key';
import { rootsAt } from './roots-at';
import { StagedVerifier } from './staged-verifier';
import { paeOf, statementAbout, type SignedThing, type Statement } from './statement';
import { step, StepFailed } from './verification-step';

export interface BundleTrust {
	readonly roots: TrustedRoot;
	/** The key that keyed signatures are to be by; null where nobody named one. */
	readonly key: PublicKey | null;
	/** Milliseconds since the epoch. */
	readonly now: number;
}

/** Checks one bundle about one of these things. Never throws. */
export async function checkBundle(
	read: ReadBundle,
	things: readonly SignedThing[],
	trust: BundleTrust,
): Promise<SignatureCheck> {
	try {
		const target = await targetOf(read, things);
		if (!read.isKeyed) return await checkKeyless(read, target, trust);
		if (!trust.key) return { state: 'unchecked' };
		await checkSignature(read, target, trust.key);
		return holding(target, { kind: 'key', fingerprint: trust.key.fingerprint }, null);
	} catch (error) {
		if (error instanceof StepFailed) return { state: 'fails', fault: error.fault, words: error.words };
		return { state: 'fails', fault: 'form', words: 'It cannot be read.' };
	}
}

/** What a bundle is about, found among what there is. */
interface Target {
	readonly thing: SignedThing;
	readonly statement: Statement | null;
}

async function targetOf({ content }: ReadBundle, things: readonly SignedThing[]): Promise<Target> {
	if (content.kind === 'statement') return statementAbout(content, things);
	const wanted = [...content.digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
	for (const thing of things)
		if ((await sha256Hex(thing.bytes)) === wanted) return { thing, statement: null };
	throw new StepFailed('digest', `It is about other bytes: those with the digest sha256:${wanted}.`);
}

async function checkKeyless(
	read: ReadBundle,
	target: Target,
	{ roots, now }: BundleTrust,
): Promise<SignatureCheck> {
	const { bundle } = read;
	const certificate = await step('certificate', 'Its certificate cannot be read.', () => leafOf(bundle));
	const by = signerIn(certificate);
	const key = await publicKeyOf(unshared(certificate.publicKey));
	if (!key.ok) throw new StepFailed('certificate', `Its certificate has a key of another kind. ${key.error}`);
	await checkSignature(read, target, key.value);
	const times = await timesOf(read, roots);
	for (const time of times) {
		if (time.getTime() > now)
			throw new StepFailed(
				'time',
				`It says that it was made at ${time.toISOString()}, which is yet to come.`,
			);
		if (!certificate.validForDate(time))
			throw new StepFailed(
				'time',
				`It was made at ${time.toISOString()}, and its certificate was valid from ${certificate.notBefore.toISOString()} to ${certificate.notAfter.toISOString()}.`,
			);
	}
	const needsTimestamp = !bundle.verificationMaterial.tlogEntries.every(isPromised);
	const logs = bundle.verificationMaterial.tlogEntries.map(({ logId }) => logId.keyId);
	const verifier = await StagedVerifier.of(rootsAt(roots, times, logs), { needsTimestamp });
	// Who signed is compared with who was expected when all signatures are judged; here nobody is turned away by name.
	const anybody = { verify: () => {} };
	const [said, signed] = await asLogged(read, target.thing.bytes);
	await step('log entry', 'The entry of the public log is about something else.', () =>
		verifier.verifyArtifactPolicy(anybody, said, signed),
	);
	return holding(target, by, times[0]?.getTime() ?? null);
}

const holding = (
	{ thing, statement }: Target,
	by: VerifiedSigner,
	madeAt: number | null,
): SignatureCheck => ({
	...{ state: 'holds', by, about: thing.about, madeAt },
	predicateType: statement?.predicateType ?? null,
	predicate: statement?.predicate ?? null,
});

async function checkSignature(
	{ content, signature }: ReadBundle,
	{ thing }: Target,
	key: PublicKey,
): Promise<void> {
	const signed = content.kind === 'message' ? thing.bytes : paeOf(content);
	if (!(await key.verify(signature, signed)))
		throw new StepFailed('signature', 'The signature is not one of these bytes by this key.');
}

function leafOf({ verificationMaterial: material }: SigstoreBundle): X509Certificate {
	const certificates = material.certificate
		? [material.certificate]
		: (material.x509CertificateChain?.certificates ?? []);
	const [leaf, ...above] = certificates.map(({ rawBytes }) =>
		X509Certificate.parse(bytesOfBase64(rawBytes) ?? ''),
	);
	// Who is trusted to vouch is settled here, and never by what is to be checked.
	if (above.some((each) => sameBytes(each.issuer, each.subject)))
		throw new StepFailed('certificate', 'It brings its own root certificate, which none may.');
	return leaf as X509Certificate;
}

function signerIn(certificate: X509Certificate): Extract<VerifiedSigner, { kind: 'identity' }> {
	const names = certificate.extSubjectAltName;
	const identity = names?.uri ?? names?.rfc822Name ?? names?.otherName('1.3.6.1.4.1.57264.1.7');
	const issuer = certificate.extFulcioIssuerV2?.issuer ?? certificate.extFulcioIssuerV1?.issuer;
	if (!identity || !issuer)
		throw new StepFailed('certificate', 'Its certificate does not say who signed, or who vouches for that.');
	return { kind: 'identity', identity, issuer };
}

const isPromised = (entry: SigstoreBundle['verificationMaterial']['tlogEntries'][number]): boolean =>
	Boolean(entry.inclusionPromise?.signedEntryTimestamp);

/** When somebody else than the signer says that it was made: the log, where it promises its entry, and authorities of time. */
async function timesOf({ bundle, signature }: ReadBundle, roots: TrustedRoot): Promise<readonly Date[]> {
	const { tlogEntries, timestampVerificationData } = bundle.verificationMaterial;
	const logged = tlogEntries.flatMap((entry) =>
		isPromised(entry) && entry.integratedTime ? [new Date(Number(entry.integratedTime) * 1000)] : [],
	);
	const stamped = await step(
		'time',
		'Its timestamp is by no authority that is known here, or is of another signature.',
		() => verifyBundleTimestamp(timestampVerificationData, signature, roots.timestampAuthorities ?? []),
	);
	const times = [...logged, ...stamped];
	if (times.length === 0) throw new StepFailed('time', 'Nobody says when it was made.');
	return times;
}

const sameBytes = (one: Uint8Array, other: Uint8Array): boolean =>
	one.length === other.length && one.every((byte, index) => byte === other[index]);
