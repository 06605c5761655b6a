import { resolveEngine } from '../../core/policy';
import type { EngineId } from '../../core/policy/types';
import { engineLabel } from './policy-facts';

/** What it means for a component that its policy does not parse, where an engine then takes it for none. */
export const meaningOfBroken = (engine: EngineId): string =>
	`This policy does not parse, and ${engineLabel(engine)} then runs the component as if it had none: it is handed every configured variable, secrets too.`;

/** What it means under an engine that a component has no policy attached, in a sentence or two. */
export function meaningOfNone(engine: EngineId): string {
	const known = resolveEngine(engine);
	const name = engine === 'documented' ? 'As documented' : `Under ${engineLabel(engine)}`;
	return known.ok && known.value.traits.unattachedGetsVariables
		? `${name} it then gets every configured variable, secrets too, but no files and no hosts.`
		: `${name} it then gets nothing: no files, no hosts, no variables.`;
}
