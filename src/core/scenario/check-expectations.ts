import { evaluate, parsePolicy, type AccessRequest, type Decision } from '../policy';
import type { EngineId, WorldView } from '../policy/types';
import type { Scenario } from './schema';

/** A what-if row kept with a scenario. */
export type ExpectedDecision = NonNullable<Scenario['expectations']>[number];

export interface CheckedExpectation {
	readonly expectation: ExpectedDecision;
	readonly component: string | null;
	/** Null where no component of the scenario is meant. */
	readonly decision: Decision | null;
	readonly fits: boolean;
}

/** Asks the engine about every what-if row. Runs no guest. A row that names no component is asked of the first, one without an engine of the scenario's. */
export function checkExpectations(
	expectations: readonly ExpectedDecision[],
	components: readonly { readonly id: string; readonly policy: string | null }[],
	engine: EngineId,
	world: WorldView,
): readonly CheckedExpectation[] {
	return expectations.map((expectation) => {
		const component = expectation.component
			? components.find(({ id }) => id === expectation.component)
			: components[0];
		if (!component) return { expectation, component: null, decision: null, fits: false };
		const policy = component.policy === null ? null : parsePolicy(component.policy);
		const decision = evaluate(
			policy,
			expectation.engine ?? engine,
			world,
			expectation.request as AccessRequest,
		);
		return {
			expectation,
			component: component.id,
			decision,
			fits: decision.outcome === expectation.outcome,
		};
	});
}
