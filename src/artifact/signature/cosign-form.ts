import { X509Certificate } from '@freedomofpress/sigstore-browser';
import { sha256Hex } from '../../component/digest';
import { toBase64 } from '../../core/base64';
import { isRecord } from '../../core/is-record';
import { err, ok, type Result } from '../../core/result';
import { bytesOfBase64 } from './base64-bytes';
import { cosignMediaType } from './cosign-text';

/** A signature as cosign wrote it before there were bundles. */
export interface CosignSignature {
	/** The bytes that were signed; null where they are the component itself. */
	readonly payload: Uint8Array<ArrayBuffer> | null;
	/** In base64. */
	readonly signature: string;
	/** PEM; null where it is by a key. */
	readonly certificate: string | null;
	/** What the log promised; null where it was not asked. */
	readonly log: Readonly<Record<string, unknown>> | null;
	/** A timestamp in base64; null without one. */
	readonly timestamp: string | null;
}

const prefix = 'dev.sigstore.cosign/';

/** Reads what `cosignText` wrote, or what `cosign sign-blob --bundle` wrote; null where it is neither. */
export function readCosign(value: unknown): CosignSignature | null {
	if (!isRecord(value)) return null;
	if (value['mediaType'] === cosignMediaType && isRecord(value['annotations'])) {
		const { annotations } = value;
		const payload = bytesOfBase64(value['payload']);
		const signature = annotations['dev.cosignproject.cosign/signature'];
		if (!payload || typeof signature !== 'string') return null;
		const stamp = parsed(annotations[`${prefix}rfc3161timestamp`]);
		return {
			...{ payload, signature },
			certificate: textOf(annotations[`${prefix}certificate`]),
			log: parsed(annotations[`${prefix}bundle`]),
			timestamp: textOf(stamp?.['SignedRFC3161Timestamp']),
		};
	}
	const { base64Signature: signature, cert, rekorBundle } = value;
	if (typeof signature !== 'string' || typeof cert !== 'string') return null;
	const pem = cert.startsWith('-----') ? cert : new TextDecoder().decode(bytesOfBase64(cert) ?? undefined);
	return {
		...{ payload: null, signature, timestamp: null },
		certificate: pem === '' ? null : pem,
		log: isRecord(rekorBundle) ? rekorBundle : null,
	};
}

/** The same as a Sigstore bundle, about these bytes. The error is a sentence. */
export async function bundleOfCosign(
	{ certificate, log, signature, timestamp }: CosignSignature,
	signed: Uint8Array<ArrayBuffer>,
): Promise<Result<unknown, string>> {
	const digest = bytesOfHex(await sha256Hex(signed));
	const message = { messageDigest: { algorithm: 'SHA2_256', digest: toBase64(digest) }, signature };
	const mediaType = 'application/vnd.dev.sigstore.bundle+json;version=0.1';
	if (certificate === null)
		return ok({ mediaType, verificationMaterial: { publicKey: {} }, messageSignature: message });
	const entry = log && entryOf(log);
	if (!entry) return err('It holds no entry of the public log.');
	const der = derOf(certificate);
	if (!der) return err('Its certificate cannot be read.');
	return ok({
		mediaType,
		verificationMaterial: {
			x509CertificateChain: { certificates: [{ rawBytes: toBase64(der) }] },
			tlogEntries: [entry],
			...(timestamp !== null && {
				timestampVerificationData: { rfc3161Timestamps: [{ signedTimestamp: timestamp }] },
			}),
		},
		messageSignature: message,
	});
}

/** The digest of the manifest that cosign's payload is about; null where it names none. */
export function manifestNamedBy(payload: Uint8Array): string | null {
	const said = parsed(new TextDecoder().decode(payload));
	const critical = said && isRecord(said['critical']) ? said['critical'] : null;
	const image = critical && isRecord(critical['image']) ? critical['image'] : null;
	return textOf(image?.['docker-manifest-digest']);
}

function entryOf({
	SignedEntryTimestamp: promise,
	Payload: about,
}: Readonly<Record<string, unknown>>): object | null {
	if (!isRecord(about) || typeof promise !== 'string') return null;
	const { body, integratedTime, logIndex, logID } = about;
	const said = parsed(new TextDecoder().decode(bytesOfBase64(body) ?? undefined));
	if (!said || typeof logID !== 'string' || !/^(?:[0-9a-f]{2})+$/.test(logID)) return null;
	return {
		...{ logIndex: String(logIndex), integratedTime: String(integratedTime), canonicalizedBody: body },
		logId: { keyId: toBase64(bytesOfHex(logID)) },
		kindVersion: { kind: said['kind'], version: said['apiVersion'] },
		inclusionPromise: { signedEntryTimestamp: promise },
	};
}

function derOf(pem: string): Uint8Array | null {
	try {
		X509Certificate.parse(pem);
	} catch {
		return null;
	}
	const body = pem.split('-----BEGIN CERTIFICATE-----', 2)[1]?.split('-----END CERTIFICATE-----', 1)[0];
	return bytesOfBase64(body?.replace(/\s/g, ''));
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

function parsed(text: unknown): Readonly<Record<string, unknown>> | null {
	if (typeof text !== 'string') return null;
	try {
		const value: unknown = JSON.parse(text);
		return isRecord(value) ? value : null;
	} catch {
		return null;
	}
}

const bytesOfHex = (hex: string): Uint8Array<ArrayBuffer> =>
	Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
