import { parseArgs } from 'node:util';

/**
 * Reads the words after a command: `options` as `parseArgs` of Node takes them; `--help` and `-h` are among them. The error is a sentence.
 */
export function readOptions(words, options) {
	try {
		const { values, positionals } = parseArgs({
			args: [...words],
			options: { ...options, help: { type: 'boolean', short: 'h', default: false } },
			allowPositionals: true,
		});
		return { ok: true, values, positionals };
	} catch (error) {
		// Of what Node says, the first sentence tells what is wrong, and the rest how to name a file that begins with a dash.
		return { ok: false, error: `${error.message.split('. ')[0].replace(/\.$/, '')}.` };
	}
}

/** Says what is wrong on stderr, and gives the exit code for wrong usage. */
export function refuse(message) {
	console.error(message);
	return 2;
}
