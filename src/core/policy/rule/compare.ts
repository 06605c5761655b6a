import { engines } from '../engines';
import { createEvaluator } from './evaluate';
import { explain } from './explain';
import { parsePolicy, type ParsedPolicy } from '../read/parse';
import type { AccessRequest, Decision, EngineId, WorldView } from '../types';

/** Engines that say the same of a request, for the same reason and by the same rule. */
export interface VerdictGroup {
	readonly outcome: 'allow' | 'deny';
	readonly engines: readonly EngineId[];
	/** The decision of the first of them. */
	readonly decision: Decision;
	readonly explanation: string;
}

export interface Comparison {
	readonly decisions: readonly Decision[];
	readonly groups: readonly VerdictGroup[];
	/** Whether all engines come to the same outcome, for whatever reasons. */
	readonly agree: boolean;
	/** Where the outcome changes from one engine to the next, in the order of `engines`. */
	readonly parts: readonly {
		readonly from: EngineId;
		readonly to: EngineId;
		readonly becomes: 'allow' | 'deny';
	}[];
}

/** Asks every engine about one request. Groups come in the order of their oldest engine. */
export function compare(
	policy: string | ParsedPolicy | null,
	world: WorldView,
	request: AccessRequest,
): Comparison {
	return createComparison(policy, world)(request);
}

/** As `compare`, compiling once per engine for any number of requests, such as one that is being typed. */
export function createComparison(
	policy: string | ParsedPolicy | null,
	world: WorldView,
): (request: AccessRequest) => Comparison {
	const parsed = typeof policy === 'string' ? parsePolicy(policy) : policy;
	const evaluators = engines.map(({ id }) => createEvaluator(parsed, id, world));
	return (request) => comparisonOf(evaluators.map((evaluator) => evaluator(request)));
}

function comparisonOf(decisions: readonly Decision[]): Comparison {
	const groups = new Map<string, [Decision, ...Decision[]]>();
	for (const decision of decisions) {
		const key = JSON.stringify([decision.outcome, decision.reason, decision.rule, decision.detail]);
		const known = groups.get(key);
		if (known) known.push(decision);
		else groups.set(key, [decision]);
	}
	const parts = decisions.flatMap((decision, index) => {
		const before = decisions[index - 1];
		const isSame = !before || before.outcome === decision.outcome;
		return isSame ? [] : [{ from: before.engine, to: decision.engine, becomes: decision.outcome }];
	});
	return {
		decisions,
		groups: [...groups.values()].map((members) => ({
			outcome: members[0].outcome,
			engines: members.map(({ engine }) => engine),
			decision: members[0],
			explanation: explain(members[0]),
		})),
		agree: parts.length === 0,
		parts,
	};
}
