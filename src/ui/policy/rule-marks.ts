import type { HostCallEntry } from '../../core/activity';
import type { RuleRef } from '../../core/policy/types';

/** What a rule did since the policy is as it is now. */
export type RuleUse = 'used' | 'unused' | 'deciding';

export interface RuleMark extends RuleRef {
	readonly use: RuleUse;
}

/**
 * A mark for each rule: `deciding` where it decided the selected host call. `entries` are those made under the policy as it is now; while
 * there are none nothing is known, and no rule has a mark.
 */
export function ruleMarks(
	rules: readonly RuleRef[],
	entries: readonly HostCallEntry[],
	selected: HostCallEntry | null,
): readonly RuleMark[] {
	if (entries.length === 0) return [];
	const used = new Set(entries.map(({ rule }) => rule?.line));
	const deciding = selected && entries.includes(selected) ? selected.rule?.line : undefined;
	return rules.map(({ line, text }) => ({
		line,
		text,
		use: line === deciding ? 'deciding' : used.has(line) ? 'used' : 'unused',
	}));
}
