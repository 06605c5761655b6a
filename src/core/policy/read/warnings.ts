import type { Policy } from '../policy';
import type { ProblemList } from './problem-list';
import { warnOfHost, warnOfCidr } from './warn-of-host';
import { warnOfOverlap } from './warn-of-overlap';
import { warnOfManyFolders, warnOfStorage } from './warn-of-storage';
import { releaseIds } from '../engines';

/** Warns of rules that Wassette accepts and then does not honour, or not in the way they read. */
export function warnOfRules(policy: Policy, problems: ProblemList): void {
	for (const rule of policy.rules) {
		if (rule.effect === 'deny') {
			const message =
				'Deny lists are never enforced: this rule denies nothing, and an allow rule still grants';
			problems.warning('deny-ignored', message, rule.range, releaseIds);
		}
		if (rule.kind === 'host') warnOfHost(rule, problems);
		else if (rule.kind === 'cidr') warnOfCidr(rule, problems);
		else if (rule.kind === 'storage') warnOfStorage(rule, problems);
	}
	warnOfManyFolders(policy.rules, problems);
	warnOfOverlap(policy, problems);
}
