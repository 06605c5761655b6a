import { resolveEngine } from '../engines';
import { evaluate } from './evaluate';
import { readReleaseHost } from '../host-pattern';
import { parsePolicy, type ParsedPolicy } from '../read/parse';
import type { PolicyRule } from '../policy';
import type { AccessRequest, EngineId, RuleRef, WorldView } from '../types';

/** A rule that the documentation would apply to a request, and that this engine passes over. */
export interface OverlookedRule {
	readonly rule: RuleRef;
	readonly effect: 'allow' | 'deny';
	/** Why it is passed over: the end of a sentence that starts with the rule. */
	readonly why: string;
}

/** Finds the rules that nearly decided: written for this request, and without effect under this release. None under `documented`. */
export function overlookedRules(
	policy: string | ParsedPolicy,
	engineId: EngineId,
	world: WorldView,
	request: AccessRequest,
): readonly OverlookedRule[] {
	const parsed = typeof policy === 'string' ? parsePolicy(policy) : policy;
	const engine = resolveEngine(engineId);
	if (!parsed.policy || !engine.ok || engine.value.traits.rules === 'documented') return [];
	return parsed.policy.rules.flatMap((rule): readonly OverlookedRule[] => {
		if (rule.kind === 'memory' || kindOf(rule) !== request.kind) return [];
		const alone = (effect: 'allow' | 'deny'): ParsedPolicy => {
			const policy = { ...parsed.policy!, rules: [{ ...rule, effect }], ruleRefs: [rule.ref] };
			return { policy, documented: policy, problems: [] };
		};
		const isMeant = evaluate(alone('allow'), 'documented', world, request).outcome === 'allow';
		if (!isMeant) return [];
		if (rule.effect === 'deny')
			return [{ rule: rule.ref, effect: 'deny', why: 'is in a deny list, which is never enforced' }];
		if (evaluate(alone('allow'), engineId, world, request).outcome === 'allow') return [];
		return [{ rule: rule.ref, effect: 'allow', why: whyPassedOver(rule) }];
	});
}

function kindOf(rule: PolicyRule): string {
	return rule.kind === 'host' || rule.kind === 'cidr' ? 'network' : rule.kind;
}

function whyPassedOver(rule: PolicyRule): string {
	switch (rule.kind) {
		case 'cidr':
			return 'is a range of addresses, which never matches';
		case 'storage':
			if (rule.uri.includes('*')) return 'holds a wildcard, which is taken for the name of a directory';
			return 'names something that is no existing directory';
		case 'host': {
			if (rule.host.includes('*')) return 'holds a wildcard, which is compared as it stands';
			const read = readReleaseHost(rule.host);
			if (!read.ok) return 'does not parse as a host';
			return read.value.host === ''
				? `is read as a URL with the scheme “${read.value.scheme}” and no host`
				: `is compared as “${read.value.host}”, letter by letter`;
		}
		case 'environment':
		case 'memory':
			return 'is not looked at';
	}
}
