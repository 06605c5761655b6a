import { svelte } from '@sveltejs/vite-plugin-svelte';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const folders = ['src', 'static-components', 'scripts'];
const inNode = folders.map((folder) => `${folder}/**/*.test.ts`);
const inBrowser = ['src/**/*.svelte.test.ts'];

/** Tests that put something in the place of a module or of what is global: each of these has a process of its own. */
const replacing = folders
	.flatMap((folder) =>
		readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
	)
	.filter((file) => file.endsWith('.test.ts') && !file.endsWith('.svelte.test.ts'))
	.filter((file) =>
		/fake-indexeddb|vi\.(?:stub|mock|doMock|useFake|spyOn|setSystemTime)|\bglobalThis\b|process\.env\.\w+ =/.test(
			readFileSync(file, 'utf8'),
		),
	);

export default defineConfig({
	test: {
		// One for each processor; by itself it leaves one out, which is half of a machine of two.
		maxWorkers: '100%',
		// Generous, for machines that do other things too: a test that passes does not wait for it.
		testTimeout: 30_000,
		projects: [
			{
				test: {
					name: 'unit',
					environment: 'node',
					// What one file imported serves the next, which is a third of the time.
					isolate: false,
					include: inNode,
					exclude: [...inBrowser, ...replacing],
				},
			},
			{ test: { name: 'alone', environment: 'node', include: replacing, benchmark: { include: [] } } },
			{
				// Runes do nothing in the node environment: no effect runs there and $state is no proxy.
				plugins: [svelte()],
				resolve: { conditions: ['browser'] },
				test: {
					name: 'runes',
					environment: 'jsdom',
					include: inBrowser,
					// Measured once, in the other project.
					benchmark: { include: [] },
				},
			},
		],
	},
});
