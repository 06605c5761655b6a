import { resolveEngine } from '../../core/policy';
import type { EngineId } from '../../core/policy/types';
import { engineLabel } from './policy-facts';

/** What it means under an engine that a component has no policy attached, in a sentence or two. */
export function meaningOfNone(engine: EngineId): string {
	const known = resolveEngine(engine);
	const name = engine === 'documented' ? 'As documented' : `Under ${engineLabel(engine)}`;
	return known.ok && known.value.traits.unattachedGetsVariables
		? `${name} it then gets every configured variable, secrets too, but no files and no hosts.`
		: `${name} it then gets nothing: no files, no hosts, no variables.`;
}
