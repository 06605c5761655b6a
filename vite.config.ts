import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { fileURLToPath } from 'node:url';
import { toolBytes } from './scripts/vite-tool-bytes.ts';
import { commandCore } from './scripts/vite-command.ts';
import { offlineSite } from './scripts/vite-offline.ts';
import { prebuiltSamples } from './scripts/vite-prebuilt.ts';
import { languageLibraries } from './scripts/vite-script-worker.ts';
import { sandboxDocuments } from './scripts/vite-sandbox.ts';
import { servedPage } from './scripts/vite-served-page.ts';

/**
 * Modules that one of the pages begins with, but not the page that most people open, or that it only seems to begin with because a room's door
 * names them: a group of modules comes whole.
 */
const comesLater = new RegExp(
	[
		'core/scenario/(summary|decode-link|index|link|parse|read|schema|schema-terms|world-schema)',
		'core/address/(?!oci-reference|registries).*',
		'core/lessons/.*',
		'core/schema-check',
		'core/flow/(schemas-fit|flow-tool|resolve-call|may-do-words)',
		'core/policy/typing/.*',
		'core/policy/edit/article-format',
		'core/(reproduction/reproduction-picture|written-arguments|written-json|explain-entry|wit/describe-type)',
		'ui/text/(RichText|Markdown|MiddleText|markdown|rich-text|spot)',
		'ui/base/(Switch|StateMark|when-idle|focus-row)',
	]
		.map((name) => `/src/${name}\\.`)
		.join('|'),
);

export default defineConfig({
	// Relative addresses, so that the page works from any path of any host.
	base: './',
	plugins: [svelte(), sandboxDocuments(), prebuiltSamples(), servedPage(), offlineSite(), commandCore()],
	worker: { format: 'es', plugins: () => [languageLibraries()] },
	define: { __TOOL_BYTES__: JSON.stringify(toolBytes()) },
	resolve: {
		alias: [
			{ find: /^ajv(-formats)?$/, replacement: fileURLToPath(new URL('src/mcp/no-ajv.ts', import.meta.url)) },
		],
	},
	// These find their WebAssembly beside themselves; bundling them ahead of time would move them away from it.
	optimizeDeps: { exclude: ['@bytecodealliance/jco-transpile', '@bytecodealliance/preview2-shim'] },
	// No file becomes a data: address: the page's own policy lets nothing be fetched from one.
	build: {
		target: 'es2023',
		assetsInlineLimit: 0,
		// The page, the page that others frame, and the page that `npm run verify` opens.
		rolldownOptions: {
			input: ['index.html', 'embed.html', 'verify.html'],
			// Nothing in core acts by being imported, so what a page does not use of it need not come with the page.
			treeshake: { moduleSideEffects: [{ test: /\/src\/core\//, sideEffects: false }] },
			// What the three pages begin with would else come in some sixty files of a few hundred bytes, and each takes its time.
			output: {
				codeSplitting: {
					includeDependenciesRecursively: false,
					groups: [
						{
							name: 'core',
							test: (id) => /\/src\/core\//.test(id) && !comesLater.test(id),
							tags: ['$initial'],
						},
						{
							name: 'base',
							test: (id) =>
								/\/(src\/ui\/(base|text)|node_modules\/svelte)\//.test(id) && !comesLater.test(id),
							tags: ['$initial'],
						},
					],
				},
			},
		},
	},
});
