import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

const asParameter = 'core/ takes this as a parameter';

export default ts.config(
	{
		ignores: [
			'dist/',
			'dist-test/',
			'dist-bench/',
			'recordings/*.json',
			'static-components/*/src/**',
			'static-components/**/build/**',
			'test-results/',
			'playwright-report/',
		],
	},
	js.configs.recommended,
	...ts.configs.recommended,
	...svelte.configs.recommended,
	{ languageOptions: { globals: { ...globals.browser, ...globals.node } } },
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser } },
	},
	{
		rules: {
			// TypeScript itself reports what is not defined, and knows more than the rule.
			'no-undef': 'off',
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
			// A string that becomes code would undo the wall.
			'no-eval': 'error',
			'no-implied-eval': 'error',
			'no-new-func': 'error',
		},
	},
	{
		files: ['src/core/**/*.ts'],
		ignores: ['**/*.test.ts', '**/*.bench.ts'],
		rules: {
			'no-restricted-globals': [
				'error',
				...[
					'window',
					'document',
					'fetch',
					'crypto',
					'performance',
					'Date',
					'localStorage',
					'indexedDB',
					'setTimeout',
					'postMessage',
				].map((name) => ({
					name,
					message: asParameter,
				})),
			],
			'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: asParameter }],
		},
	},
);
