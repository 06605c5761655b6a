import { readOptions } from '../lib/options.mjs';

export const usage = `Usage: tapedeck run [options] COMPONENT TOOL [ARGUMENT…]

Makes one call of a component's tool in Tapedeck's sandbox, in a browser without a window. The result is on stdout, and on stderr the record:
every access that the component asked for, allowed or denied, with the line of the policy that decided. COMPONENT is a .wasm file, or what
the page's field for addresses takes (sample:files, oci://…, https://…). Arguments are name=value for each (a text as it is, everything
else as JSON), or one JSON object for all.

  --policy FILE         the policy of the component; without it, a sample has its own, and any other component none: nothing is granted
  --engine VERSION      decide as this release of Wassette does, or as documented; default the newest, or the scenario's
  --env KEY[=VALUE]     a variable of the world, as a secret of the component; without a value, that of this process's environment
  --dir HOST=GUEST[:ro] lend the folder HOST, at GUEST: what the call changes there, where its policy lets it, is written back; with :ro
                        nothing is
  --scenario FILE       in the world of this scenario: its files, variables, routes and limits; its own components are there, too
  --all                 record also what no policy speaks of: clock, random numbers, output
  --timeout SECONDS     the longest that it may take, with its start; default 150
  --json                result and record as JSON on stdout
  --help                show this

tapedeck run sample:files list-directory path=/data

Requests that the policy grants go out to the network, as far as the servers let web pages read them; a route of the scenario answers first.

Exit code: 0 a result, 1 an error of the tool, 2 a call that could not be made, a file that could not be written, or
wrong usage.`;

/** Reads the words after `run`. The error is a sentence. */
export function parseArguments(words) {
	const read = readOptions(words, {
		policy: { type: 'string' },
		engine: { type: 'string' },
		env: { type: 'string', multiple: true, default: [] },
		dir: { type: 'string', multiple: true, default: [] },
		scenario: { type: 'string' },
		all: { type: 'boolean', default: false },
		timeout: { type: 'string', default: '150' },
		json: { type: 'boolean', default: false },
	});
	if (!read.ok) return read;
	const [component, tool, ...args] = read.positionals;
	if (tool === undefined && !read.values.help)
		return { ok: false, error: 'Name a component and one of its tools.' };
	const seconds = Number(read.values.timeout || NaN);
	if (!(seconds > 0 && seconds <= 86_400))
		return { ok: false, error: '--timeout needs seconds, such as --timeout 60' };
	return { ok: true, options: { ...read.values, timeoutMs: seconds * 1000, component, tool, args } };
}
