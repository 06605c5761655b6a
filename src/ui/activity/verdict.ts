import type { HostCall } from '../../core/activity';
import type { IconName } from '../base/icons';

/** How a host call's decision is shown. */
export type EntryVerdict = 'allowed' | 'denied-by-rule' | 'denied-no-rule' | 'policy-error';

export interface VerdictLook {
	readonly icon: IconName;
	readonly words: string;
	/** One word where there is little room. */
	readonly short: string;
	readonly tone: 'ok' | 'bad';
}

/** The look of each verdict: an icon, words and a tone, never a tone alone. */
export const verdictLooks: Readonly<Record<EntryVerdict, VerdictLook>> = {
	allowed: { icon: 'allowed', words: 'allowed', short: 'allowed', tone: 'ok' },
	'denied-by-rule': { icon: 'denied', words: 'denied by a rule', short: 'denied', tone: 'bad' },
	'denied-no-rule': { icon: 'minus', words: 'denied, no rule', short: 'denied', tone: 'bad' },
	'policy-error': { icon: 'warning', words: 'policy error', short: 'policy error', tone: 'bad' },
};

/** What a decision is shown as. A deny that names a rule was that rule's; a policy that cannot be used is an error of its own. */
export function verdictOf(call: Pick<HostCall, 'outcome' | 'rule' | 'reason'>): EntryVerdict {
	if (call.outcome === 'allow') return 'allowed';
	if (call.reason === 'invalid-policy' || call.reason === 'policy-failure') return 'policy-error';
	return call.reason === 'denied-by-rule' ? 'denied-by-rule' : 'denied-no-rule';
}
