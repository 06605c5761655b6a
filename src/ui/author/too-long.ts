import type { BuildProblem } from '../../author/problem';
import { most } from '../../core/limits';

/** What is wrong with texts that are longer than what is built here. */
export function tooLong({
	wit,
	source,
}: {
	readonly wit: string;
	readonly source: string;
}): readonly BuildProblem[] {
	const of = (where: 'wit' | 'source', text: string, limit: number): readonly BuildProblem[] =>
		text.length > limit
			? [{ in: where, message: `It is longer than ${limit / 1024} KiB, the most that is built here.` }]
			: [];
	return [...of('wit', wit, most.toolWit), ...of('source', source, most.toolSource)];
}
