import type { Command } from '../shell/commands/command';
import { synonymsOf } from './synonyms';

/**
 * The commands that fit what was typed, the best first; all that can be done where nothing was typed. What cannot be done now comes last,
 * and only where it was asked for.
 */
export function searchCommands(commands: readonly Command[], typed: string): readonly Command[] {
	const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
	return commands
		.filter((command) => !command.hidden && (!command.disabled || words.length > 0))
		.map((command) => ({ command, score: scoreOf(command, words) }))
		.filter(({ score }) => score > 0)
		.sort((a, b) => Number(isDisabled(a)) - Number(isDisabled(b)) || b.score - a.score)
		.map(({ command }) => command);
}

const isDisabled = ({ command }: { readonly command: Command }): boolean => command.disabled ?? false;

/**
 * Zero where a word is missing; the start of the title counts most, then the start of a word, then what others call it, then anywhere.
 */
function scoreOf({ id, title, hint = '' }: Command, words: readonly string[]): number {
	const titleText = title.toLowerCase();
	const called = ` ${synonymsOf(id)}`;
	let score = 1;
	for (const word of words) {
		if (titleText.startsWith(word)) score += 8;
		else if (` ${titleText}`.includes(` ${word}`)) score += 4;
		else if (called.includes(` ${word}`)) score += 3;
		else if (titleText.includes(word)) score += 2;
		else if (hint.toLowerCase().includes(word)) score += 1;
		else return 0;
	}
	return score;
}
