import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Builds what the commands that need no browser take from the core: one module for Node, `dist-command/core.mjs`, with all that it needs
 * inside. It lies beside the site and not in it, as no page asks for it.
 */
export const commandCore = (): Plugin => ({
	name: 'tapedeck:command-core',
	apply: 'build',
	async closeBundle() {
		await build({
			configFile: false,
			root,
			logLevel: 'warn',
			publicDir: false,
			ssr: { noExternal: true },
			build: {
				ssr: join(root, 'src/command/index.ts'),
				outDir: join(root, 'dist-command'),
				emptyOutDir: true,
				target: 'node20',
				minify: true,
				rolldownOptions: {
					treeshake: { moduleSideEffects: [{ test: /\/src\/core\//, sideEffects: false }] },
					output: { format: 'es', entryFileNames: 'core.mjs', codeSplitting: false },
				},
			},
		});
	},
});
