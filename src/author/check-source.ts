import { upTo } from '../core/up-to';
import { itemAt } from '../core/item-at';
import { init, parse, type Export, type Import } from 'es-module-lexer';
import { err, ok, type Result } from '../core/result';
import { camelCase, pascalCase, type WitWorld } from '../core/wit';
import type { EngineKind } from './engines';
import type { BuildProblem } from './problem';

/** What a script must give by its world. */
interface Wanted {
	/** As the script exports it: `doubleAdd` for `double-add`, `api` for `local:test/api@1.0.0`. */
	readonly name: string;
	/** As the WIT has it. */
	readonly of: string;
	/** Its type has a place for an error. */
	readonly fails: boolean;
	/** Members of an interface, each with the way to it; null for a function. */
	readonly parts: readonly (readonly string[])[] | null;
}

export interface SourceCheckOptions {
	/** Whether what was exported is looked at once the script has run. */
	readonly checksExports: boolean;
	readonly kind: EngineKind;
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
	options: SourceCheckOptions,
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
		...(options.kind === 'sync' ? wanted.flatMap((each) => asyncInVain(each, script)) : []),
	];
	return problems.length > 0 ? err(problems) : ok(guarded(script, exports, wanted, options));
}

function wantedOf(world: WitWorld): readonly Wanted[] {
	return world.exports.map(({ name, kind, functions }) => ({
		name: camelCase(kind === 'interface' ? lastName(name) : name),
		of: name,
		fails: functions.every(({ result }) => result?.kind === 'result'),
		parts: kind === 'interface' ? functions.map(({ name }) => [name, ...wayTo(name)]) : null,
	}));
}

/** Where a function of an interface stands in what a script exports for it. */
function wayTo(name: string): readonly string[] {
	const [, kind, resource = '', method = ''] =
		/^\[(constructor|method|static)[a-z ]*\]([^.]+)(?:\.(.+))?$/.exec(name) ?? [];
	if (kind === undefined) return [camelCase(name)];
	const owner = pascalCase(resource);
	if (kind === 'constructor') return [owner];
	return kind === 'static' ? [owner, camelCase(method)] : [owner, 'prototype', camelCase(method)];
}

/** `api` of `local:test/api@1.0.0`. */
const lastName = (name: string) => itemAt(withoutVersion(name).split('/'), -1);

const withoutVersion = (name: string) => upTo(name, '@');

function problemWithImport(script: string, found: Import, world: WitWorld): readonly BuildProblem[] {
	const { specifier } = found;
	if (specifier === null || specifier === undefined || ('typeOnly' in found && found.typeOnly)) return [];
	const known = world.imports.filter(({ kind }) => kind === 'interface').map(({ name }) => name);
	if (known.includes(specifier)) return [];
	// What a world imports without an interface is there by itself.
	const own = world.imports.find(({ name, kind }) => kind === 'function' && specifier === name);
	const unversioned = withoutVersion(specifier);
	const meant = known.find((name) => withoutVersion(name) === unversioned);
	const message = own
		? `${specifier} is a function of the world itself, not of an interface: it is there as ${camelCase(specifier)}, without an import.`
		: meant !== undefined
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

/** An asynchronous function under the engine that cannot wait, where it is plain to see. */
function asyncInVain({ name, of, parts }: Wanted, script: string): readonly BuildProblem[] {
	if (parts !== null) return [];
	const plain = name.replaceAll('$', '\\$');
	const found = new RegExp(
		`\\bexport\\s+(?:async\\s+function\\b\\s*\\*?\\s*${plain}\\b|(?:const|let|var)\\s+${plain}\\s*=\\s*async\\b)`,
	).exec(script);
	if (!found) return [];
	const start = found.index + found[0].indexOf('async');
	return [
		{
			in: 'source',
			message: `${name} is async, and nothing can be awaited: no function of the world is. Write "export ${of}: async func(…)" in the WIT, or leave async out.`,
			...placeOf(script, start, start + 'async'.length),
		},
	];
}

/**
 * Has what the script exports say what it throws. A constant becomes a variable of as many characters, so that it can be put in the place of
 * itself.
 */
function guarded(
	script: string,
	exports: readonly Export[],
	wanted: readonly Wanted[],
	{ checksExports }: SourceCheckOptions,
): CheckedScript {
	let text = script;
	let after = '';
	for (const { name, fails, parts } of wanted) {
		const found = exports.find((each) => each.type === 'direct' && each.name === name);
		if (found?.type !== 'direct') continue;
		const local = found.localName;
		if (local === undefined || local === 'default') continue;
		if (checksExports) after += `__wanted(${JSON.stringify(name)}, ${local}, ${JSON.stringify(parts)});`;
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
