import { binaryOf } from '../component/assemble';
import { isWat } from '../component/is-wat';
import { err, ok, type Result } from '../core/result';
import { describeSource } from './authored';
import type { ComponentSource, DeckComponent, DescribeOptions, LoadOptions } from './contents';
import type { DeckParts } from './deck-parts';
import { signatureProblem } from './signature-problem';

/** What components are made with. */
export interface ComponentMaking extends Pick<DeckParts, 'loadComponent' | 'author'> {
	/** A revision that no component of the session had. */
	readonly nextRevision: () => number;
}

/** Makes a component of bytes, ready to be placed: checked against who has to have signed it, and compiled. */
export async function prepareComponent(
	bytes: Uint8Array,
	id: string,
	options: LoadOptions,
	making: ComponentMaking,
): Promise<Result<DeckComponent, string>> {
	const { source, policy, provisional, onStep, signal } = options;
	// A text is kept as what it stands for: all that reads a component's bytes then finds a binary.
	const binary = isWat(bytes) ? await binaryOf(bytes, { signal }) : ok(bytes);
	if (!binary.ok) return binary;
	const { signer, provenance } = options;
	const asked = signatureProblem(binary.value, options);
	const problem = asked && (await asked);
	if (problem !== null) {
		options.onRefused?.();
		return err(problem);
	}
	const loaded = await making.loadComponent(binary.value, { onStep, signal });
	if (!loaded.ok) return loaded;
	const revision = making.nextRevision();
	const attached = { source, policy, provisional, revision, signer, provenance };
	return ok({ ...loaded.value, id, bytes: binary.value, ...attached });
}

/** What stands for a component until it is built of its source. */
export async function describeComponent(
	source: ComponentSource,
	id: string,
	options: DescribeOptions,
	making: ComponentMaking,
): Promise<Result<DeckComponent, string>> {
	const described = await describeSource(source, making);
	if (!described.ok) return described;
	const { policy, sha256 = '', provisional } = options;
	const revision = making.nextRevision();
	return ok({ ...described.value, id, source, sha256, policy, provisional, revision });
}
