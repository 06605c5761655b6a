import { SigstoreVerifier, type TrustedRoot } from '@freedomofpress/sigstore-browser';
import { checkLogged } from './logged-entry';
import { step, StepFailed } from './verification-step';

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

	/** What the log entered, and when. Where it is proven to hold the entry, only the time is left that its promise can be wrong about. */
	override async verifyInclusionPromise(...given: Parameters<SigstoreVerifier['verifyInclusionPromise']>) {
		const [certificate, bundle] = given;
		await checkLogged(bundle, certificate);
		try {
			return await super.verifyInclusionPromise(...given);
		} catch (error) {
			const isProven = bundle.verificationMaterial.tlogEntries.every(({ inclusionProof }) => inclusionProof);
			if (!isProven)
				throw new StepFailed(
					'log entry',
					'The public log did not promise this entry, or not for this time.',
					error,
				);
			await this.verifyInclusionProof(bundle);
			throw new StepFailed('time', 'The public log does not vouch for the time that its entry says.', error);
		}
	}

	override verifyInclusionProof(...given: Parameters<SigstoreVerifier['verifyInclusionProof']>) {
		return step('log entry', 'The public log is not proven to hold this entry.', () =>
			super.verifyInclusionProof(...given),
		);
	}
}
