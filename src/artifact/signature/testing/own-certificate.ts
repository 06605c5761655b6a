import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { bits, identifier, integer, octets, sequence, setOf, tagged, time, utf8, within, yes } from './der';

/** A key of a test's own. */
export interface OwnKey {
	readonly secret: KeyObject;
	/** SubjectPublicKeyInfo. */
	readonly spki: Buffer;
	/** Its public half, as `cosign.pub` has it. */
	readonly pem: string;
	/** By a key of an elliptic curve in DER. */
	readonly sign: (data: Uint8Array) => Buffer;
}

/** Makes a key: P-256, or Ed25519. */
export function ownKey(kind: 'P-256' | 'Ed25519' = 'P-256'): OwnKey {
	const { privateKey, publicKey } =
		kind === 'P-256' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('ed25519');
	const hash = kind === 'P-256' ? 'sha256' : null;
	return {
		secret: privateKey,
		spki: publicKey.export({ type: 'spki', format: 'der' }),
		pem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
		sign: (data) => sign(hash, data, privateKey),
	};
}

export interface Extension {
	readonly id: string;
	readonly isCritical?: boolean;
	readonly value: Uint8Array;
}

export interface CertificateParts {
	readonly subject: string;
	readonly issuer: string;
	/** Who signs it. */
	readonly by: OwnKey;
	readonly spki: Uint8Array;
	readonly from: Date;
	readonly until: Date;
	readonly serial: number;
	readonly extensions: readonly Extension[];
}

export const ecdsaWithSha256 = (): Buffer => sequence(identifier('1.2.840.10045.4.3.2'));
/** A name that is one common name. */
export const nameOf = (name: string): Buffer => sequence(setOf(sequence(identifier('2.5.4.3'), utf8(name))));

/** What of a certificate is signed. */
export const unsignedCertificate = (parts: CertificateParts): Buffer =>
	sequence(
		within(0, integer(2)),
		integer(parts.serial),
		ecdsaWithSha256(),
		nameOf(parts.issuer),
		sequence(time(parts.from), time(parts.until)),
		nameOf(parts.subject),
		parts.spki,
		within(
			3,
			sequence(
				...parts.extensions.map(({ id, isCritical, value }) =>
					sequence(identifier(id), ...(isCritical ? [yes] : []), octets(value)),
				),
			),
		),
	);

/** A certificate in DER. */
export function ownCertificate(parts: CertificateParts): Buffer {
	const unsigned = unsignedCertificate(parts);
	return sequence(unsigned, ecdsaWithSha256(), bits(parts.by.sign(unsigned)));
}

/** The extensions of an authority. */
export const ofAuthority: readonly Extension[] = [
	{ id: '2.5.29.19', isCritical: true, value: sequence(yes) },
	// To sign certificates and lists of withdrawn ones.
	{ id: '2.5.29.15', isCritical: true, value: tagged(0x03, Uint8Array.of(1, 0x06)) },
];

export const pemOf = (der: Uint8Array): string =>
	`-----BEGIN CERTIFICATE-----\n${Buffer.from(der)
		.toString('base64')
		.replace(/.{64}/g, '$&\n')
		.trim()}\n-----END CERTIFICATE-----\n`;
