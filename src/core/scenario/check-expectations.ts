import { evaluate, explain, newestRelease, requestWords } from '../policy';
import type { Decision, EngineId, WorldView } from '../policy/types';
import { viewOf } from '../world-view';
import type { Scenario } from './schema';
import { worldOf } from './world';

/** A what-if row of a scenario. */
export type ExpectedDecision = NonNullable<Scenario['expectations']>[number];

/** What became of one what-if row. */
export interface CheckedExpectation {
	readonly expectation: ExpectedDecision;
	/** The component whose policy was asked; null where the row names none that is there. */
	readonly component: string | null;
	readonly engine: string;
	/** Null where there was no policy to ask. */
	readonly decision: Decision | null;
	readonly passed: boolean;
	/** One line that names the row, such as `GET https://a.example/ under 0.8.1`. */
	readonly name: string;
	/** Why it failed, as a sentence; null where it passed. */
	readonly message: string | null;
}

/** What what-if rows are asked of. */
export interface AskedOf {
	readonly components: readonly { readonly id: string; readonly policy: string | null }[];
	/** For rows that name no engine. */
	readonly engine: EngineId;
	readonly view: WorldView;
}

/**
 * Holds every what-if row against what its engine says of it. Runs nothing. A row that names no component asks the first one.
 */
export function checkDecisions(
	expectations: readonly ExpectedDecision[],
	{ components, engine: usual, view }: AskedOf,
): readonly CheckedExpectation[] {
	return expectations.map((expectation) => {
		const { request, outcome } = expectation;
		const engine = expectation.engine ?? usual;
		const wanted = expectation.component ?? components[0]?.id;
		const component = components.find(({ id }) => id === wanted);
		const of = components.length > 1 ? ` by ${wanted}` : '';
		const name = `${requestWords(request)}${of} under ${engine}`;
		if (!component) {
			const message = wanted
				? `The scenario has no component ${wanted}.`
				: 'The scenario has no component whose policy could be asked.';
			return { expectation, component: null, engine, decision: null, passed: false, name, message };
		}
		const decision = evaluate(component.policy, engine, view, request);
		const passed = decision.outcome === outcome;
		const message = passed ? null : `Expected ${outcome}, but: ${explain(decision)}`;
		return { expectation, component: component.id, engine, decision, passed, name, message };
	});
}

/** The what-if rows of a scenario, in the scenario's world. */
export const checkExpectations = (scenario: Scenario): readonly CheckedExpectation[] =>
	checkDecisions(scenario.expectations ?? [], {
		components: scenario.components,
		engine: scenario.engine ?? newestRelease,
		view: viewOf(worldOf(scenario.world)),
	});
