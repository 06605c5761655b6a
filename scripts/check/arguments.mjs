import { askedOptions } from '../lib/asked.mjs';
import { readOptions } from '../lib/options.mjs';

export const usage = `Usage: tapedeck check [options] POLICY…

Says of policy files what is wrong with them, with lines, what they grant in words, which of their rules can never decide, and where other
releases of Wassette read them otherwise. Runs nothing. A folder stands for the policy.yaml and NAME.policy.yaml in it.

  --engine E            the release that has to read it so, such as 0.8.0; documented, or all; several with commas between. Default the
                        newest release, or the scenario's
  --fail-on LEVEL       warning (the default) or error: what is found from there on counts as a problem
  --requests FILE       tell which rules decide none of these requests: one a line, as words (GET https://a.example/, read /data/a.txt,
                        env KEY) or as JSON ({"kind":"environment","key":"KEY"})
  --scenario FILE       the same with the what-if rows and recorded host calls of a scenario, in its world
  --component ID        of its what-if rows, those of this component
  --json                the report as JSON on stdout
  --sarif PATH          write the problems as SARIF 2.1.0, too
  --annotations         print the problems as annotations of GitHub, too; by itself where GITHUB_ACTIONS is true
  --help                show this

Exit code: 0 no problems, 1 a problem, 2 a file that cannot be read, or wrong usage.`;

/** Reads the words after `check`. The error is a sentence. */
export function parseArguments(words) {
	const read = readOptions(words, {
		...askedOptions,
		engine: { type: 'string', multiple: true },
		'fail-on': { type: 'string', default: 'warning' },
		json: { type: 'boolean', default: false },
		sarif: { type: 'string' },
		annotations: { type: 'boolean', default: false },
	});
	if (!read.ok) return read;
	const { 'fail-on': failOn, ...options } = read.values;
	if (failOn !== 'warning' && failOn !== 'error')
		return { ok: false, error: '--fail-on is warning or error.' };
	if (options.sarif === '') return { ok: false, error: '--sarif needs the path of a file to write.' };
	if (read.positionals.length === 0 && !options.help)
		return { ok: false, error: 'Name at least one policy file.' };
	return { ok: true, options: { ...options, failOn, files: read.positionals } };
}
