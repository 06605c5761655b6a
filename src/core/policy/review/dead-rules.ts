import type { PolicyRule } from '../policy';
import { isDenied } from './compare-reach';
import { coversPart, type Reach, type ReachPart } from './reach';

/** Why a rule can never decide, or makes no difference where it does. */
export interface DeadRule {
	readonly rule: PolicyRule;
	/** `without-effect` the engine makes nothing of it; `denied` a deny rule wins over all of it; `repeated` another rule does the same. */
	readonly code: 'without-effect' | 'denied' | 'repeated';
	/** The rule that is to blame; null where it is none. */
	readonly by: PolicyRule | null;
}

/** Rules that could be taken out of a policy without any decision of the engine changing. None where every call fails. */
export function deadRules(rules: readonly PolicyRule[], reach: Reach): readonly DeadRule[] {
	if (reach.failure !== null) return [];
	const partsOf = groupByRule(reach);
	const dead: DeadRule[] = [];
	const isDead = new Set<PolicyRule>();
	for (const rule of rules) {
		const found = rule.kind === 'memory' ? deadLimit(rule, rules, reach) : deadAccess(rule);
		if (!found) continue;
		isDead.add(rule);
		dead.push(found);
	}
	return dead;

	function deadAccess(rule: PolicyRule): DeadRule | null {
		const parts = partsOf(rule);
		if (parts.length === 0) return { rule, code: 'without-effect', by: null };
		if (rule.effect === 'allow' && parts.every((part) => isDenied(part, reach))) {
			const by = rules.find((other) => other.effect === 'deny' && covers(partsOf(other), parts.slice(0, 1)));
			return { rule, code: 'denied', by: by ?? null };
		}
		const own = rules.indexOf(rule);
		const by = rules.find((other, index) => {
			if (other === rule || other.effect !== rule.effect || isDead.has(other)) return false;
			const wide = partsOf(other);
			// Of two that say the same, the first stays.
			return covers(wide, parts) && !(index > own && covers(parts, wide));
		});
		return by ? { rule, code: 'repeated', by } : null;
	}
}

/** Whether each part is covered by one of the others. */
const covers = (others: readonly ReachPart[], parts: readonly ReachPart[]): boolean =>
	parts.every((part) => others.some((other) => coversPart(other, part)));

function groupByRule({ allows, denies }: Reach): (rule: PolicyRule) => readonly ReachPart[] {
	const parts = new Map<unknown, ReachPart[]>();
	for (const part of [...allows, ...denies]) {
		const known = parts.get(part.rule);
		if (known) known.push(part);
		else parts.set(part.rule, [part]);
	}
	return ({ ref }) => parts.get(ref) ?? [];
}

function deadLimit(
	rule: PolicyRule & { kind: 'memory' },
	rules: readonly PolicyRule[],
	{ memory }: Reach,
): DeadRule | null {
	if (memory === null) return { rule, code: 'without-effect', by: null };
	const by = rules.find((other) => other.kind === 'memory' && !other.legacy);
	return rule.legacy && by ? { rule, code: 'repeated', by } : null;
}
