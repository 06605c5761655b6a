/**
 * Who a component is expected to be signed by: an identity that somebody vouches for, exactly as its certificate writes both, or a public key
 * as PEM (SubjectPublicKeyInfo).
 */
export type Signer = { readonly identity: string; readonly issuer: string } | { readonly key: string };

/** Who made a signature that holds. */
export type VerifiedSigner =
	| {
			readonly kind: 'identity';
			/** As the certificate has it: an address of a workflow, an e-mail address. */
			readonly identity: string;
			/** The address of who vouched for it when the certificate was made. */
			readonly issuer: string;
	  }
	| {
			readonly kind: 'key';
			/** SHA-256 of the key's SubjectPublicKeyInfo, in hex. */
			readonly fingerprint: string;
	  };

/** What of a signature does not hold. */
export type SignatureFault =
	/** It cannot be read, or lacks what such a signature must have. */
	| 'form'
	/** It is about other bytes. */
	| 'digest'
	/** It is about another artifact, named in what was signed. */
	| 'subject'
	/** Its certificate was not made by an authority that is known here, or is in no public log of certificates. */
	| 'certificate'
	/** The public log does not hold it, or holds another. */
	| 'log entry'
	/** It was not made while its certificate was valid, or nobody says when. */
	| 'time'
	/** The signature itself is not one of these bytes by this key. */
	| 'signature'
	/** The key that it is to be checked by cannot be used. */
	| 'key';

/** What became of checking one signature. */
export type SignatureCheck =
	| {
			readonly state: 'holds';
			readonly by: VerifiedSigner;
			/** What was signed: the component itself, or the manifest that it was distributed under. */
			readonly about: 'component' | 'manifest';
			/** The type of a statement that it makes, such as a list of materials; null where it is a plain signature. */
			readonly predicateType: string | null;
			/** What the statement says, as JSON; null where it says nothing. */
			readonly predicate: unknown;
			/** When it was made, in milliseconds since the epoch, where somebody else than the signer says so. */
			readonly madeAt: number | null;
	  }
	| { readonly state: 'fails'; readonly fault: SignatureFault; readonly words: string }
	/** It is by a key, and nobody has said which key it should be. */
	| { readonly state: 'unchecked' };
