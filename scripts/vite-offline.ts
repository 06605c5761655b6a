import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin, type ResolvedConfig, type Rolldown } from 'vite';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Kept only once it was asked for: the editor, which weighs more than the rest, and its icons; and what tools are written and built with. */
const onDemand =
	/\/(?:Monaco|editor)[^/]*$|\.ttf$|\/(?:builder|builder-worker|build-tool|script-worker|script-service|NewToolDialog|sync|async|joiner|join-worker|JoinDialog)-[^/]*$/;

const ours = /\/(?:src\/(?:ui\/)?author|author\/(?:engine-\d+|joiner))\//;

/** Code that is for the most part of what tools are written and built with. */
function isAuthors(file: Rolldown.OutputAsset | Rolldown.OutputChunk): boolean {
	if (file.type !== 'chunk') return false;
	if (file.facadeModuleId !== null && ours.test(file.facadeModuleId)) return true;
	const lengths = Object.entries(file.modules).map(
		([id, { renderedLength }]) => [ours.test(id), renderedLength] as const,
	);
	const sum = (of: typeof lengths) => of.reduce((total, [, length]) => total + length, 0);
	return 2 * sum(lengths.filter(([isOurs]) => isOurs)) > sum(lengths);
}

/** No service worker serves these (they have an origin of their own); `runner-host.html` holds the one that works without a network. */
const unreachable = ['runner.html', 'broker.html'];

/** Builds the service worker, `offline.js`, with the list of the site's files in it. There is none in development. */
export function offlineSite(): Plugin {
	let config: ResolvedConfig;
	return {
		name: 'tapedeck:offline',
		apply: 'build',
		configResolved(resolved) {
			config = resolved;
		},
		generateBundle: {
			order: 'post',
			async handler(_options, bundle) {
				const contents = new Map<string, string | Uint8Array>();
				const authors = new Set<string>();
				for (const file of Object.values(bundle)) {
					if (isAuthors(file)) authors.add(file.fileName);
					contents.set(file.fileName, file.type === 'chunk' ? file.code : file.source);
				}
				const { publicDir } = config;
				// What begins with an underscore is for the host, which may not give it out.
				for (const name of publicDir && existsSync(publicDir) ? readdirSync(publicDir) : [])
					if (!name.startsWith('_')) contents.set(name, readFileSync(join(publicDir, name)));
				const hashed = [...contents.keys()].filter((name) => name.startsWith('assets/'));
				const files = [...contents]
					.filter(([name]) => !onDemand.test(name) && !authors.has(name) && !unreachable.includes(name))
					.map(([name, content]) => ({
						url: name,
						// A name with a hash says its version itself.
						revision: hashed.includes(name)
							? null
							: createHash('sha256').update(content).digest('hex').slice(0, 16),
					}));
				const digests = Object.fromEntries(
					[...contents]
						.filter(([name]) => !unreachable.includes(name))
						.map(([name, content]) => [
							name,
							`sha256-${createHash('sha256').update(content).digest('base64')}`,
						]),
				);
				this.emitFile({
					type: 'asset',
					fileName: 'offline.js',
					source: await worker(files, hashed, digests),
				});
			},
		},
	};

	async function worker(
		files: readonly { readonly url: string; readonly revision: string | null }[],
		assets: readonly string[],
		digests: { readonly [path: string]: string },
	): Promise<string> {
		const result = (await build({
			configFile: false,
			root,
			logLevel: 'warn',
			publicDir: false,
			define: {
				tapedeckFiles: JSON.stringify(files),
				tapedeckAssets: JSON.stringify(assets),
				tapedeckDigests: JSON.stringify(digests),
				'process.env.NODE_ENV': '"production"',
			},
			build: {
				write: false,
				target: 'es2023',
				modulePreload: false,
				rolldownOptions: {
					input: join(root, 'src/page/offline/worker.ts'),
					output: { format: 'iife', codeSplitting: false },
				},
			},
		})) as Rolldown.RolldownOutput;
		return result.output[0].code;
	}
}
