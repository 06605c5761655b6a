import type { SigstoreBundle } from '@freedomofpress/sigstore-browser';
import { isRecord } from '../../core/is-record';
import { most } from '../../core/limits';
import { err, ok, type Result } from '../../core/result';
import { bytesOfBase64 } from './base64-bytes';

type Fields = Readonly<Record<string, unknown>>;

/** A Sigstore bundle whose form is right. Nothing in it is checked yet. */
export interface ReadBundle {
	/** As the library takes it. */
	readonly bundle: SigstoreBundle;
	/** It is signed with a key that it does not carry, and has no certificate. */
	readonly isKeyed: boolean;
	readonly signature: Uint8Array<ArrayBuffer>;
	readonly content:
		| { readonly kind: 'message'; readonly digest: Uint8Array<ArrayBuffer> }
		| { readonly kind: 'statement'; readonly payloadType: string; readonly payload: Uint8Array<ArrayBuffer> };
}

const versions: Readonly<Record<string, number>> = {
	'application/vnd.dev.sigstore.bundle+json;version=0.1': 1,
	'application/vnd.dev.sigstore.bundle+json;version=0.2': 2,
	'application/vnd.dev.sigstore.bundle+json;version=0.3': 3,
	'application/vnd.dev.sigstore.bundle.v0.3+json': 3,
};

/** Whether parsed JSON says that it is a Sigstore bundle. */
export const isBundle = (value: unknown): boolean =>
	isRecord(value) && typeof value['mediaType'] === 'string' && value['mediaType'].includes('sigstore.bundle');

/** Entries of the log in one bundle; there is one as a rule. */
const mostEntries = 8;

/** Reads a Sigstore bundle of version 0.1 to 0.3. What the verification relies on is there, or the error says what is missing. */
export function readBundle(value: unknown): Result<ReadBundle, string> {
	if (!isRecord(value)) return err('The signature is no JSON object.');
	const version = versions[String(value['mediaType'])];
	if (version === undefined)
		return err(
			`It is of the kind ${String(value['mediaType']).slice(0, 100)}; bundles of version 0.1 to 0.3 are read.`,
		);
	const material = value['verificationMaterial'];
	if (!isRecord(material)) return err('It has no verification material.');
	const content = contentOf(value);
	if (!content.ok) return content;
	const isKeyed = isRecord(material['publicKey']) || material['publicKeyIdentifier'] !== undefined;
	const carried = isKeyed ? ok(undefined) : certificateProblem(material);
	if (!carried.ok) return carried;
	const logged = isKeyed ? ok(undefined) : logProblem(material, version);
	if (!logged.ok) return logged;
	return ok({ bundle: value as unknown as SigstoreBundle, isKeyed, ...content.value });
}

function contentOf(value: Fields): Result<Pick<ReadBundle, 'signature' | 'content'>, string> {
	const { messageSignature: message, dsseEnvelope: envelope } = value;
	if (isRecord(message) && envelope === undefined) {
		const { messageDigest, signature: text } = message;
		const signature = bytesOfBase64(text);
		if (!signature?.length) return err('Its signature is missing, or is not base64.');
		const digest = isRecord(messageDigest) ? bytesOfBase64(messageDigest['digest']) : null;
		if (!digest || !isRecord(messageDigest) || messageDigest['algorithm'] !== 'SHA2_256')
			return err('It does not say by a SHA-256 digest what it signs.');
		return ok({ signature, content: { kind: 'message', digest } });
	}
	if (!isRecord(envelope) || message !== undefined)
		return err('It holds neither one signature nor one statement.');
	const { payload: body, payloadType, signatures } = envelope;
	const list: readonly unknown[] = Array.isArray(signatures) ? signatures : [];
	const signature = list.length === 1 && isRecord(list[0]) ? bytesOfBase64(list[0]['sig']) : null;
	const payload = bytesOfBase64(body);
	if (!signature?.length) return err('Its statement has not exactly one signature.');
	if (!payload || typeof payloadType !== 'string') return err('Its statement cannot be read.');
	return ok({ signature, content: { kind: 'statement', payloadType, payload } });
}

function certificateProblem(material: Fields): Result<void, string> {
	const { certificate, x509CertificateChain: chain } = material;
	const listed: readonly unknown[] =
		isRecord(chain) && Array.isArray(chain['certificates']) ? chain['certificates'] : [];
	const certificates = isRecord(certificate) ? [certificate] : listed;
	if (certificates.length === 0 || certificates.length > mostEntries)
		return err('It carries no certificate, and names no key.');
	const read = certificates.map((each) => (isRecord(each) ? bytesOfBase64(each['rawBytes']) : null));
	return read.every((each) => each !== null && each.length > 0)
		? ok(undefined)
		: err('Its certificate is not base64.');
}

function logProblem(material: Fields, version: number): Result<void, string> {
	const entries: readonly unknown[] = Array.isArray(material['tlogEntries']) ? material['tlogEntries'] : [];
	if (entries.length === 0) return err('It holds no entry of the public log.');
	if (entries.length > mostEntries)
		return err(`It holds more than ${mostEntries} entries of the public log.`);
	const hasTimestamp = timestampsIn(material) > 0;
	for (const entry of entries) {
		const problem = isRecord(entry)
			? entryProblem(entry, version, hasTimestamp)
			: 'An entry of the log is none.';
		if (problem) return err(problem);
	}
	return ok(undefined);
}

const isCount = (value: unknown): boolean =>
	(typeof value === 'string' && /^\d{1,18}$/.test(value)) ||
	(typeof value === 'number' && Number.isSafeInteger(value) && value >= 0);

function entryProblem(entry: Fields, version: number, hasTimestamp: boolean): string | null {
	const {
		logIndex,
		integratedTime,
		inclusionProof: proof,
		inclusionPromise: promise,
		kindVersion,
		logId,
	} = entry;
	// A place of zero may be left out, as JSON of protocol buffers does.
	if (!isCount(logIndex ?? 0)) return 'An entry of the log has no place in it.';
	if (!isRecord(kindVersion) || !isRecord(logId) || !bytesOfBase64(logId['keyId']))
		return 'An entry of the log names no log.';
	if (!bytesOfBase64(entry['canonicalizedBody'])?.length) return 'An entry of the log has no body.';
	const isPromised = isRecord(promise) && bytesOfBase64(promise['signedEntryTimestamp']) !== null;
	if (version > 1 && !isRecord(proof)) return 'An entry of the log is not proven to be in it.';
	if (!isRecord(proof) && !isPromised)
		return 'An entry of the log is neither proven nor promised to be in it.';
	if (isRecord(proof)) {
		const { checkpoint } = proof;
		const isSigned =
			isRecord(checkpoint) && typeof checkpoint['envelope'] === 'string' && checkpoint['envelope'] !== '';
		// Without the log's word for its root, a proof proves nothing.
		if (!isSigned && version > 1) return 'The proof of an entry of the log has no checkpoint.';
		if (!isCount(proof['logIndex'] ?? 0) || !isCount(proof['treeSize']))
			return 'The proof of an entry of the log has no place.';
		const hashes: readonly unknown[] = Array.isArray(proof['hashes']) ? proof['hashes'] : [];
		if (hashes.length > 64) return 'The proof of an entry of the log is longer than one can be.';
	}
	// Only a promise vouches for the time that stands in an entry.
	if (!isPromised && !hasTimestamp)
		return 'Nobody says when it was made: there is neither a promise of the log nor a timestamp.';
	return integratedTime === undefined || integratedTime === null || isCount(integratedTime)
		? null
		: 'The time of an entry of the log is none.';
}

function timestampsIn(material: Fields): number {
	const data = material['timestampVerificationData'];
	const list: readonly unknown[] =
		isRecord(data) && Array.isArray(data['rfc3161Timestamps']) ? data['rfc3161Timestamps'] : [];
	return list.length;
}

/** The parsed JSON of a signature's text; null where it is none, or longer than such a text is. */
export function signatureJson(text: string): unknown {
	if (text.length > most.signatureText) return null;
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
