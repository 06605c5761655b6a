import type { RuleRef } from './types';

export type Access = 'read' | 'write';

/** A stretch of the policy text, in UTF-16 offsets; the end is exclusive. */
export interface SourceRange {
	readonly from: number;
	readonly to: number;
}

interface RuleBase {
	readonly effect: 'allow' | 'deny';
	readonly ref: RuleRef;
	/** The whole item, without its dash. */
	readonly range: SourceRange;
	/** 1-based; the first line is `ref.line`. */
	readonly lastLine: number;
	/** The value that names what the rule is about, with its quotes. */
	readonly value: SourceRange;
}

export interface StorageRule extends RuleBase {
	readonly kind: 'storage';
	readonly uri: string;
	/** Each once, in the order written. */
	readonly access: readonly Access[];
}

export interface HostEntry extends RuleBase {
	readonly kind: 'host';
	readonly host: string;
}

export interface CidrEntry extends RuleBase {
	readonly kind: 'cidr';
	readonly cidr: string;
}

export interface VariableRule extends RuleBase {
	readonly kind: 'environment';
	readonly key: string;
}

export interface MemoryRule extends RuleBase {
	readonly kind: 'memory';
	readonly bytes: number;
	/** `resources.memory`, the older way to say it, rather than `resources.limits.memory`. */
	readonly legacy: boolean;
}

export type PolicyRule = StorageRule | HostEntry | CidrEntry | VariableRule | MemoryRule;

/** A policy that passed Wassette's validation. */
export interface Policy {
	readonly version: string;
	readonly description: string | null;
	/** Every rule in the order of the text. */
	readonly rules: readonly PolicyRule[];
	/** The references of `rules`, in the same order. */
	readonly ruleRefs: readonly RuleRef[];
}
