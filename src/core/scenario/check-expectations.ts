import { evaluate, explain, newestRelease, requestWords } from '../policy';
import type { Decision } from '../policy/types';
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

/**
 * Holds every what-if row of a scenario against what its engine says of it in the scenario's world. Runs nothing. A row that names no
 * component asks the first one, and one that names no engine asks the scenario's.
 */
export function checkExpectations(scenario: Scenario): readonly CheckedExpectation[] {
	const view = viewOf(worldOf(scenario.world));
	return (scenario.expectations ?? []).map((expectation) => {
		const { request, outcome } = expectation;
		const engine = expectation.engine ?? scenario.engine ?? newestRelease;
		const wanted = expectation.component ?? scenario.components[0]?.id;
		const component = scenario.components.find(({ id }) => id === wanted);
		const of = scenario.components.length > 1 ? ` by ${wanted}` : '';
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
