import { carriesSignature } from '../component/carries-signature';
import { judgeSignatures } from '../core/signature/judge';
import type { LoadOptions } from './contents';

/**
 * Why a component is not to be loaded because of its signatures: what they are does not fit, or they are not by who is expected. Null where
 * there is nothing against it, or where a person insists. What checks them is fetched only where there is something to check.
 */
export async function signatureProblem(
	bytes: Uint8Array,
	{ signer, provenance, insisted = false }: LoadOptions,
): Promise<string | null> {
	const { signatures = [], manifest = null } = provenance ?? {};
	if (insisted || (!signer && signatures.length === 0 && !carriesSignature(bytes))) return null;
	const checker = await import('../artifact/signature/check-signatures').catch(() => null);
	if (!checker)
		return 'What checks signatures could not be fetched, so the component was not loaded. Check the connection and try again.';
	const checked = await checker.checkSignatures(
		{
			bytes: bytes as Uint8Array<ArrayBuffer>,
			manifest: manifest === null ? null : new TextEncoder().encode(manifest),
			signatures,
		},
		{ signer: signer ?? null, now: Date.now() },
	);
	const { isRefused, words } = judgeSignatures(checked.checks, checked.expectation);
	return isRefused ? `It was not loaded. ${words}` : null;
}
