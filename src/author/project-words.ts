import type { EngineKind } from './engines';
import { lines } from './starters/starter';

/** Of npm: the last one there, which has the engine of the version before this page's. */
const componentizer = 'componentize-qjs@0.4.5';

/** The package whose wasm-tools this page has. */
export const textTools = '@bytecodealliance/jco-transpile@0.15.0';

const title = ['# A tool written in Tapedeck', ''];

/** How a script is built elsewhere. `usesHttp`: its world imports WASI's HTTP, which the builder of npm does not take. */
export const scriptReadme = (kind: EngineKind, usesHttp: boolean): string =>
	lines(
		...title,
		...(usesHttp
			? [
					'The component that Tapedeck downloads is the one to use: its world imports `wasi:http`, and',
					`${componentizer} refuses such a world ("mismatched resource types"). Without it the files are built with:`,
				]
			: ['Build it with componentize-qjs, as npm has it:']),
		'',
		'```sh',
		`npx ${componentizer} --wit wit --js tool.js${kind === 'sync' ? ' --sync' : ''} --opt-size -o tool.wasm`,
		'```',
		'',
		'`source.js` is the script alone; `tool.js` has before it what Tapedeck adds to the engine (`console` and the like).',
	);

/** How a core module is built elsewhere. */
export const moduleReadme = lines(
	...title,
	'Build it with Node and the wasm-tools that Tapedeck has:',
	'',
	'```sh',
	`npm install ${textTools}`,
	'node build.mjs',
	'```',
);

/** What makes `tool.wasm` of `tool.wat` and the WIT. */
export const moduleScript = (world: string): string =>
	lines(
		"import { readFileSync, writeFileSync } from 'node:fs';",
		"import { componentEmbed, componentNew, parse } from '@bytecodealliance/jco-transpile/wasm-tools';",
		'',
		"const binary = await parse(readFileSync('tool.wat', 'utf8'));",
		"const witSource = readFileSync('wit/world.wit', 'utf8');",
		`const embedded = await componentEmbed({ binary, witSource, world: ${JSON.stringify(world)} });`,
		"writeFileSync('tool.wasm', await componentNew(embedded, []));",
	);
