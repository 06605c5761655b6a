import { join } from 'node:path';
import { defineConfig } from 'vite';
import { offlineSite } from '../../scripts/vite-offline.ts';
import { sandboxDocuments } from '../../scripts/vite-sandbox.ts';

/** Builds the harness beside the site, never into it. */
export default defineConfig({
	root: import.meta.dirname,
	base: './',
	publicDir: false,
	plugins: [sandboxDocuments(), offlineSite()],
	build: {
		outDir: '../../dist-test',
		emptyOutDir: true,
		target: 'esnext',
		rolldownOptions: {
			input: ['index.html', 'host-cases.html'].map((page) => join(import.meta.dirname, page)),
		},
	},
});
