// Breaks every rule of the house once, in memory, and says which one noticed: npm run check:rules
// Those between folders are broken by src/topology.test.ts itself; what must not compile stands behind @ts-expect-error in the tests of what it is about.
import { join } from 'node:path';
import { ESLint } from 'eslint';

const root = join(import.meta.dirname, '../..');
const lines = (count) => Array.from({ length: count }, (_, at) => `export const a${at} = ${at};`).join('\n');
const body = (count) => Array.from({ length: count }, (_, at) => `\tconsole.log(${at});`).join('\n');

/** What is planted: under the name of a file that is there, since only the types of such a one are known. */
const planted = [
	[
		'a promise that nobody awaits',
		'src/deck/links.ts',
		'@typescript-eslint/no-floating-promises',
		'export function a() {\n\tPromise.resolve(1);\n}\n',
	],
	[
		'a switch that forgets a case',
		'src/core/url.ts',
		'@typescript-eslint/switch-exhaustiveness-check',
		"export function a(b: 'x' | 'y') {\n\tswitch (b) {\n\t\tcase 'x':\n\t\t\treturn 1;\n\t}\n\treturn 2;\n}\n",
	],
	[
		'an assertion that says nothing',
		'src/core/url.ts',
		'@typescript-eslint/no-unnecessary-type-assertion',
		'export const a = (b: string) => b as string;\n',
	],
	[
		'an assertion that something is there',
		'src/core/url.ts',
		'@typescript-eslint/no-non-null-assertion',
		'export const a = (b: string[]) => b[0]!;\n',
	],
	[
		'an expression that a stranger’s text can freeze',
		'src/core/url.ts',
		'regexp/no-super-linear-backtracking',
		'export const a = /(?:a+)+b/;\n',
	],
	['a file of more than 300 lines', 'src/core/url.ts', 'max-lines', `${lines(301)}\n`],
	[
		'a function of more than 80 lines',
		'src/core/url.ts',
		'max-lines-per-function',
		`export function a() {\n${body(80)}\n}\n`,
	],
	['a clock in core', 'src/core/url.ts', 'no-restricted-globals', 'export const a = () => new Date();\n'],
	[
		'chance in core',
		'src/core/url.ts',
		'no-restricted-properties',
		'export const a = () => Math.random();\n',
	],
	['code from a text', 'src/deck/links.ts', 'no-new-func', "export const a = new Function('return 1');\n"],
	[
		'a way to the clipboard of one’s own',
		'src/deck/links.ts',
		'no-restricted-syntax',
		'export const a = () => navigator.clipboard;\n',
	],
	[
		'a storage of one’s own',
		'src/deck/links.ts',
		'no-restricted-syntax',
		"export const a = () => localStorage.getItem('b');\n",
	],
	[
		'a seal that no outlet set',
		'src/deck/links.ts',
		'no-restricted-imports',
		"import { seal } from '../core/outlet/outgoing';\nexport const a = seal;\n",
	],
	[
		'a component that takes the session',
		'src/ui/activity/Asker.svelte',
		'@typescript-eslint/no-restricted-imports',
		'<script lang="ts">\n\timport type { Session } from \'../session.svelte\';\n\tlet { session }: { session: Session } = $props();\n</script>\n\n{session.version}\n',
	],
];

const eslint = new ESLint({ cwd: root });
let missed = 0;
const say = (noticed, what, by) => {
	if (!noticed) missed += 1;
	console.log(`${noticed ? 'noticed' : 'MISSED '}  ${what}: ${by}`);
};
for (const [what, file, rule, text] of planted) {
	const [{ messages }] = await eslint.lintText(text, { filePath: join(root, file) });
	say(
		messages.some(({ ruleId }) => ruleId === rule),
		what,
		rule,
	);
}
process.exitCode = missed === 0 ? 0 : 1;
