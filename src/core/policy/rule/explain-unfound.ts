import { joinPath } from '../../path';
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
	const written = granting?.uri.slice(scheme.length) ?? '';
	if (granting && written === '')
		return `“${scheme}” gives the folder no name, and the C library that most components are built with finds nothing in such a folder. Write ${scheme}/.`;
	const plain = joinPath('/', written);
	// A leading slash and a leading `./` are taken off by the library itself.
	const tail = written.replace(/^(?:\.?\/)+/, '');
	if (granting && tail !== plain.slice(1)) {
		return /^[^/]+(?:\/[^/]+)*\/$/.test(tail)
			? `The C library that most components are built with compares names letter by letter: under “${written}” it finds what is below the folder, and not the folder itself. Write ${scheme}${plain}.`
			: `The C library that most components are built with compares names letter by letter, and no path begins with “${written}”. Write ${scheme}${plain}.`;
	}
	if (folders.length > 2)
		return 'Of more than two folders, the C library that most components are built with finds the first and the last. Grant at most two, or one that holds the others.';
	return 'Which of its folders a path belongs to is up to the library that it was built with. It may find it without “Show attempts outside every grant” in the settings.';
}

const scheme = 'fs://';
