import { itemAt } from '../../../core/item-at';
import type { TrustedRoot } from '@freedomofpress/sigstore-browser';
import { ownAuthority } from './own-authority';
import { ownKey } from './own-certificate';
import { ownClock } from './own-clock';
import { checkpoint } from './own-log';
import { ownSignature, type SignatureMaking } from './own-signature';
import {
	contentPart,
	ownSigner,
	ownSigstore,
	signedAt,
	statementOf,
	type SignedContent,
} from './own-sigstore';

/** What a case hands to what checks it. */
export interface OwnCase {
	readonly text: string;
	readonly component: Uint8Array<ArrayBuffer>;
	readonly roots: TrustedRoot;
	/** A public key in PEM; null where an identity is expected. */
	readonly key: string | null;
}

type Bundle = ReturnType<typeof ownSignature>;
/** A bundle as it is changed: everything in it may be. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test alters what no type lets it
type Change = (bundle: any) => void;

const sigstore = ownSigstore();
const bytes = new TextEncoder().encode('the bytes of a component');
const others = new TextEncoder().encode('other bytes');
const [from, until] = [new Date('2020-01-01'), new Date('2040-01-01')];
const inAnHour = new Date(signedAt.getTime() + 3_600_000);
const second = { entered: 'hashedrekord 2' } as const;
const statement: SignedContent = { kind: 'statement', statement: statementOf(bytes) };
const otherStatement: SignedContent = { kind: 'statement', statement: statementOf(others) };
const asSigned = { ...second, content: statement } as const;
const entryOf = (bundle: Bundle) =>
	bundle.verificationMaterial.tlogEntries[0] as never as Record<string, never>;

const caseOf = (text: string, parts: Partial<OwnCase> = {}): OwnCase => ({
	...{ text, component: bytes, roots: sigstore.roots, key: null },
	...parts,
});
const made = (making: SignatureMaking = {}, parts: Partial<OwnCase> = {}) =>
	caseOf(JSON.stringify(ownSignature(sigstore, bytes, making)), parts);
function changed(making: SignatureMaking, change: Change, parts: Partial<OwnCase> = {}): OwnCase {
	const bundle = structuredClone(ownSignature(sigstore, bytes, making));
	change(bundle);
	return caseOf(JSON.stringify(bundle), parts);
}
/** Roots changed in what this says. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
function rootsWith(change: (roots: any) => void): TrustedRoot {
	const roots = structuredClone(sigstore.roots);
	change(roots);
	return roots;
}
/** The second log's word for its root, said otherwise. */
const noted = (say: (lines: readonly string[]) => string) =>
	changed(second, (bundle) => {
		const { checkpoint: word } = bundle.verificationMaterial.tlogEntries[0].inclusionProof;
		word.envelope = say(word.envelope.split('\n').slice(0, 3));
	});
const itself = { name: 'second.own.test', key: sigstore.secondLog.key };
const witness = { name: 'witness.own.test', key: ownKey('Ed25519') };
const key = ownKey();
const keyed = (pem: string | null) =>
	caseOf(
		JSON.stringify({
			mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
			verificationMaterial: { publicKey: { hint: 'own' } },
			...contentPart({ kind: 'message', bytes }, key.sign(bytes)),
		}),
		{ key: pem },
	);
const flip = (text: string): string => {
	const flipped = Buffer.from(text, 'base64');
	flipped[0] = itemAt(flipped, 0) ^ 1;
	return flipped.toString('base64');
};

/**
 * Every case that Sigstore's conformance suite has for checking bundles, by its name there and made anew by services of the test's own, so
 * that nothing of theirs is needed. A name that ends in `_fail` is to be refused.
 */
export const ownCases: Readonly<Record<string, () => OwnCase>> = {
	'bundle-empty-certificate-chain_fail': () =>
		changed({ version: '0.1' }, (bundle) => {
			bundle.verificationMaterial.x509CertificateChain.certificates = [];
		}),
	'bundle-from-wrong-instance_fail': () => made({}, { roots: ownSigstore().roots }),
	'bundle-invalid-base64-signature_fail': () =>
		changed({}, (bundle) => {
			bundle.messageSignature.signature = 'not base64!';
		}),
	'bundle-malformed-json_fail': () => caseOf(JSON.stringify(ownSignature(sigstore, bytes)).slice(0, -20)),
	'bundle-negative-log-index_fail': () =>
		changed({}, (bundle) => {
			bundle.verificationMaterial.tlogEntries[0].logIndex = '-1';
		}),
	'bundle-unknown-version_fail': () =>
		changed({}, (bundle) => {
			bundle.mediaType = 'application/vnd.dev.sigstore.bundle.v9.9+json';
		}),
	'bundle-with-root-cert_fail': () =>
		changed({ version: '0.2' }, (bundle) => {
			for (const each of sigstore.authority.chain)
				bundle.verificationMaterial.x509CertificateChain.certificates.push({
					rawBytes: each.toString('base64'),
				});
		}),
	'bundle-with-sct-with-extensions': () => made({ hasSctExtension: true }),
	'checkpoint-bad-keyhint_fail': () =>
		changed({}, (bundle) => {
			const { checkpoint: word } = bundle.verificationMaterial.tlogEntries[0].inclusionProof;
			const lines: string[] = word.envelope.trimEnd().split(' ');
			word.envelope = `${[...lines.slice(0, -1), flip(itemAt(lines, -1))].join(' ')}\n`;
		}),
	'checkpoint-wrong-roothash_fail': () =>
		changed({}, (bundle) => {
			const { checkpoint: word } = bundle.verificationMaterial.tlogEntries[0].inclusionProof;
			const [origin, size, root] = word.envelope.split('\n');
			word.envelope = checkpoint([origin, size, flip(root)], [{ name: origin, key: sigstore.log.key }]);
		}),
	'dsse-invalid-sig_fail': () => made({ entered: 'dsse', signature: ownKey().sign(bytes) }),
	'dsse-mismatch-envelope_fail': () => made({ entered: 'dsse', loggedContent: otherStatement }),
	'dsse-mismatch-sig_fail': () => made({ entered: 'dsse', loggedSignature: ownKey().sign(bytes) }),
	'happy-path-intoto-in-dsse-v3': () => made({ entered: 'dsse' }),
	'happy-path-v0.1': () => made({ version: '0.1' }),
	'happy-path-v0.2': () => made({ version: '0.2' }),
	'happy-path-v0.3': () =>
		changed({}, (bundle) => {
			bundle.mediaType = 'application/vnd.dev.sigstore.bundle+json;version=0.3';
		}),
	'happy-path-v0.3-new-mediaType': () => made(),
	'inclusion-proof-corrupted-hash_fail': () =>
		changed({}, (bundle) => {
			const { hashes } = bundle.verificationMaterial.tlogEntries[0].inclusionProof;
			hashes[0] = flip(hashes[0]);
		}),
	'incorrect-public-key_fail': () =>
		made({ loggedCertificate: sigstore.authority.certify(ownSigner).certificate }),
	'integrated-time-in-future_fail': () => made({ enteredAt: inAnHour }),
	'intoto-expired-certificate_fail': () =>
		made({ entered: 'intoto', version: '0.2', who: { from: inAnHour, until } }),
	'intoto-log-entry-mismatch_fail': () =>
		made({ entered: 'intoto', version: '0.2', loggedContent: otherStatement }),
	'intoto-missing-inclusion-proof_fail': () =>
		changed({ entered: 'intoto', version: '0.2' }, (bundle) => {
			delete bundle.verificationMaterial.tlogEntries[0].inclusionProof;
		}),
	'intoto-set-outside-signing-cert-validity_fail': () =>
		made({ entered: 'intoto', version: '0.2', enteredAt: inAnHour }),
	'intoto-tsa-timestamp-outside-cert-validity_fail': () =>
		made({ entered: 'intoto', version: '0.2', stampedAt: [inAnHour] }),
	'intoto-with-custom-trust-root': () => made({ entered: 'intoto', version: '0.2' }),
	'invalid-checkpoint-signature_fail': () =>
		changed({}, (bundle) => {
			const { checkpoint: word } = bundle.verificationMaterial.tlogEntries[0].inclusionProof;
			word.envelope = word.envelope.replace('\n4\n', '\n5\n');
		}),
	'invalid-ct-key_fail': () => made({ certificateLog: ownKey() }),
	'invalid-inclusion-proof_fail': () =>
		changed({}, (bundle) => {
			bundle.verificationMaterial.tlogEntries[0].inclusionProof = entryOf(ownSignature(sigstore, bytes))[
				'inclusionProof'
			];
		}),
	'managed-key-and-trusted-root': () => keyed(key.pem),
	'managed-key-happy-path': () => keyed(key.pem),
	'managed-key-no-key_fail': () => keyed(null),
	'managed-key-wrong-key_fail': () => keyed(ownKey().pem),
	'message-digest-mismatch_fail': () => made({ shown: { kind: 'message', bytes: others } }),
	'rekor2-checkpoint-cosigned': () => noted((lines) => checkpoint(lines, [itself, witness])),
	'rekor2-checkpoint-missing-log-signature_fail': () => noted((lines) => checkpoint(lines, [witness])),
	'rekor2-checkpoint-missing-origin_fail': () => noted(([, ...lines]) => checkpoint(lines, [itself])),
	'rekor2-checkpoint-missing-root-hash_fail': () => noted((lines) => checkpoint(lines.slice(0, 2), [itself])),
	'rekor2-checkpoint-missing-size_fail': () =>
		noted(([origin, , root]) => checkpoint([origin as string, root as string], [itself])),
	'rekor2-checkpoint-multiple-cosigs': () =>
		noted((lines) => checkpoint(lines, [itself, witness, { ...witness, name: 'another.own.test' }])),
	'rekor2-checkpoint-no-matching-signature_fail': () =>
		noted((lines) => checkpoint(lines, [{ ...itself, key: witness.key }])),
	'rekor2-checkpoint-origin-not-first': () => noted((lines) => checkpoint(lines, [witness, itself])),
	'rekor2-checkpoint-two-sigs-cosigned': () =>
		noted((lines) => checkpoint(lines, [witness, itself, { ...itself, key: ownKey('Ed25519') }])),
	'rekor2-checkpoint-two-sigs-from-origin': () =>
		noted((lines) => checkpoint(lines, [itself, { ...itself, key: ownKey('Ed25519') }])),
	'rekor2-dsse-happy-path': () => made(asSigned),
	'rekor2-dsse-invalid-sig_fail': () => made({ ...asSigned, signature: ownKey().sign(bytes) }),
	'rekor2-dsse-mismatch-envelope_fail': () => made({ ...asSigned, loggedContent: otherStatement }),
	'rekor2-dsse-mismatch-sig_fail': () => made({ ...asSigned, loggedSignature: ownKey().sign(bytes) }),
	'rekor2-happy-path': () => made(second),
	'rekor2-no-inclusion-proof_fail': () =>
		changed(second, (bundle) => {
			delete bundle.verificationMaterial.tlogEntries[0].inclusionProof;
		}),
	'rekor2-no-timestamp_fail': () => made({ ...second, stampedAt: [] }),
	'rekor2-timestamp-outside-trust-root-tsa-validity_fail': () =>
		made(second, {
			roots: rootsWith(({ timestampAuthorities }) => {
				timestampAuthorities[0].validFor.end = '2026-01-01T00:00:00Z';
			}),
		}),
	'rekor2-timestamp-outside-tsa-cert-validity_fail': () => {
		const clock = ownClock(from, new Date('2026-01-01'));
		return made({ ...second, clock }, { roots: rootsOf(clock) });
	},
	'rekor2-timestamp-payload-mismatch_fail': () => made({ ...second, stamped: others }),
	'rekor2-timestamp-untrusted-tsa-with-embedded-cert_fail': () =>
		made({ ...second, clock: ownClock(from, until, true) }),
	'rekor2-timestamp-untrusted-tsa-without-embedded-cert_fail': () =>
		made({ ...second, clock: ownClock(from, until) }),
	'rekor2-timestamp-with-embedded-cert': () => {
		const clock = ownClock(from, until, true);
		return made({ ...second, clock }, { roots: rootsOf(clock) });
	},
	'rekor2-timestamp-with-expired-cert-chain': () => {
		const clock = ownClock(from, inAnHour);
		return made({ ...second, clock }, { roots: rootsOf(clock) });
	},
	'rekor2-timestamp-with-incorrect-time_fail': () => made({ ...second, stampedAt: [inAnHour] }),
	'rekor2-timestamp-without-embedded-cert': () => made(second),
	'set-invalid-signature_fail': () =>
		changed({ version: '0.1' }, (bundle) => {
			const { inclusionPromise: promise } = bundle.verificationMaterial.tlogEntries[0];
			promise.signedEntryTimestamp = ownKey().sign(bytes).toString('base64');
		}),
	'signature-mismatch_fail': () => made({ signature: ownKey().sign(bytes) }),
	'trust-root-tlog-missing-validity-start_fail': () =>
		made(second, {
			roots: rootsWith(({ tlogs }) => {
				tlogs[1].publicKey.validFor = {};
			}),
		}),
	'trust-root-tlog-validity-end-inclusive': () =>
		made(
			{ version: '0.1' },
			{
				roots: rootsWith(({ tlogs, certificateAuthorities: [authority] }) => {
					tlogs[0].publicKey.validFor.end = signedAt.toISOString();
					// As the suite writes what has no end.
					authority.validFor.end = null;
				}),
			},
		),
	'trust-root-tsa-validity-end-inclusive': () =>
		made(second, {
			roots: rootsWith(({ timestampAuthorities }) => {
				timestampAuthorities[0].validFor.end = signedAt.toISOString();
			}),
		}),
	'wrong-hashedrekord-artifact_fail': () => made({ loggedContent: { kind: 'message', bytes: others } }),
	'wrong-hashedrekord-cert-and-sig_fail': () => {
		const other = sigstore.authority.certify(ownSigner);
		return made({ loggedCertificate: other.certificate, loggedSignature: other.key.sign(bytes) });
	},
	'wrong-hashedrekord-entry_fail': () =>
		changed({}, (bundle) => {
			bundle.verificationMaterial.tlogEntries = ownSignature(
				sigstore,
				others,
			).verificationMaterial.tlogEntries;
		}),
	'wrong-material_fail': () => made({}, { component: others }),
	'certificate-by-unknown-authority_fail': () =>
		made({ authority: ownAuthority(from, until), certificateLog: sigstore.authority.log }),
};

function rootsOf(clock: ReturnType<typeof ownClock>): TrustedRoot {
	return rootsWith((roots) => {
		roots.timestampAuthorities[0].certChain.certificates = clock.chain.map((each) => ({
			rawBytes: each.toString('base64'),
		}));
	});
}
