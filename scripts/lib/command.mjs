import { refuse } from './options.mjs';

/**
 * A command of the package: takes the words after its name, and resolves with its exit code. `act` gets the options that `parseArguments` made of
 * the words, and whatever else it was called with.
 */
export const commandOf =
	({ parseArguments, usage }, act) =>
	async (words, ...given) => {
		const parsed = parseArguments(words);
		if (!parsed.ok) return refuse(`${parsed.error}\n\n${usage}`);
		if (!parsed.options.help) return act(parsed.options, ...given);
		console.log(usage);
		return 0;
	};
