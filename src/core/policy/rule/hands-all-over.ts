import { resolveEngine } from '../engines';
import { parsePolicy, type ParsedPolicy } from '../read/parse';
import type { EngineId } from '../types';

/**
 * Whether a component gets every configured variable, secrets too, because to an engine it is without a policy: `none` is attached, or what is
 * attached is `broken` and counts as none. Null where its policy is what decides, or where having none means having nothing.
 */
export function handsAllOver(
	policy: string | ParsedPolicy | null,
	engineId: EngineId,
): 'none' | 'broken' | null {
	const engine = resolveEngine(engineId);
	if (!engine.ok || !engine.value.traits.unattachedGetsVariables) return null;
	if (policy === null) return 'none';
	if (engine.value.traits.brokenPolicy !== 'no-policy') return null;
	const parsed = typeof policy === 'string' ? parsePolicy(policy) : policy;
	return parsed.policy === null ? 'broken' : null;
}
