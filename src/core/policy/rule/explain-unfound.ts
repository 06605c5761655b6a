import { passedOver, unfoundName } from '../library-names';
import type { PolicyRule, StorageRule } from '../policy';
import type { Decision } from '../types';

/**
 * Why a component did not find what `decision` allows it, in plain sentences that quote the policy. Components look for a folder among those that
 * they are handed, by name, in the C library that they were built with; the host is not asked where that finds none.
 */
export function explainUnfound(decision: Decision, rules: readonly PolicyRule[]): string {
	const { rule, request } = decision;
	const named = rule ? `line ${rule.line} (${rule.text})` : 'the policy';
	const what = request.kind === 'storage' ? request.path : 'it';
	return `The policy grants ${what} by ${named}, and the component did not find it, so it never asked. ${whyNot(decision, rules)}`;
}

function whyNot({ rule }: Decision, rules: readonly PolicyRule[]): string {
	const folders = rules.filter(
		(one): one is StorageRule =>
			one.kind === 'storage' && one.effect === 'allow' && one.uri.startsWith(scheme),
	);
	const granting = folders.find(({ ref }) => ref.line === rule?.line && ref.text === rule.text);
	const badly = granting && unfoundName(granting.uri.slice(scheme.length));
	if (badly) return `${badly}.`;
	if (folders.length > 2) return `${passedOver}. Grant at most two, or one that holds the others.`;
	return 'Which of its folders a path belongs to is up to the library that it was built with. It may find it without “Show attempts outside every grant” in the settings.';
}

const scheme = 'fs://';
