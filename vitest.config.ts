import { svelte } from '@sveltejs/vite-plugin-svelte';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const folders = ['src', 'static-components', 'scripts'];
const inBrowser = ['src/**/*.svelte.test.ts'];

const inNode = folders
	.flatMap((folder) =>
		readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
	)
	.filter((file) => file.endsWith('.test.ts') && !file.endsWith('.svelte.test.ts'))
	.map((file) => ({ file, text: readFileSync(file, 'utf8') }))
	// What the short tests leave out is cases of properties, so the long ones are those that ask how many there are to be.
	.filter(({ text }) => process.env.TAPEDECK_TESTS !== 'long' || /\/testing\/runs'/.test(text));

/** Tests that put something in the place of a module or of what is global: each of these has a process of its own. */
const isReplacing = ({ text }: { readonly text: string }) =>
	/fake-indexeddb|vi\.(?:stub|mock|doMock|useFake|spyOn|setSystemTime)|\bglobalThis\b|process\.env\.\w+ =/.test(
		text,
	);

/** Generous, for machines that do other things too: a test that passes does not wait for it. */
const testTimeout = 30_000;

export default defineConfig({
	test: {
		// One for each processor; by itself it leaves one out, which is half of a machine of two.
		maxWorkers: '100%',
		projects: [
			{
				test: {
					name: 'unit',
					environment: 'node',
					testTimeout,
					// What one file imported serves the next, which is a third of the time.
					isolate: false,
					include: inNode.filter((one) => !isReplacing(one)).map(({ file }) => file),
				},
			},
			{
				test: {
					name: 'alone',
					environment: 'node',
					testTimeout,
					include: inNode.filter(isReplacing).map(({ file }) => file),
					benchmark: { include: [] },
				},
			},
			{
				// Runes do nothing in the node environment: no effect runs there and $state is no proxy.
				plugins: [svelte()],
				resolve: { conditions: ['browser'] },
				test: {
					name: 'runes',
					environment: 'jsdom',
					testTimeout,
					include: process.env.TAPEDECK_TESTS === 'long' ? [] : inBrowser,
					// Measured once, in the other project.
					benchmark: { include: [] },
				},
			},
		],
	},
});
