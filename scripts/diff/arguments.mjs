import { askedOptions } from '../lib/asked.mjs';
import { readOptions } from '../lib/options.mjs';

export const usage = `Usage: tapedeck diff [options] BEFORE AFTER

Says what changes in effect from one policy file to another: what is granted and what no longer is, in words and by kind. Runs nothing.
With requests, which of them are decided otherwise. \`none\` in the place of a file is no policy at all.

  --engine E            decide as this release, such as 0.8.0; documented, or all; several with commas between. Default the newest
                        release, or the scenario's
  --requests FILE       hold both policies to these requests: one a line, as words (GET https://a.example/, read /data/a.txt, env KEY)
                        or as JSON ({"kind":"environment","key":"KEY"})
  --scenario FILE       the same with the what-if rows and recorded host calls of a scenario, in its world
  --component ID        of its what-if rows, those of this component
  --json                the report as JSON on stdout
  --help                show this

Exit code: 0 the same in effect, 1 something changes (for the requests, where there are some), 2 a file that cannot be read, or wrong usage.`;

/** Reads the words after `diff`. The error is a sentence. */
export function parseArguments(words) {
	const read = readOptions(words, {
		...askedOptions,
		engine: { type: 'string', multiple: true },
		json: { type: 'boolean', default: false },
	});
	if (!read.ok) return read;
	const [before, after, ...more] = read.positionals;
	if (!read.values.help && (after === undefined || more.length > 0))
		return { ok: false, error: 'Name two policy files: the one before, and the one after.' };
	return { ok: true, options: { ...read.values, before, after } };
}
