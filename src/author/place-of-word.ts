import type { BuildProblem } from './problem';

/** Where a word first stands in a WIT outside a comment of a line; nothing where it does not. */
export function placeOfWord(wit: string, word: string): Pick<BuildProblem, 'line' | 'column' | 'endColumn'> {
	const lines = wit.split('\n');
	for (const [index, line] of lines.entries()) {
		const at = line.replace(/\/\/.*/, '').search(new RegExp(`(?<![\\w-])${word}(?![\\w-])`));
		if (at !== -1) return { line: index + 1, column: at + 1, endColumn: at + 1 + word.length };
	}
	return {};
}
