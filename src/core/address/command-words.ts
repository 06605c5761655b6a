/** What a pasted command asks for, as a text that names it without the command. */
export interface CommandTarget {
	/** The command as far as it was understood, such as `docker pull`. */
	readonly command: string;
	readonly target: string;
}

interface Form {
	/** What the command begins with. */
	readonly words: readonly string[];
	/** Options that take a value of their own, beside those that are written with `=`. */
	readonly valued?: readonly string[];
	/** What a word that is no option stands for; default the word itself. */
	readonly as?: (word: string, options: ReadonlyMap<string, string>) => string;
}

const oci = (word: string) => (/^[a-z]+:\/\//.test(word) ? word : `oci://${word}`);
const npm = (word: string) => `npm:${word}`;

const dockerRun = [
	...['--platform', '--name', '-p', '--publish', '-e', '--env', '-v', '--volume', '--runtime', '--network'],
	...['--entrypoint', '-w', '--workdir', '-u', '--user', '--mount', '-l', '--label', '-o', '--output'],
];
const orasValues = ['-o', '--output', '--platform', '-u', '--username', '-p', '--password', '--format'];

const forms: readonly Form[] = [
	...['docker', 'podman', 'nerdctl'].flatMap((tool) =>
		['pull', 'run', 'create', 'save', 'image pull', 'image save'].map((verb) => ({
			...{ words: [tool, ...verb.split(' ')], valued: dockerRun, as: oci },
		})),
	),
	{ words: ['wassette', 'component', 'load'], valued: ['--component-dir', '--plugin-dir'] },
	{ words: ['wkg', 'oci', 'pull'], valued: ['-o', '--output', '-u', '-p'], as: oci },
	{
		words: ['wkg', 'get'],
		valued: ['-o', '--output', '--format', '--registry', '--config', '--cache'],
		as: (word, options) => `${word}${options.has('--registry') ? ` in ${options.get('--registry')}` : ''}`,
	},
	...['pull', 'cp', 'copy', 'manifest fetch', 'discover', 'resolve', 'backup'].map((verb) => ({
		...{ words: ['oras', ...verb.split(' ')], valued: orasValues, as: oci },
	})),
	...['pull', 'digest', 'manifest', 'export', 'copy', 'cp'].map((verb) => ({
		...{ words: ['crane', verb], valued: ['--platform', '--format', '-c'], as: oci },
	})),
	...['verify', 'tree'].map((verb) => ({
		words: ['cosign', verb],
		valued: ['--key', '--certificate-identity', '--certificate-oidc-issuer', '--certificate-identity-regexp'],
		as: oci,
	})),
	{ words: ['skopeo', 'copy'] },
	...['install', 'add', 'run'].map((verb) => ({ words: ['component', verb] })),
	...[
		'npm install',
		'npm i',
		'npm add',
		'pnpm add',
		'pnpm install',
		'yarn add',
		'bun add',
		'npx',
		'npm pack',
	].map((words) => ({ words: words.split(' '), as: npm, valued: ['--registry', '-w', '--workspace'] })),
	{ words: ['curl'], valued: ['-o', '--output', '-H', '--header', '-X', '-A', '-u', '-d'] },
	{ words: ['wget'], valued: ['-O', '--output-document', '-o', '--header'] },
	{ words: ['git', 'clone'], valued: ['-b', '--branch', '--depth', '-o'] },
	{ words: ['wasmtime', 'run'] },
	{
		words: ['gh', 'release', 'download'],
		valued: ['-R', '--repo', '-p', '--pattern', '-O', '--output', '-D', '--dir'],
		as: (tag, options) => releaseOf(tag, options),
	},
];

function releaseOf(tag: string, options: ReadonlyMap<string, string>): string {
	const repository = options.get('-R') ?? options.get('--repo') ?? '';
	const file = options.get('-p') ?? options.get('--pattern') ?? '';
	const base = `https://github.com/${repository}/releases`;
	return file === '' || file.includes('*') ? `${base}/tag/${tag}` : `${base}/download/${tag}/${file}`;
}

/**
 * What a command asks for: the first one in the text that is known, with its prompt, variables and `sudo` left out. Null where the text is
 * no command that is known.
 */
export function readCommand(text: string): CommandTarget | null {
	for (const line of text.replaceAll(/\\\r?\n/g, ' ').split(/\r?\n|&&|;|\|/)) {
		const words = leaveOutBefore(splitWords(line));
		const form = forms.find(({ words: begin }) => begin.every((word, at) => words[at] === word));
		if (!form) continue;
		const target = targetIn(words.slice(form.words.length), form);
		if (target !== null) return { command: form.words.join(' '), target };
	}
	return null;
}

function targetIn(words: readonly string[], { valued = [], as = (word) => word }: Form): string | null {
	const options = new Map<string, string>();
	const named: string[] = [];
	for (let at = 0; at < words.length; at++) {
		const word = words[at] ?? '';
		const [name = '', value] = word.startsWith('-') ? cutOnce(word, '=') : [''];
		if (name === '') named.push(word);
		else if (value !== undefined) options.set(name, value);
		else if (valued.includes(name)) options.set(name, words[++at] ?? '');
	}
	const [first] = named;
	return first === undefined || first === '' ? null : as(first, options);
}

/** A prompt, variables that are set for the command, `sudo`. */
function leaveOutBefore(words: readonly string[]): readonly string[] {
	const begin = words.findIndex((word) => !/^(?:[$>#%]|sudo|\w+=.*)$/.test(word));
	return begin < 0 ? [] : words.slice(begin);
}

/** Words as a shell splits them, without what it would compute. */
function splitWords(line: string): readonly string[] {
	const words = line.match(/"[^"]*"|'[^']*'|[^\s"']+/g) ?? [];
	return words.map((word) => word.replace(/^(["'])(.*)\1$/s, '$2'));
}

function cutOnce(text: string, mark: string): readonly [string, string | undefined] {
	const at = text.indexOf(mark);
	return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + mark.length)];
}
