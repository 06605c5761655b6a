import { init, parse, type Export, type Import } from 'es-module-lexer';
import { err, ok, type Result } from '../core/result';
import { camelCase, type WitWorld } from '../core/wit';
import type { BuildProblem } from './problem';

/** What a script must give by its world. */
interface Wanted {
	/** As the script exports it: `doubleAdd` for `double-add`, `api` for `local:test/api@1.0.0`. */
	readonly name: string;
	/** As the WIT has it. */
	readonly of: string;
	/** Its type has a place for an error. */
	readonly fails: boolean;
}

/** A script that fits its world, as the engine takes it: each line and column stands where it stood. */
export interface CheckedScript {
	readonly text: string;
	/** What stands behind its last line. */
	readonly after: string;
}

/** Holds a script against its world: what it imports has to be there, and what the world exports has to be in it. */
export async function checkSource(
	script: string,
	world: WitWorld,
): Promise<Result<CheckedScript, readonly BuildProblem[]>> {
	await init();
	let read: ReturnType<typeof parse>;
	try {
		read = parse(script);
	} catch {
		// The engine says it better, with the place.
		return ok({ text: script, after: '' });
	}
	const [imports, exports] = read;
	const wanted = wantedOf(world);
	const problems = [
		...imports.flatMap((each) => problemWithImport(script, each, world)),
		...wanted.flatMap((each) => missing(each, exports)),
	];
	return problems.length > 0 ? err(problems) : ok(guarded(script, exports, wanted));
}

function wantedOf(world: WitWorld): readonly Wanted[] {
	return world.exports.map(({ name, kind, functions }) => ({
		name: camelCase(kind === 'interface' ? lastName(name) : name),
		of: name,
		fails: functions.every(({ result }) => result?.kind === 'result'),
	}));
}

/** `api` of `local:test/api@1.0.0`. */
const lastName = (name: string) => withoutVersion(name).split('/').at(-1)!;

const withoutVersion = (name: string) => name.split('@', 1)[0]!;

function problemWithImport(script: string, found: Import, world: WitWorld): readonly BuildProblem[] {
	const { specifier } = found;
	if (specifier === null || specifier === undefined || ('typeOnly' in found && found.typeOnly)) return [];
	const known = world.imports.map(({ name }) => name);
	if (known.includes(specifier)) return [];
	// What a world imports without an interface has a module of its own.
	if (!/[:./]/.test(specifier) && world.imports.some(({ kind }) => kind !== 'interface')) return [];
	const unversioned = withoutVersion(specifier);
	const meant = known.find((name) => withoutVersion(name) === unversioned);
	const message =
		meant !== undefined
			? `The world imports it as ${meant}: write that.`
			: specifier.includes(':')
				? `The world does not import ${specifier}. Add "import ${specifier};" to it.`
				: `${specifier} is not there: a script imports interfaces of its world, and no files.`;
	return [{ in: 'source', message, ...placeOf(script, found.start, found.end) }];
}

function missing({ name, of }: Wanted, exports: readonly Export[]): readonly BuildProblem[] {
	if (exports.some((each) => each.type === 'reexport-all' || each.name === name)) return [];
	const close = exports.find(
		(each) => each.type !== 'reexport-all' && each.name.toLowerCase() === name.toLowerCase(),
	);
	const also = close ? ` It exports ${(close as { name: string }).name}; capitals count.` : '';
	return [
		{
			in: 'source',
			message: `The world exports ${of}, and the script has no export ${name}: write "export ${/[:/]/.test(of) ? `const ${name} = { … }` : `function ${name}(…) { … }`}".${also}`,
		},
	];
}

/**
 * Has what the script exports say what it throws. A constant becomes a variable of as many characters, so that it can be put in the place of
 * itself.
 */
function guarded(script: string, exports: readonly Export[], wanted: readonly Wanted[]): CheckedScript {
	let text = script;
	let after = '';
	for (const { name, fails } of wanted) {
		const found = exports.find((each) => each.type === 'direct' && each.name === name);
		if (found?.type !== 'direct') continue;
		const local = found.localName;
		if (local === undefined || local === 'default') continue;
		const declared = new RegExp(`(^|[^\\w$.])const(\\s+${local.replaceAll('$', '\\$')}\\s*=)`);
		if (new RegExp(`\\bclass\\s+${local.replaceAll('$', '\\$')}\\b`).test(text)) continue;
		text = text.replace(declared, '$1let  $2');
		after += `${local} = __guarded(${local}, ${fails});`;
	}
	return { text, after };
}

/** Where some characters of a text stand. */
function placeOf(
	text: string,
	start: number,
	end: number,
): Pick<BuildProblem, 'line' | 'column' | 'endColumn'> {
	const before = text.slice(0, start).split('\n');
	const column = (before.at(-1)?.length ?? 0) + 1;
	return { line: before.length, column, endColumn: column + Math.max(end - start, 1) };
}
