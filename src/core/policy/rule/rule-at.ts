import type { Policy, PolicyRule } from '../policy';

/** The rule that a 1-based line of the policy text belongs to; null for any other line. */
export function ruleAt(policy: Policy, line: number): PolicyRule | null {
	return policy.rules.find((rule) => rule.ref.line <= line && line <= rule.lastLine) ?? null;
}
