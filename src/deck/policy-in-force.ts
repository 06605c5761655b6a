import type { DeckComponent } from './contents';

/**
 * The policy text that calls of a component are decided by: the one that is attached, or, where a grant made that unreadable, the one before.
 * Null where it is that there is none.
 */
export const policyInForce = ({ policy, goesBy }: Pick<DeckComponent, 'policy' | 'goesBy'>): string | null =>
	goesBy === undefined ? policy : goesBy.policy;
