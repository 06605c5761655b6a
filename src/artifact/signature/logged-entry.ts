import { X509Certificate, type SigstoreBundle } from '@freedomofpress/sigstore-browser';
import { toBase64 } from '../../core/base64';
import { isRecord } from '../../core/is-record';
import { bytesOfBase64 } from './base64-bytes';
import type { ReadBundle } from './bundle-form';
import { step, StepFailed } from './verification-step';
import { paeOf } from './statement';

/** That each entry of the log names this certificate. An entry that names a key or nothing says nothing of who signed. */
export async function checkLogged(bundle: SigstoreBundle, certificate: X509Certificate): Promise<void> {
	const other = 'The entry of the public log names another certificate.';
	await step('log entry', other, () => {
		for (const { canonicalizedBody } of bundle.verificationMaterial.tlogEntries) {
			const body: unknown = JSON.parse(
				new TextDecoder().decode(bytesOfBase64(canonicalizedBody) ?? undefined),
			);
			const named = certificateIn(isRecord(body) ? body['spec'] : null);
			const logged = named && X509Certificate.parse(named);
			if (!logged || !certificate.equals(logged)) throw new StepFailed('log entry', other);
		}
	});
}

/** The certificate in the body of a log's entry, of each kind that there is: as DER, or as PEM in base64. */
function certificateIn(spec: unknown): Uint8Array | string | null {
	const at = (value: unknown, ...path: readonly (string | number)[]): unknown =>
		path.reduce<unknown>(
			(inner, key) => (inner as Readonly<Record<string | number, unknown>> | null | undefined)?.[key],
			value,
		);
	const der =
		at(spec, 'hashedRekordV002', 'signature', 'verifier', 'x509Certificate', 'rawBytes') ??
		at(spec, 'dsseV002', 'signatures', 0, 'verifier', 'x509Certificate', 'rawBytes');
	if (der !== undefined) return bytesOfBase64(der);
	const pem =
		at(spec, 'signature', 'publicKey', 'content') ??
		at(spec, 'signatures', 0, 'verifier') ??
		at(spec, 'content', 'envelope', 'signatures', 0, 'publicKey');
	const bytes = bytesOfBase64(pem);
	return bytes && new TextDecoder().decode(bytes);
}

/**
 * The bundle as its entry in the log has it, with the bytes that it signs there. A log may enter a statement as what was signed, without
 * saying that it is one; what the statement is about was looked at before.
 */
export async function asLogged(
	{ bundle, content, signature }: ReadBundle,
	bytes: Uint8Array<ArrayBuffer>,
): Promise<readonly [SigstoreBundle, Uint8Array<ArrayBuffer>]> {
	const isPlain = bundle.verificationMaterial.tlogEntries.every(
		({ kindVersion: { kind, version } }) => kind === 'hashedrekord' && version === '0.0.2',
	);
	if (content.kind === 'message' || !isPlain) return [bundle, bytes];
	const signed = paeOf(content);
	const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', signed));
	const messageDigest = { algorithm: 'SHA2_256', digest: toBase64(digest) };
	const messageSignature = { messageDigest, signature: toBase64(signature) };
	const { mediaType, verificationMaterial } = bundle;
	return [{ mediaType, verificationMaterial, messageSignature }, signed];
}
