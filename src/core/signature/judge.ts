import type { Signer, SignatureCheck, VerifiedSigner } from './signer';

/** What a component's signatures come to. */
export interface Judgement {
	/**
	 * `expected`: by the one that was expected, the only state that is good. `signed`: they hold, and nobody has said whose they should be.
	 * `unsigned`: there is none, or none that could be checked. `misfit`: what there is does not fit, or is by somebody else.
	 */
	readonly state: 'expected' | 'signed' | 'unsigned' | 'misfit';
	/** A sentence or two. */
	readonly words: string;
	/** It is not to be loaded unless a person insists. */
	readonly isRefused: boolean;
}

/** Whether a signature is by the one that was expected. `fingerprint` is that of the expected key, where one is expected. */
export function isBy(by: VerifiedSigner, expected: Signer, fingerprint: string | null): boolean {
	if (by.kind === 'key') return 'key' in expected && fingerprint !== null && by.fingerprint === fingerprint;
	return 'identity' in expected && by.identity === expected.identity && by.issuer === expected.issuer;
}

export interface SignerExpectation {
	readonly signer: Signer;
	/** Of its key, where it is one; null for an identity, and where the key cannot be read. */
	readonly fingerprint: string | null;
}

/** Judges what checking came to by who was expected; null where nobody was. Without an expectation nothing is ever `expected`. */
export function judgeSignatures(
	checks: readonly SignatureCheck[],
	expectation: SignerExpectation | null,
): Judgement {
	const holding = checks.flatMap((check) => (check.state === 'holds' ? check : []));
	const failing = checks.flatMap((check) => (check.state === 'fails' ? check : []));
	if (expectation) return judgeByExpected(holding, failing, expectation);
	const [failed] = failing;
	if (failed)
		return { state: 'misfit', words: `The signature does not fit. ${failed.words}`, isRefused: true };
	const [first] = holding;
	if (first)
		return {
			state: 'signed',
			words: `${signedWords(first.by)} Nobody has said who it should be from.`,
			isRefused: false,
		};
	const words =
		checks.length > 0
			? 'Signed with a key, which nobody has named here, so the signature was not checked.'
			: 'Unsigned.';
	return { state: 'unsigned', words, isRefused: false };
}

function judgeByExpected(
	holding: readonly Extract<SignatureCheck, { state: 'holds' }>[],
	failing: readonly Extract<SignatureCheck, { state: 'fails' }>[],
	{ signer, fingerprint }: SignerExpectation,
): Judgement {
	const match = holding.find(({ by }) => isBy(by, signer, fingerprint));
	if (match) return { state: 'expected', words: signedWords(match.by), isRefused: false };
	const wanted = `It should be signed ${signerWords(signer)}.`;
	const [failed] = failing;
	const [other] = holding;
	if (other) return { state: 'misfit', words: `${signedWords(other.by)} ${wanted}`, isRefused: true };
	if (failed)
		return {
			state: 'misfit',
			words: `The signature does not fit. ${failed.words} ${wanted}`,
			isRefused: true,
		};
	return { state: 'unsigned', words: `Unsigned. ${wanted}`, isRefused: true };
}

/** Who made a signature, as a sentence. */
export const signedWords = (by: VerifiedSigner): string =>
	by.kind === 'key'
		? `Signed with the key sha256:${by.fingerprint}.`
		: `Signed by ${by.identity}, vouched for by ${by.issuer}.`;

/** Who is expected, after the word *signed*. */
export const signerWords = (signer: Signer): string =>
	'key' in signer ? 'with the key that was named' : `by ${signer.identity}, vouched for by ${signer.issuer}`;
