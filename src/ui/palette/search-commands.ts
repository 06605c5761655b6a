import type { Command } from '../shell/commands/command';

/** The commands that fit what was typed, the best first; all that can be done where nothing was typed. */
export function searchCommands(commands: readonly Command[], typed: string): readonly Command[] {
	const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
	return commands
		.filter((command) => !command.disabled && !command.hidden)
		.map((command) => ({ command, score: scoreOf(command, words) }))
		.filter(({ score }) => score > 0)
		.sort((a, b) => b.score - a.score)
		.map(({ command }) => command);
}

/** Zero where a word is missing; the start of the title counts most, then the start of a word, then anywhere. */
function scoreOf({ title, hint = '' }: Command, words: readonly string[]): number {
	const titleText = title.toLowerCase();
	let score = 1;
	for (const word of words) {
		if (titleText.startsWith(word)) score += 8;
		else if (` ${titleText}`.includes(` ${word}`)) score += 4;
		else if (titleText.includes(word)) score += 2;
		else if (hint.toLowerCase().includes(word)) score += 1;
		else return 0;
	}
	return score;
}
