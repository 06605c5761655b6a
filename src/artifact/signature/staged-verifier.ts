import { SigstoreVerifier, type TrustedRoot } from '@freedomofpress/sigstore-browser';
import type { SignatureFault } from '../../core/signature/signer';

/** A step of a verification that did not hold. */
export class StepFailed extends Error {
	constructor(
		readonly fault: SignatureFault,
		readonly words: string,
		cause?: unknown,
	) {
		super(words, { cause });
	}
}

/** Says of what goes wrong in a step which step it was: the library's own messages are written for its developers. */
export async function step<T>(fault: SignatureFault, words: string, task: () => T | Promise<T>): Promise<T> {
	try {
		return await task();
	} catch (error) {
		if (error instanceof StepFailed) throw error;
		throw new StepFailed(fault, words, error);
	}
}

/** The library's verifier, whose steps fail by their own names. */
export class StagedVerifier extends SigstoreVerifier {
	/** Knows the service by these roots; `needsTimestamp` where nothing but a timestamp says when a signature was made. */
	static async of(roots: TrustedRoot, { needsTimestamp }: { readonly needsTimestamp: boolean }) {
		const verifier = new StagedVerifier({ tsaThreshold: needsTimestamp ? 1 : 0 });
		await step('certificate', 'The keys that signatures are checked by here cannot be read.', () =>
			verifier.loadSigstoreRoot(roots),
		);
		return verifier;
	}

	override verifyCertificateChain(...given: Parameters<SigstoreVerifier['verifyCertificateChain']>) {
		return step('certificate', 'Its certificate is not by an authority that is known here.', () =>
			super.verifyCertificateChain(...given),
		);
	}

	override verifySCT(...given: Parameters<SigstoreVerifier['verifySCT']>) {
		return step(
			'certificate',
			'Its certificate is in no public log of certificates that is known here.',
			() => super.verifySCT(...given),
		);
	}

	override verifyInclusionPromise(...given: Parameters<SigstoreVerifier['verifyInclusionPromise']>) {
		return step('log entry', 'The public log did not promise this entry.', () =>
			super.verifyInclusionPromise(...given),
		);
	}

	override verifyInclusionProof(...given: Parameters<SigstoreVerifier['verifyInclusionProof']>) {
		return step('log entry', 'The public log is not proven to hold this entry.', () =>
			super.verifyInclusionProof(...given),
		);
	}
}
