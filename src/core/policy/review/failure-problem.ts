import type { PolicyFailure } from '../rule/compile';
import type { Problem } from '../types';

/** An engine's refusal of every call, as a problem at the rule that is to blame. */
export function failureProblem({ message, rule }: PolicyFailure, text: string): Problem {
	const line = rule?.line ?? 1;
	const written = text.split('\n')[line - 1] ?? '';
	return {
		severity: 'error',
		code: 'fails-every-call',
		message: `Every call is answered with “Error: ${message}”`,
		line,
		column: written.search(/\S|$/) + 1,
		endLine: line,
		endColumn: written.trimEnd().length + 1,
	};
}
