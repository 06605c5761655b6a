import { isModuleText } from '../component/is-wat';
import { ok, type Result } from '../core/result';
import type { Author, DescribedTool, ToolSource } from './build-tool';
import { authorEngine, newestEngine } from './engines';
import { eraseTypes } from './erase-types';
import { preludeFor } from './prelude';
import type { BuildProblem } from './problem';
import { moduleReadme, moduleScript, scriptReadme } from './project-words';
import { scriptTypes } from './script-types';
import { trimWit } from './trim-wit';

/** The files of a tool for other builders, by path. */
export type ProjectFiles = readonly (readonly [path: string, text: string])[];

/**
 * A source as the files that others build it of: what its world reaches of WASI stands in the WIT, and what the page lays before a script in the
 * script.
 */
export async function projectFiles(
	source: ToolSource,
	author: Author,
): Promise<Result<ProjectFiles, BuildProblem>> {
	const { wit, js = '', wat = '', engine } = source;
	if (isModuleText(wat)) {
		const described = await author.describe({ wit, engine });
		return described.ok ? ok(moduleFiles(wat, described.value)) : described;
	}
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
	const text = trimWit(whole.replace(opening, `$1${more.join('')}`));
	return ok([
		['wit/world.wit', text],
		['tool.js', script.replace(/^globalThis\.__guarded[\s\S]*?^};\n/m, '')],
		['source.js', erased.value],
		['tool.d.ts', scriptTypes(world)],
		['README.md', scriptReadme(kind, text.includes('\n  import wasi:http/'))],
	]);
}

const moduleFiles = (wat: string, { wit, world }: DescribedTool): ProjectFiles => [
	['wit/world.wit', trimWit(wit)],
	['tool.wat', wat],
	['build.mjs', moduleScript(world.name)],
	['README.md', moduleReadme],
];

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
