export const usage = `Usage: tapedeck serve [options] [SCENARIO|COMPONENT…]

An MCP server whose tools are WebAssembly components that run in Tapedeck's sandbox, in a browser that this starts. It speaks over stdin and
stdout, for a desktop agent that starts it. Name one scenario (a .tapedeck.json file or a link to one), and any components: .wasm files, or
what the page's field for addresses takes (sample:files, oci://…, https://…).

  --policy ID=FILE      give the component ID this policy
  --engine VERSION      decide as this release of Wassette does, or as documented
  --env KEY[=VALUE]     a variable of the world, as a secret; without a value, that of this process's environment
  --dir HOST=GUEST[:ro] lend the folder HOST to components, at GUEST: read before each call, and what a call changed there, where its policy
                        lets it, written back after it; with :ro nothing is
  --headed              show the page: each call is seen there, and a person is asked for each grant
  --http [PORT]         speak Streamable HTTP on the loopback interface instead; on a port that is free where none is named
  --protocol VERSION    speak this version of MCP alone, 2025-11-25 or 2026-07-28; without it, whichever an agent speaks
  --token-file FILE     write the token that HTTP wants into this file, which only its owner may read; without it, it is shown once on stderr
  --allow-private HOST  let requests that a policy grants go to this host on this machine or network
  --help                show this

Ready configurations for agents are in docs/agents.md.`;

/** The newest version of each era of the protocol. */
const eras = { '2025-11-25': 'legacy', '2026-07-28': 'modern' };

/** Reads the words after `serve`. The error is a sentence. */
export function parseArguments(words, environment = process.env) {
	const options = {
		subjects: [],
		policies: [],
		engine: null,
		secrets: [],
		folders: [],
		headed: false,
		http: null,
		tokenFile: null,
		era: null,
		allowPrivate: [],
		help: false,
	};
	const rest = [...words];
	const fail = (error) => ({ ok: false, error });
	while (rest.length > 0) {
		const word = rest.shift();
		if (!word.startsWith('-')) {
			options.subjects.push(word);
			continue;
		}
		const [name, ...after] = word.split('=');
		const value = () => (after.length > 0 ? after.join('=') : (rest.shift() ?? ''));
		switch (name) {
			case '--':
				options.subjects.push(...rest.splice(0));
				break;
			case '--policy': {
				const pair = splitAt(value(), '=');
				if (!pair) return fail('--policy needs ID=FILE, such as --policy files=policy.yaml');
				options.policies.push(pair);
				break;
			}
			case '--engine':
				options.engine = value();
				if (options.engine === '') return fail('--engine needs a version, such as 0.8.1, or documented');
				break;
			case '--env': {
				const read = readVariable(value(), environment);
				if (!read.ok) return read;
				options.secrets.push(read.pair);
				break;
			}
			case '--dir': {
				const folder = readFolder(value());
				if (!folder)
					return fail('--dir needs HOST=GUEST, such as --dir ./notes=/data or --dir ./notes=/data:ro');
				options.folders.push(folder);
				break;
			}
			case '--headed':
				options.headed = true;
				break;
			case '--http': {
				const named = after.length > 0 ? after.join('=') : /^\d+$/.test(rest[0] ?? '') ? rest.shift() : '0';
				options.http = Number(named);
				if (!(Number.isInteger(options.http) && options.http < 65_536))
					return fail('--http takes a port, such as --http 9001');
				break;
			}
			case '--protocol':
				options.era = eras[value()] ?? null;
				if (options.era === null) return fail(`--protocol takes ${Object.keys(eras).join(' or ')}`);
				break;
			case '--token-file':
				options.tokenFile = value();
				if (options.tokenFile === '') return fail('--token-file needs the path of a file to write');
				break;
			case '--allow-private': {
				const host = value();
				if (host === '' || /[/\s]/.test(host))
					return fail('--allow-private needs a host, such as --allow-private localhost');
				options.allowPrivate.push(host.toLowerCase());
				break;
			}
			case '--help':
			case '-h':
				options.help = true;
				break;
			default:
				return fail(`There is no option ${name}.`);
		}
	}
	if (options.tokenFile !== null && options.http === null) return fail('--token-file goes with --http');
	return { ok: true, options };
}

function splitAt(text, mark) {
	const at = text.indexOf(mark);
	return at < 1 || at === text.length - 1 ? null : [text.slice(0, at), text.slice(at + 1)];
}

/** Reads `KEY` or `KEY=VALUE`; a value that is not given is that of the environment. The error is a sentence. */
export function readVariable(text, environment) {
	const at = text.indexOf('=');
	const key = at === -1 ? text : text.slice(0, at);
	if (key === '') return { ok: false, error: '--env needs KEY or KEY=VALUE, such as --env API_KEY' };
	const value = at === -1 ? environment[key] : text.slice(at + 1);
	if (value === undefined)
		return { ok: false, error: `--env names ${key}, which is no variable of this process's environment` };
	return { ok: true, pair: [key, value] };
}

/** `HOST=GUEST`, with `:ro` behind it for reading alone. A host's path may hold the equals sign: the last one counts that an absolute path follows. */
export function readFolder(text) {
	const [, host, guest, mark] = /^(.+)=(\/[^=]*?)(:ro)?$/.exec(text) ?? [];
	if (host === undefined || guest.split('/').some((part) => part === '.' || part === '..')) return null;
	return { host, guest: `/${guest.split('/').filter(Boolean).join('/')}`, readOnly: mark !== undefined };
}
