import { compile, type PolicyFailure } from '../policy';
import type { EngineId } from '../policy/types';
import { ok, type Result } from '../result';
import type { World } from '../world';
import { viewOf } from '../world-view';
import type { Confinement } from './confinement';

/** A component under its policy, as the chosen engine reads it. The error is how that engine answers every call. */
export function wassetteConfinement(
	policy: string | null,
	engine: EngineId,
	world: Pick<World, 'files' | 'variables'>,
): Result<Confinement, PolicyFailure> {
	const grants = compile(policy, engine, viewOf(world));
	if (!grants.ok) return grants;
	return ok({
		id: 'wassette',
		grants: grants.value,
		files: world.files,
		variables: new Map([...world.variables].map(([key, { value }]) => [key, value])),
		originOf: (path) => path,
	});
}
