export const usage = `Usage: tapedeck verify [options] FILE…

Runs scenario files (.tapedeck.json) in a real browser without a window, and says whether each does what it expects: its what-if rows and
its saved calls. A folder stands for the scenarios in it.

  --policy ID=PATH      take this policy file for the component ID of every scenario that has one, in the place of the copy in it
  --component ID=PATH   take this file for the component ID of every scenario that has one
  --fetch               fetch components that a scenario names by an https address
  --live-network        let granted requests out that no route of the scenario answers
  --wassette PATH       play the calls against this binary of Wassette, too, under the engine of its version, and say where page, expectation
                        and binary part. It is shut in a root and a network of its own, or not run at all
  --libraries DIR       a folder with a loader and a C library for that binary, where the system's own is too old for it
  --bail                stop at the first difference
  --timeout SECONDS     the longest that one file may take; default 300
  --watch               stay, and check again what has changed: scenarios, and the policies and components that they take. Ctrl+C ends it
  --json                the report as JSON on stdout
  --junit PATH          write the report as JUnit XML, too
  --annotations         print what is not as expected as annotations of GitHub, too; by itself where GITHUB_ACTIONS is true
  --help                show this

Exit code: 0 all as expected, 1 a difference, 2 a scenario that cannot be opened, or wrong usage.`;

const flags = {
	'--fetch': 'fetch',
	'--live-network': 'liveNetwork',
	'--bail': 'bail',
	'--watch': 'watch',
	'--json': 'json',
	'--annotations': 'annotations',
	'--help': 'help',
	'-h': 'help',
};

const pairs = {
	'--component': ['components', 'files=build/files.wasm'],
	'--policy': ['policies', 'files=policies/files.yaml'],
};

/** Reads the words after `verify`. The error is a sentence. */
export function parseArguments(words) {
	const options = {
		files: [],
		components: new Map(),
		policies: new Map(),
		fetch: false,
		liveNetwork: false,
		bail: false,
		watch: false,
		json: false,
		annotations: false,
		junit: null,
		wassette: null,
		libraries: null,
		timeoutMs: 300_000,
		help: false,
	};
	const rest = [...words];
	let onlyFiles = false;
	while (rest.length > 0) {
		const word = rest.shift();
		if (onlyFiles || !word.startsWith('-')) {
			options.files.push(word);
			continue;
		}
		const [name, ...after] = word.split('=');
		const value = () => (after.length > 0 ? after.join('=') : rest.shift());
		switch (name) {
			case '--':
				onlyFiles = true;
				break;
			case '--component':
			case '--policy': {
				const pair = value() ?? '';
				const at = pair.indexOf('=');
				const [kind, example] = pairs[name];
				if (at < 1 || at === pair.length - 1)
					return { ok: false, error: `${name} needs ID=PATH, such as ${name} ${example}` };
				options[kind].set(pair.slice(0, at), pair.slice(at + 1));
				break;
			}
			case '--junit':
				options.junit = value() || null;
				if (options.junit === null) return { ok: false, error: '--junit needs the path of a file to write' };
				break;
			case '--wassette':
			case '--libraries':
				options[name.slice(2)] = value() || null;
				if (options[name.slice(2)] === null) return { ok: false, error: `${name} needs a path` };
				break;
			case '--timeout': {
				const seconds = Number(value() || NaN);
				if (!(seconds > 0 && seconds <= 86_400))
					return { ok: false, error: '--timeout needs seconds, such as --timeout 60' };
				options.timeoutMs = seconds * 1000;
				break;
			}
			default:
				if (Object.hasOwn(flags, name) && after.length === 0) {
					options[flags[name]] = true;
					break;
				}
				return { ok: false, error: `There is no option ${name}.` };
		}
	}
	if (options.files.length === 0 && !options.help)
		return { ok: false, error: 'Name at least one scenario file.' };
	if (options.libraries !== null && options.wassette === null)
		return { ok: false, error: '--libraries is for the binary that --wassette names' };
	if (options.watch && options.wassette !== null)
		return { ok: false, error: '--watch checks in the page alone: leave --wassette out' };
	return { ok: true, options };
}
