import type { PolicyRule } from '../policy';
import type { RuleRef } from '../types';
import type { ReachPart } from './reach';

/** Something that is let through or kept out, in words. */
export interface ReachWords {
	readonly kind: 'storage' | 'network' | 'environment';
	/** Such as `read and write fs:///data`, `https://a.example`, `API_KEY`. */
	readonly words: string;
	/** 1-based line of the rule; null where there is none. */
	readonly line: number | null;
}

/** Parts in words, those of one rule together. `rules` are those of the policy that the parts come from. */
export function reachWords(parts: readonly ReachPart[], rules: readonly PolicyRule[]): readonly ReachWords[] {
	const byRule = new Map<RuleRef | null, [ReachPart, ...ReachPart[]]>();
	for (const part of parts) {
		const known = byRule.get(part.rule);
		if (known) known.push(part);
		else byRule.set(part.rule, [part]);
	}
	const ruleOf = new Map(rules.map((rule) => [rule.ref, rule]));
	return [...byRule].map(([ref, together]) => ({
		kind: together[0].kind,
		words: wordsOf(together, ref ? ruleOf.get(ref) : undefined),
		line: ref?.line ?? null,
	}));
}

function wordsOf(parts: readonly [ReachPart, ...ReachPart[]], rule: PolicyRule | undefined): string {
	const [first] = parts;
	switch (first.kind) {
		case 'storage': {
			const access = (['read', 'write'] as const).filter((one) =>
				parts.some((part) => part.kind === 'storage' && part.access === one),
			);
			const uri = rule?.kind === 'storage' ? rule.uri : `fs:///${first.segments.join('/')}`;
			return `${access.join(' and ')} ${uri}`;
		}
		case 'network': {
			if (rule?.kind === 'cidr') return `addresses in ${rule.cidr}`;
			const schemes = new Set(parts.flatMap((part) => (part.kind === 'network' ? [part.scheme] : [])));
			// As it is compared: of what is written, a release looks neither at a port nor at a path.
			const compared = `${first.host}${first.port === null ? '' : `:${first.port}`}`;
			const words = `${schemes.size > 1 ? '' : `${first.scheme}://`}${compared}`;
			const written = rule?.kind === 'host' ? rule.host : words;
			return written === compared || written === words ? words : `${words} (written ${written})`;
		}
		case 'environment':
			return first.key ?? 'every configured variable, secrets too';
	}
}
