import type { FoundComponent } from '../../artifact/archive/found';
import { readReferrers } from '../../artifact/read-referrers';
import { traitsOf } from '../../core/policy';
import type { EngineId } from '../../core/policy/types';
import { localHostsOfPolicy, summarizePolicy, type ComponentSummary } from '../../core/scenario';
import { judgeSignatures, type Judgement } from '../../core/signature/judge';
import type { Signer } from '../../core/signature/signer';
import { stemOf } from '../../core/stem-of';
import type { World } from '../../core/world';
import { viewOf } from '../../core/world-view';
import type { Provenance } from '../../deck/deck';

/** A component that came, with all that is to be known before any of it is in the session. */
export interface Arrived {
	readonly id: string;
	readonly found: FoundComponent;
	readonly provenance: Provenance;
	readonly judgement: Judgement;
	/** Who it has to be signed by, because a component of its id already has to; undefined for nobody. */
	readonly signer: Signer | undefined;
	/** What of its signatures could not be read: a sentence each. */
	readonly problems: readonly string[];
}

/** Reads and checks what came with a component. Runs nothing of it. */
export async function arrive(
	found: FoundComponent,
	signerOf: (id: string) => Signer | undefined,
): Promise<Arrived> {
	const { artifact } = found;
	const id = idOf(found);
	const signer = signerOf(id);
	const { signatures, lists, problems } = await readReferrers(found);
	const provenance: Provenance = {
		signatures: [...found.signatures, ...signatures],
		manifest: artifact.manifest && new TextDecoder().decode(artifact.manifest),
		...(lists.length > 0 && { lists }),
	};
	const { checkSignatures } = await import('../../artifact/signature/check-signatures');
	const checked = await checkSignatures(
		{ bytes: artifact.component.bytes, manifest: artifact.manifest, signatures: provenance.signatures },
		{ signer: signer ?? null, now: Date.now() },
	);
	return {
		id,
		found,
		provenance,
		signer,
		problems,
		judgement: judgeSignatures(checked.checks, checked.expectation),
	};
}

/** The id that Wassette would give it: by its repository, or by its file. */
function idOf({ artifact }: FoundComponent): string {
	const { from, reference, component } = artifact;
	if ('oci' in from) {
		const [named = ''] = from.oci.slice('oci://'.length).split('@', 1);
		const path = named.slice(named.indexOf('/') + 1).replace(/:[^/:]*$/, '');
		return path.replaceAll('/', '_') || 'component';
	}
	const named =
		stemOf(component.title ?? '') ||
		(reference ?? '')
			.replace(/:[^/:]*$/, '')
			.split('/')
			.at(-1);
	return named || stemOf(from.archive.replace(/\.(?:tar|tgz|tar\.gz|zip)$/i, '')) || 'component';
}

/** What an engine makes of a policy that came with a component. */
export interface ComingPolicy {
	readonly text: string;
	readonly summary: ComponentSummary['policy'];
	/** The engine attaches it by itself: it is taken with the component, or the component is not taken. */
	readonly isAttached: boolean;
	/** Hosts on the person's own machine or network that it grants. */
	readonly local: readonly string[];
	/** Secrets of this session that the component would be handed under it, by their names. */
	readonly secrets: readonly string[];
}

/** What the engine makes of the policy; null where none came. A policy that is a file beside the component is attached by nobody. */
export function comingPolicy({ found }: Arrived, engine: EngineId, world: World): ComingPolicy | null {
	const { policy } = found.artifact;
	if (policy === null) return null;
	const { text } = policy;
	const summary = summarizePolicy(text, engine, viewOf(world));
	const isHanded = (name: string) =>
		summary.handsAllOver !== null ||
		summary.environment.some((words) => words === name || words === `${name} (a secret)`);
	return {
		...{ text, summary },
		isAttached: policy.digest !== null && traitsOf(engine).attachesBundledPolicy,
		local: localHostsOfPolicy(text, world.network),
		secrets: [...world.variables].flatMap(([name, { secret }]) => (secret && isHanded(name) ? [name] : [])),
	};
}
