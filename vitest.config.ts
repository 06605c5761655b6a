import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		projects: [
			{
				test: {
					name: 'unit',
					environment: 'node',
					include: ['src/**/*.test.ts', 'static-components/**/*.test.ts', 'scripts/**/*.test.ts'],
					exclude: ['src/**/*.svelte.test.ts'],
				},
			},
			{
				// Runes do nothing in the node environment: no effect runs there and $state is no proxy.
				plugins: [svelte()],
				resolve: { conditions: ['browser'] },
				test: {
					name: 'runes',
					environment: 'jsdom',
					include: ['src/**/*.svelte.test.ts'],
					// Measured once, in the other project.
					benchmark: { include: [] },
				},
			},
		],
	},
});
