import type { PolicyRule } from '../policy';
import type { RuleRef } from '../types';
import { coverIndex } from './cover-index';
import { coversPart, type PolicyReach, type ReachPart } from './reach';

/** Why a rule can never decide, or makes no difference where it does. */
export interface DeadRule {
	readonly rule: PolicyRule;
	/** `without-effect` the engine makes nothing of it; `denied` a deny rule wins over all of it; `repeated` another rule does the same. */
	readonly code: 'without-effect' | 'denied' | 'repeated';
	/** The rule that is to blame; null where it is none. */
	readonly by: PolicyRule | null;
}

/** Rules that could be taken out of a policy without any decision of the engine changing. None where every call fails. */
export function deadRules(rules: readonly PolicyRule[], reach: PolicyReach): readonly DeadRule[] {
	if (reach.failure !== null) return [];
	const places = new Map(rules.map((rule, at) => [rule.ref, { rule, at }]));
	const partsOf = groupByRule(reach);
	const index = { allow: coverIndex(reach.allows), deny: coverIndex(reach.denies) };
	const dead = new Map<PolicyRule, DeadRule>();

	const ruleOf = ({ rule }: ReachPart) => (rule && places.get(rule)?.rule) ?? null;

	for (const [own, rule] of rules.entries()) {
		const found = rule.kind === 'memory' ? deadLimit(rule, rules, reach) : deadAccess(rule, own);
		if (found) dead.set(rule, found);
	}
	return [...dead.values()];

	function deadAccess(rule: PolicyRule, own: number): DeadRule | null {
		const parts = partsOf(rule.ref);
		const [first] = parts;
		if (!first) return { rule, code: 'without-effect', by: null };
		const denying = rule.effect === 'allow' ? index.deny(first) : null;
		if (denying && parts.every((part) => index.deny(part)))
			return { rule, code: 'denied', by: ruleOf(denying) };
		const cover = index[rule.effect](first, (part) => {
			const other = ruleOf(part);
			if (!other || other === rule || dead.has(other)) return false;
			const wide = partsOf(other.ref);
			// Of two that say the same, the first stays.
			return covers(wide, parts) && !((places.get(other.ref)?.at ?? 0) > own && covers(parts, wide));
		});
		const by = cover ? ruleOf(cover) : null;
		return by ? { rule, code: 'repeated', by } : null;
	}
}

/** Whether each part is covered by one of the others. */
const covers = (others: readonly ReachPart[], parts: readonly ReachPart[]): boolean =>
	parts.every((part) => others.some((other) => coversPart(other, part)));

function groupByRule({ allows, denies }: PolicyReach): (ref: RuleRef) => readonly ReachPart[] {
	const parts = new Map<RuleRef | null, ReachPart[]>();
	for (const part of [...allows, ...denies]) {
		const known = parts.get(part.rule);
		if (known) known.push(part);
		else parts.set(part.rule, [part]);
	}
	return (ref) => parts.get(ref) ?? [];
}

function deadLimit(
	rule: PolicyRule & { kind: 'memory' },
	rules: readonly PolicyRule[],
	{ memory }: PolicyReach,
): DeadRule | null {
	if (memory === null) return { rule, code: 'without-effect', by: null };
	const by = rules.find((other) => other.kind === 'memory' && !other.legacy);
	return rule.legacy && by ? { rule, code: 'repeated', by } : null;
}
