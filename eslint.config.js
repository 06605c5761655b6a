import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import regexp from 'eslint-plugin-regexp';
import globals from 'globals';
import ts from 'typescript-eslint';

const asParameter = 'core/ takes this as a parameter';

export default ts.config(
	{
		ignores: [
			'dist/',
			'dist-test/',
			'dist-bench/',
			'dist-command/',
			'recordings/*.json',
			// What was published with an engine never changes.
			'author/engine-1/**',
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
		plugins: { regexp },
		rules: {
			// Text comes from strangers: an expression that tries one stretch of it many times freezes the page.
			'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
			'regexp/no-super-linear-move': 'error',
		},
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
	// What only the types can tell. The parts of the page written in Svelte are left to its own checker.
	{
		files: ['src/**/*.ts'],
		ignores: ['**/*.svelte.ts'],
		languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
		rules: {
			'@typescript-eslint/await-thenable': 'error',
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
			'@typescript-eslint/no-unnecessary-type-assertion': 'error',
			'@typescript-eslint/switch-exhaustiveness-check': [
				'error',
				{ considerDefaultExhaustiveForUnions: true },
			],
		},
	},
	{
		// Pieces of one script: what one declares, another uses.
		files: ['author/engine-*/prelude/*.js'],
		rules: { '@typescript-eslint/no-unused-vars': 'off' },
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
	// What is longer than a page or two is several things: part it by what they are. Lines count as they stand, blank ones and comments too.
	{
		files: ['src/**/*.ts', 'src/**/*.svelte'],
		ignores: ['**/*.test.ts', '**/*.bench.ts', '**/testing/**', 'src/host/filesystem/cases.ts'],
		rules: {
			'max-lines': ['error', 300],
			'max-lines-per-function': ['error', { max: 80, IIFEs: true }],
		},
	},
	// That something is there is asked for, or shown by how it was made, and not asserted. Those named here came before the rule.
	{
		files: ['src/**/*.ts'],
		ignores: [
			'**/*.test.ts',
			'**/testing*',
			'**/testing/**',
			'src/author/builder.ts',
			'src/core/isolation/read-compose.ts',
			'src/core/lessons/steps/one-file.ts',
			'src/core/link/jco-values.ts',
			'src/core/outlet/automaton.ts',
			'src/embed/sight.ts',
			'src/host/linked.ts',
			'src/host/replay/tape.ts',
			'src/mcp/{modern-server,agent/open-questions}.ts',
			'src/page/main.ts',
			'src/sandbox/read-result.ts',
			'src/sandbox/runner/{lockdown,running-part}.ts',
			'src/ui/compare/comparison.svelte.ts',
			'src/ui/components/load-desk.ts',
			'src/ui/help/documents.ts',
			'src/ui/open/trail.svelte.ts',
			'src/ui/result/read-result.ts',
		],
		rules: { '@typescript-eslint/no-non-null-assertion': 'error' },
	},
	// A component is given its desk; the session is for the places that hand desks out.
	{
		files: ['src/**/*.svelte'],
		ignores: ['src/ui/App.svelte', 'src/ui/Dialogs.svelte', 'src/embed/EmbedApp.svelte'],
		rules: {
			'@typescript-eslint/no-restricted-imports': [
				'error',
				{ patterns: [{ group: ['**/session.svelte'], message: 'A component is given its desk.' }] },
			],
		},
	},
	// Where something leaves the page, one module takes nothing but what an outlet let go; the others use that module.
	{
		files: ['src/**/*.ts', 'src/**/*.svelte'],
		ignores: [
			'**/*.test.ts',
			'src/sandbox/**',
			'src/component/**',
			...['copy-text', 'download', 'memory'].map((name) => `src/ui/base/${name}.ts`),
			// Names of sessions and of a tool, and nothing else.
			...['sessions.svelte', 'run-marker', 'tab-session'].map((name) => `src/ui/sessions/${name}.ts`),
		],
		rules: {
			'no-restricted-syntax': [
				'error',
				...[
					["MemberExpression[property.name='clipboard']", 'copy-text'],
					["MemberExpression[property.name='createObjectURL']", 'download'],
					['MemberExpression[object.name=/^(local|session)Storage$/]', 'memory'],
				].map(([selector, name]) => ({ selector, message: `ui/base/${name} does this` })),
			],
		},
	},
	// Who may say of something that it may leave: printers that take nothing but what may leave already.
	{
		files: ['src/**/*.ts', 'src/**/*.svelte'],
		ignores: [
			'**/*.test.ts',
			'src/core/outlet/**',
			'src/core/har.ts',
			'src/core/export/{bundle,embed-code,files-zip}.ts',
			'src/core/scenario/{link,markdown,parts,print}.ts',
			'src/deck/{scenario,outgoing-session,session-archive}.ts',
			'src/embed/answers.ts',
		],
		rules: {
			'no-restricted-imports': [
				'error',
				{
					patterns: [
						{ group: ['**/outlet/outgoing'], importNames: ['seal'], message: 'An outlet lets things leave.' },
					],
				},
			],
		},
	},
);
