import { itemAt } from '../../core/item-at';
import { most } from '../../core/limits';
import { err, ok, type Result } from '../../core/result';
import { sha256Hex } from '../../component/digest';
import { bytesOfBase64 } from './base64-bytes';

/** A key that signatures are checked by. */
export interface PublicKey {
	/** SHA-256 of its SubjectPublicKeyInfo, in hex. */
	readonly fingerprint: string;
	/** Whether a signature over bytes is by this key. Those of elliptic curves are in DER, as tools write them. */
	readonly verify: (signature: Uint8Array<ArrayBuffer>, data: Uint8Array<ArrayBuffer>) => Promise<boolean>;
}

/** A way that a key may be, with what its signatures are checked by. */
interface Algorithm {
	readonly import: RsaHashedImportParams | EcKeyImportParams | { readonly name: 'Ed25519' };
	readonly verify: EcdsaParams | { readonly name: string };
	/** Bytes of each number of a signature that comes as two; null where it comes as it is. */
	readonly width: number | null;
}

const curve = (namedCurve: string, hash: string, width: number): Algorithm => ({
	...{ import: { name: 'ECDSA', namedCurve }, verify: { name: 'ECDSA', hash }, width },
});
const algorithms: readonly Algorithm[] = [
	curve('P-256', 'SHA-256', 32),
	curve('P-384', 'SHA-384', 48),
	curve('P-521', 'SHA-512', 66),
	{ import: { name: 'Ed25519' }, verify: { name: 'Ed25519' }, width: null },
	{
		import: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
		verify: { name: 'RSASSA-PKCS1-v1_5' },
		width: null,
	},
];

/** Reads a public key as PEM, such as `cosign.pub`. The error is a sentence. */
export async function readPublicKey(pem: string): Promise<Result<PublicKey, string>> {
	const spki = pem.length > most.publicKey ? null : spkiIn(pem);
	if (!spki)
		return err('This is no public key. It begins with -----BEGIN PUBLIC KEY-----, as cosign.pub does.');
	return publicKeyOf(spki);
}

/** The same from a key's SubjectPublicKeyInfo. */
export async function publicKeyOf(spki: Uint8Array<ArrayBuffer>): Promise<Result<PublicKey, string>> {
	const fingerprint = await sha256Hex(spki);
	for (const algorithm of algorithms) {
		const key = await crypto.subtle
			.importKey('spki', spki, algorithm.import, true, ['verify'])
			.catch(() => null);
		if (key) return ok({ fingerprint, verify: verifier(key, algorithm) });
	}
	return err(
		'This browser cannot use that key: it takes P-256, P-384, P-521, RSA and, where it is recent, Ed25519.',
	);
}

/** The SubjectPublicKeyInfo of an Ed25519 key of 32 bytes. */
export const spkiOfEd25519 = (key: Uint8Array): Uint8Array<ArrayBuffer> =>
	Uint8Array.of(...[0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00], ...key);

function spkiIn(pem: string): Uint8Array<ArrayBuffer> | null {
	const start = pem.indexOf('-----BEGIN PUBLIC KEY-----');
	const end = pem.indexOf('-----END PUBLIC KEY-----');
	if (start < 0 || end < start) return null;
	return bytesOfBase64(pem.slice(start + 26, end).replace(/\s/g, ''));
}

function verifier(key: CryptoKey, { verify, width }: Algorithm): PublicKey['verify'] {
	return async (signature, data) => {
		const plain = width === null ? signature : plainOf(signature, width);
		return plain !== null && (await crypto.subtle.verify(verify, key, plain, data).catch(() => false));
	};
}

/** The two numbers of a signature in DER, one after the other, as WebCrypto takes them; null where it is not in DER. */
function plainOf(der: Uint8Array, width: number): Uint8Array<ArrayBuffer> | null {
	let at = 2;
	if (der[0] !== 0x30) return null;
	if (itemAt(der, 1) === 0x81) at = 3;
	const plain = new Uint8Array(2 * width);
	for (const place of [0, 1]) {
		const length = der[at + 1];
		if (der[at] !== 0x02 || length === undefined || at + 2 + length > der.length) return null;
		let number = der.subarray(at + 2, at + 2 + length);
		while (number.length > width && number[0] === 0) number = number.subarray(1);
		if (number.length > width) return null;
		plain.set(number, (place + 1) * width - number.length);
		at += 2 + length;
	}
	return at === der.length ? plain : null;
}
