import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin, type ResolvedConfig, type Rolldown } from 'vite';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * The documents that the page frames: file name in the built site, script, and CSP with the script's hash in the place of `$`. The last holds
 * the first in a frame, which inherits its CSP; so its own allows what that needs, and the hash of the first's script is beside its own.
 */
const documents = [
	{
		name: 'runner.html',
		entry: 'src/sandbox/runner/relay.ts',
		policy:
			"default-src 'none'; script-src $ 'wasm-unsafe-eval' blob:; worker-src blob:; connect-src 'none'; base-uri 'none'; form-action 'none'",
	},
	{
		name: 'broker.html',
		entry: 'src/sandbox/broker/broker.ts',
		// What it may reach is narrowed further by the broker itself, from the policy, before its first request.
		policy: "default-src 'none'; script-src $; connect-src http: https:; base-uri 'none'; form-action 'none'",
	},
	{
		name: 'runner-host.html',
		entry: 'src/sandbox/host-document/host-document.ts',
		policy:
			"default-src 'none'; script-src $ 'wasm-unsafe-eval' blob:; worker-src blob:; connect-src 'none'; frame-src 'none'; base-uri 'none'; form-action 'none'",
		holds: 'runner.html',
	},
] as const;

const runnerModule = 'virtual:tapedeck-runner';
const workerEntry = 'src/sandbox/runner/worker.ts';
const workerModule = 'virtual:tapedeck-worker';

/**
 * Builds the runner's and the broker's documents: one HTML file each, with the script inlined and its hash in the CSP. In development they
 * are built when they are asked for, and again after a change to anything they hold.
 */
export function sandboxDocuments(): Plugin {
	let config: ResolvedConfig;
	const built = new Map<string, Promise<string>>();

	function html(name: string): Promise<string> | undefined {
		const document = documents.find((one) => one.name === name);
		if (!document) return undefined;
		let text = built.get(name);
		if (!text) {
			text = script(document.entry).then(async (code) => {
				const held = 'holds' in document ? hashIn(await html(document.holds)!) : [];
				return page(document.policy, code, held);
			});
			text.catch(() => built.delete(name));
			built.set(name, text);
		}
		return text;
	}

	/** Bundles an entry to one classic script. */
	async function script(entry: string): Promise<string> {
		const result = (await build({
			configFile: false,
			root,
			mode: config.mode,
			logLevel: 'warn',
			publicDir: false,
			plugins: [workerSource()],
			build: {
				write: false,
				target: 'esnext',
				modulePreload: false,
				minify: config.command === 'build',
				rolldownOptions: {
					input: join(root, entry),
					output: { format: 'iife', codeSplitting: false },
				},
			},
		})) as Rolldown.RolldownOutput;
		const [chunk, ...more] = result.output;
		if (more.length > 0) throw new Error(`${entry} does not fit into one script`);
		// A module is strict, and a classic script is what it becomes here. Strict functions do not show themselves in stack traces.
		return `'use strict';\n${chunk.code}`;
	}

	/** Gives the relay the text of the worker it starts, and the holder of the runner that document's. */
	const workerSource = (): Plugin => ({
		name: 'tapedeck:worker-source',
		resolveId: (id) => ([workerModule, runnerModule].includes(id) ? `\0${id}` : null),
		load: async (id) => {
			if (id === `\0${workerModule}`)
				return `export default ${JSON.stringify(`//# allFunctionsCalledOnLoad\n${await script(workerEntry)}`)}`;
			if (id === `\0${runnerModule}`) return `export default ${JSON.stringify(await html('runner.html'))}`;
			return null;
		},
	});

	return {
		name: 'tapedeck:sandbox-documents',
		configResolved(resolved) {
			config = resolved;
		},
		configureServer(server) {
			server.watcher.on('all', (_event, file) => {
				if (/[\\/]src[\\/](core|component|host|sandbox)[\\/]/.test(file)) built.clear();
			});
			server.middlewares.use((request, response, next) => {
				const { pathname } = new URL(request.url ?? '/', 'http://localhost');
				const text = html(pathname.replace(config.base, '/').slice(1));
				if (!text) return next();
				text.then((body) => {
					response.setHeader('content-type', 'text/html; charset=utf-8');
					response.setHeader('cache-control', 'no-store');
					response.end(body);
				}, next);
			});
		},
		async generateBundle() {
			for (const { name } of documents) {
				this.emitFile({ type: 'asset', fileName: name, source: await html(name)! });
			}
		},
	};
}

/** A document whose first element is its CSP, and which holds nothing but one script. */
function page(policy: string, code: string, more: readonly string[]): string {
	// A parser turns CRLF into LF before it hashes, and ends a script at the first `</script`.
	const text = `\n${code
		.trim()
		.replaceAll('\r\n', '\n')
		.replaceAll(/<(?=\/script|!--)/gi, '\\x3C')}\n`;
	const hash = `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
	return `<!doctype html>
<html lang="en">
<head>
<meta http-equiv="Content-Security-Policy" content="${policy.replace('$', [hash, ...more].join(' '))}">
<meta charset="utf-8">
<title>Tapedeck sandbox</title>
</head>
<body>
<script>${text}</script>
</body>
</html>
`;
}

/** The hashes of scripts that a document's CSP allows. */
const hashIn = (html: string): readonly string[] => html.match(/'sha256-[^']+'/)?.slice(0, 1) ?? [];
