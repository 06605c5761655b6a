import { compile, type Grants, type PolicyFailure } from '../core/policy';
import type { EngineId } from '../core/policy/types';
import { ok, type Result } from '../core/result';
import type { World } from '../core/world';
import { viewOf } from '../core/world-view';
import type { DeckComponent } from './contents';
import { policyInForce } from './policy-in-force';

/**
 * What a policy that does not parse leaves where a stranger wrote it: releases take it for no policy and hand over all variables, and a link
 * could be made to break on purpose. Secrets are what its reader typed, so they stay back.
 */
function withoutSecrets(grants: Grants, { variables }: World): Grants {
	if (grants.closed?.reason !== 'invalid-policy') return grants;
	return { ...grants, variables: grants.variables.filter(({ key }) => !variables.get(key)?.secret) };
}

/** The grants of components, each worked out once until the component is replaced or `forget` is called. */
export class CompiledPolicies {
	#known = new WeakMap<DeckComponent, Result<Grants, PolicyFailure>>();

	/** What a component's policy means to an engine in a world, or why every call fails under it. */
	of(component: DeckComponent, engine: EngineId, world: World): Result<Grants, PolicyFailure> {
		let result = this.#known.get(component);
		if (!result) {
			result = compile(policyInForce(component), engine, viewOf(world));
			if (result.ok && component.policyUntouched) result = ok(withoutSecrets(result.value, world));
			this.#known.set(component, result);
		}
		return result;
	}

	/** The files are others now, and a policy may mean something else beside them. */
	forget(): void {
		this.#known = new WeakMap();
	}
}
