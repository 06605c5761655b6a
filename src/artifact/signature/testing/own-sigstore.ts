import { createHash } from 'node:crypto';
import type { TrustedRoot } from '@freedomofpress/sigstore-browser';
import { ownAuthority, type Certified, type OwnAuthority } from './own-authority';
import { pemOf, type OwnKey } from './own-certificate';
import { ownClock, type OwnClock } from './own-clock';
import { ownLog, type LoggedBody, type OwnEntry, type OwnLog } from './own-log';

const sha256 = (data: Uint8Array): Buffer => createHash('sha256').update(data).digest();
const base64 = (data: Uint8Array | string): string => Buffer.from(data).toString('base64');

/** Sigstore's services, all of a test's own: who certifies, the logs of both generations, who says the time. */
export interface OwnSigstore {
	readonly authority: OwnAuthority;
	readonly log: OwnLog;
	readonly secondLog: OwnLog;
	readonly clock: OwnClock;
	/** What they are known by. */
	readonly roots: TrustedRoot;
}

const year = (number: number) => new Date(Date.UTC(number, 0, 1));

/** Makes services that are good from 2020 to 2040. */
export function ownSigstore(): OwnSigstore {
	const authority = ownAuthority(year(2020), year(2040));
	const log = ownLog('log.own.test', 1);
	const secondLog = ownLog('second.own.test', 2);
	const clock = ownClock(year(2020), year(2040));
	const subject = { organization: 'own', commonName: 'own' };
	const validFor = { start: year(2020).toISOString() };
	const chainOf = (chain: readonly Buffer[]) => ({
		certificates: chain.map((each) => ({ rawBytes: base64(each) })),
	});
	const logRoot = (key: OwnKey, keyDetails: string, baseUrl: string) => ({
		...{ baseUrl, hashAlgorithm: 'SHA2_256', logId: { keyId: base64(sha256(key.spki)) } },
		publicKey: { rawBytes: base64(key.spki), keyDetails, validFor },
	});
	const ecdsa = 'PKIX_ECDSA_P256_SHA_256';
	const roots: TrustedRoot = {
		mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
		tlogs: [
			logRoot(log.key, ecdsa, 'https://log.own.test'),
			logRoot(secondLog.key, 'PKIX_ED25519', 'https://second.own.test'),
		],
		certificateAuthorities: [
			{ subject, uri: 'https://own.test', certChain: chainOf(authority.chain), validFor },
		],
		ctlogs: [logRoot(authority.log, ecdsa, 'https://certificates.own.test')],
		timestampAuthorities: [{ subject, certChain: chainOf(clock.chain), validFor }],
	};
	return { authority, log, secondLog, clock, roots };
}

/** Whose signature is made, and when. */
export const ownSigner: Certified = {
	identity: 'https://example.com/owner/tool/.github/workflows/release.yml@refs/heads/main',
	issuer: 'https://issuer.example.com',
	from: new Date('2026-03-01T12:00:00Z'),
	until: new Date('2026-03-01T12:10:00Z'),
};
/** A time while their certificate was valid. */
export const signedAt = new Date('2026-03-01T12:01:00Z');

/** What is signed: bytes as they are, or a statement about bytes. */
export type SignedContent =
	| { readonly kind: 'message'; readonly bytes: Uint8Array }
	| { readonly kind: 'statement'; readonly statement: unknown };

/** A statement that something with these bytes is what it is about. */
export const statementOf = (
	bytes: Uint8Array,
	predicate: unknown = {},
	predicateType = 'https://own.test/it',
) => ({
	_type: 'https://in-toto.io/Statement/v1',
	subject: [{ name: 'tool.wasm', digest: { sha256: sha256(bytes).toString('hex') } }],
	...{ predicateType, predicate },
});

const statementType = 'application/vnd.in-toto+json';

/** What the signature of this content is over. */
export function signedBytes(content: SignedContent): Uint8Array {
	if (content.kind === 'message') return content.bytes;
	const payload = JSON.stringify(content.statement);
	return Buffer.from(
		`DSSEv1 ${statementType.length} ${statementType} ${Buffer.byteLength(payload)} ${payload}`,
	);
}

/** The part of a bundle that says what is signed. */
export const contentPart = (content: SignedContent, signature: Uint8Array) =>
	content.kind === 'message'
		? {
				messageSignature: {
					messageDigest: { algorithm: 'SHA2_256', digest: base64(sha256(content.bytes)) },
					signature: base64(signature),
				},
			}
		: {
				dsseEnvelope: {
					payload: base64(JSON.stringify(content.statement)),
					payloadType: statementType,
					signatures: [{ sig: base64(signature) }],
				},
			};

/** The body that a log has of a signature, of any kind that there is. */
export function loggedBody(
	kind: 'hashedrekord' | 'dsse' | 'intoto' | 'hashedrekord 2' | 'dsse 2',
	{
		content,
		signature,
		certificate,
	}: {
		readonly content: SignedContent;
		readonly signature: Uint8Array;
		readonly certificate: Uint8Array;
	},
): LoggedBody {
	const pem = base64(pemOf(certificate));
	const signed = sha256(signedBytes(content));
	const payload = sha256(
		content.kind === 'message' ? content.bytes : Buffer.from(JSON.stringify(content.statement)),
	);
	const verifier = {
		keyDetails: 'PKIX_ECDSA_P256_SHA_256',
		x509Certificate: { rawBytes: base64(certificate) },
	};
	const hash = (value: Buffer) => ({ algorithm: 'sha256', value: value.toString('hex') });
	switch (kind) {
		case 'hashedrekord':
			return {
				...{ kind, apiVersion: '0.0.1' },
				spec: {
					data: { hash: hash(signed) },
					signature: { content: base64(signature), publicKey: { content: pem } },
				},
			};
		case 'dsse':
			return {
				...{ kind, apiVersion: '0.0.1' },
				spec: { payloadHash: hash(payload), signatures: [{ signature: base64(signature), verifier: pem }] },
			};
		case 'intoto': {
			const signatures = [{ publicKey: pem, sig: base64(base64(signature)) }];
			return {
				...{ kind, apiVersion: '0.0.2' },
				spec: {
					content: { envelope: { payloadType: statementType, signatures }, payloadHash: hash(payload) },
				},
			};
		}
		case 'hashedrekord 2':
			return {
				...{ kind: 'hashedrekord', apiVersion: '0.0.2' },
				spec: {
					hashedRekordV002: {
						data: { algorithm: 'SHA2_256', digest: base64(signed) },
						signature: { content: base64(signature), verifier },
					},
				},
			};
		case 'dsse 2':
			return {
				...{ kind: 'dsse', apiVersion: '0.0.2' },
				spec: {
					dsseV002: {
						payloadHash: { algorithm: 'SHA2_256', digest: base64(payload) },
						signatures: [{ content: base64(signature), verifier }],
					},
				},
			};
	}
}

const mediaTypes = {
	'0.1': 'application/vnd.dev.sigstore.bundle+json;version=0.1',
	'0.2': 'application/vnd.dev.sigstore.bundle+json;version=0.2',
	'0.3': 'application/vnd.dev.sigstore.bundle.v0.3+json',
};

/** A bundle of these parts. */
export const bundleOf = (
	version: keyof typeof mediaTypes,
	certificate: Uint8Array,
	entries: readonly OwnEntry[],
	content: object,
	stamps: readonly string[] = [],
) => ({
	mediaType: mediaTypes[version],
	verificationMaterial: {
		...(version === '0.3'
			? { certificate: { rawBytes: base64(certificate) } }
			: { x509CertificateChain: { certificates: [{ rawBytes: base64(certificate) }] } }),
		tlogEntries: version === '0.1' ? entries.map(({ inclusionProof: _, ...entry }) => entry) : entries,
		timestampVerificationData: {
			rfc3161Timestamps: stamps.map((signedTimestamp) => ({ signedTimestamp })),
		},
	},
	...content,
});
