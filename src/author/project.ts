import type { Author, ToolSource } from './build-tool';
import { scriptTypes } from './script-types';
import { authorEngine, newestEngine } from './engines';
import { eraseTypes } from './erase-types';
import { preludeFor } from './prelude';
import { ok, type Result } from '../core/result';
import type { BuildProblem } from './problem';

/** The files of a tool for other builders, by path. */
export type ProjectFiles = readonly (readonly [path: string, text: string])[];

/** A source as the files that componentize-qjs and jco take: WASI's packages stand in the WIT, and what the page lays before a script in the script. */
export async function projectFiles(
	{ wit, js = '', engine }: ToolSource,
	author: Author,
): Promise<Result<ProjectFiles, BuildProblem>> {
	const prelude = preludeFor(js, authorEngine(engine) ?? newestEngine);
	const { imports } = prelude;
	const described = await author.describe({ wit, engine }, { imports });
	if (!described.ok) return described;
	const { world, kind, wit: whole } = described.value;
	const known = new Set(world.imports.map(({ name }) => name));
	const more = imports.filter((name) => !known.has(name)).map((name) => `  import ${name};\n`);
	const opening = new RegExp(`(^world ${world.name} \\{\\n)`, 'm');
	const erased = eraseTypes(js);
	if (!erased.ok) return erased;
	const script = `${prelude.before(kind)}\n${erased.value}`;
	const flags = kind === 'sync' ? ' --sync --opt-size' : ' --opt-size';
	return ok([
		['wit/world.wit', whole.replace(opening, `$1${more.join('')}`)],
		['tool.js', script.replace(/^globalThis\.__guarded[\s\S]*?^};\n/m, '')],
		['source.js', erased.value],
		['tool.d.ts', scriptTypes(world)],
		[
			'README.md',
			[
				'# A tool written in Tapedeck',
				'',
				'Build it with componentize-qjs, as npm has it:',
				'',
				'```sh',
				`npx componentize-qjs@0.4.5 --wit wit --js tool.js${flags} -o tool.wasm`,
				'```',
				'',
				'or in the version that Tapedeck has its engine from:',
				'',
				'```sh',
				'cargo install componentize-qjs-cli@0.5.0 --locked',
				`componentize-qjs --wit wit --js tool.js${flags} -o tool.wasm`,
				'```',
				'',
				'or with jco, whose engine has a console and a fetch of its own, and takes the script without what `tool.js` lays before it:',
				'',
				'```sh',
				'npx jco componentize source.js --wit wit -o tool.wasm',
				'```',
				'',
			].join('\n'),
		],
	]);
}

/** Files as one script for a shell, which writes them where it is run. */
export const projectScript = (files: ProjectFiles): string =>
	files
		.map(([path, text]) => {
			let end = 'END_OF_FILE';
			while (text.includes(end)) end += '_';
			const folder = path.includes('/') ? `mkdir -p ${path.replace(/\/[^/]*$/, '')}\n` : '';
			return `${folder}cat > ${path} <<'${end}'\n${text.endsWith('\n') ? text : `${text}\n`}${end}\n`;
		})
		.join('\n');
