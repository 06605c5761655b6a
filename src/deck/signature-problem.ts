import { unshared } from '../core/unshared';
import type { CheckedSignatures } from '../artifact/signature/check-signatures';
import { carriesSignature } from '../component/carries-signature';
import { judgeSignatures, type Judgement } from '../core/signature/judge';
import type { LoadOptions } from './contents';

/**
 * Why a component is not to be loaded because of its signatures: what they are does not fit, or they are not by who is expected. Null where
 * there is nothing against it. Null at once where there is nothing to check, or where a person insists: what checks is fetched only then.
 */
export function signatureProblem(bytes: Uint8Array, options: LoadOptions): Promise<string | null> | null {
	const { signer, provenance, insisted = false } = options;
	const { signatures = [] } = provenance ?? {};
	const isPlain = !signer && signatures.length === 0 && !carriesSignature(bytes);
	return insisted || isPlain ? null : problemOf(bytes, options);
}

async function problemOf(bytes: Uint8Array, options: LoadOptions): Promise<string | null> {
	const judged = await judgeComponent(bytes, options);
	if (!judged)
		return 'What checks signatures could not be fetched, so the component was not loaded. Check the connection and try again.';
	return judged.isRefused ? `It was not loaded. ${judged.words}` : null;
}

/** What a component's signatures come to now, checked offline; null where what checks them could not be fetched. */
export async function judgeComponent(
	bytes: Uint8Array,
	options: Pick<LoadOptions, 'signer' | 'provenance'>,
): Promise<Judgement | null> {
	const checked = await checkComponent(bytes, options);
	return checked && judgeSignatures(checked.checks, checked.expectation);
}

/** What became of checking each of them; null likewise. */
export async function checkComponent(
	bytes: Uint8Array,
	{ signer, provenance }: Pick<LoadOptions, 'signer' | 'provenance'>,
): Promise<CheckedSignatures | null> {
	const { signatures = [], manifest = null } = provenance ?? {};
	const checker = await import('../artifact/signature/check-signatures').catch(() => null);
	if (!checker) return null;
	return checker.checkSignatures(
		{
			bytes: unshared(bytes),
			manifest: manifest === null ? null : new TextEncoder().encode(manifest),
			signatures,
		},
		{ signer: signer ?? null, now: Date.now() },
	);
}
