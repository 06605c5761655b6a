import { createEvaluator } from '../rule/evaluate';
import { parsePolicy } from '../read/parse';
import type { PolicyRule } from '../policy';
import type { AccessRequest, EngineId, WorldView } from '../types';
import { rulesUnder } from './check-policy';

/** Rules for storage, network and variables that decide none of the requests under any of the engines. */
export function unusedRules(
	text: string,
	requests: readonly AccessRequest[],
	{ engines, world }: { readonly engines: readonly EngineId[]; readonly world: WorldView },
): readonly PolicyRule[] {
	const parsed = parsePolicy(text);
	const used = new Set(
		engines.flatMap((engine) => {
			const decide = createEvaluator(parsed, engine, world);
			return requests.map((request) => decide(request).rule);
		}),
	);
	const rules = new Set(engines.flatMap((engine) => rulesUnder(parsed, engine)));
	return [...rules].filter(({ kind, ref }) => kind !== 'memory' && !used.has(ref));
}
