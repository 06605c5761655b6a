/** Why no component came of a source. Lines and columns count from 1; both are absent where no place is to blame. */
export interface BuildProblem {
	/** Which text: the WIT, the JavaScript or WebAssembly text; null for the build as a whole. */
	readonly in: 'wit' | 'source' | null;
	readonly message: string;
	readonly line?: number;
	readonly column?: number;
	readonly endColumn?: number;
}

/** Problems as one sentence each, with their lines. */
export const sentenceOf = (problems: readonly BuildProblem[]): string =>
	problems.map((problem) => `${placeWords(problem)}${problem.message}`).join(' ');

function placeWords({ in: where, line }: BuildProblem): string {
	if (where === null || line === undefined) return '';
	return `${where === 'wit' ? 'WIT' : 'Source'}, line ${line}: `;
}
