import { upTo } from '../core/up-to';
import type { CheckedExport } from './script-check';

/** What TypeScript says of a place in the file that holds a script's exports against its world. */
export interface ExportFinding {
	/** 0-based, in that file. */
	readonly line: number;
	readonly code: number;
	readonly message: string;
}

/** A problem with an export, at characters of the script. */
export interface ExportProblem {
	readonly message: string;
	readonly from: number;
	readonly to: number;
}

/** TypeScript's number for a member that is not there. */
const noMember = new Set([2339, 2551]);

/** Says of a script what was found out about its exports, each thing once, where it exports them; of what is missing at the first line. */
export function exportProblems(
	script: string,
	exports: readonly CheckedExport[],
	findings: readonly ExportFinding[],
): readonly ExportProblem[] {
	const problems = new Map<string, ExportProblem>();
	// TypeScript lets JavaScript without an import or an export be anything.
	const all = /\bexport\b/.test(script)
		? findings
		: exports.map((_, index) => ({ line: index + 1, code: 2339, message: '' }));
	for (const { line, code, message } of all) {
		const wanted = exports[line - 1];
		if (!wanted) continue;
		const { name, of } = wanted;
		const found = placeOf(script, name);
		const isMissing = noMember.has(code) && !found;
		const text = isMissing
			? `The world exports ${of}, and the script has no export ${name}.`
			: `The world exports ${of}: ${message}`;
		if (!problems.has(text))
			problems.set(text, {
				message: text,
				...(found ?? { from: 0, to: Math.max(upTo(script, '\n').length, 1) }),
			});
	}
	return [...problems.values()];
}

/** Where a script exports a name. */
function placeOf(script: string, name: string): { readonly from: number; readonly to: number } | null {
	const plain = name.replaceAll('$', '\\$');
	const found = new RegExp(
		`\\bexport\\s+(?:(?:async\\s+)?function\\b\\s*\\*?|const|let|var|class|\\{[^}]*?)\\s*(?<![\\w$])(${plain})(?![\\w$])`,
		'd',
	).exec(script);
	const [from, to] = found?.indices?.[1] ?? [];
	return from === undefined || to === undefined ? null : { from, to };
}
