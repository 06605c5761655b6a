import { itemAt } from '../core/item-at';
import { err, ok, type Result } from '../core/result';
import { asEntry } from '../core/wit/entry';
import { parseWit, type WitItem, type WitWorld } from '../core/wit/parse-wit';
import { toolsOf } from '../core/wit/tools-of';
import { holdsLater } from '../core/wit/holds-later';
import type { Tool, WitFunction } from '../core/wit/types';
import { MalformedBinary } from './binary';
import { externNames, gatherInterfaces, offsetIn, wholeImports } from './interface-names';
import { importKey, isProvided, refuseNames, refuseWhole } from './external-names';
import { draftWords } from './draft-words';
import { generateProgram } from './generate-program';
import { inspect } from './inspect';
import type { PackageDocs } from './package-docs';
import type { LoadedComponent, LoadStep, Program } from './program';
import { localName } from './safe-names';
import { skeletonOf } from './skeleton';
import { atOffsets, isUnneeded, strip } from './strip';

/** The two WebAssembly programs that do the work: jco's transpiler and the printer of WIT. */
export interface TranspilerTools {
	readonly generate: typeof import('@bytecodealliance/jco-transpile/component').generate;
	readonly componentWit: (bytes: Uint8Array) => Promise<string>;
}

/** What can be learned of a component from its bytes alone, beside their digest. */
export type TranspiledComponent = Omit<LoadedComponent, 'id' | 'sha256'>;

export interface TranspileOptions {
	/** `sync` where the browser cannot suspend WebAssembly (JSPI). */
	readonly mode: Program['mode'];
	/** Bytes of the component as it came, where something was taken out of it; default those that are given. */
	readonly size?: number;
	/** Asked for once the bytes are known to be a component. */
	readonly tools: () => Promise<TranspilerTools>;
	readonly onStep?: (step: LoadStep, detail?: string) => void;
}

/**
 * Turns a component's bytes into a program and its tools. Nothing that comes from the component is evaluated. The error is for people:
 * what is wrong and what to do next. After an error the tools may be broken and must not be used again.
 */
export async function transpile(
	bytes: Uint8Array,
	options: TranspileOptions,
): Promise<Result<TranspiledComponent, string>> {
	options.onStep?.('checking');
	const inspection = inspect(bytes);
	if (inspection.kind !== 'component') return err(inspection.message);
	const tools = await options.tools();
	let before = (offset: number) => offset;
	try {
		const { packageDocs } = inspection.facts;
		// jco takes the documentation for a description of worlds that are not there.
		const { bytes: stripped, offsetBefore } = strip(
			bytes,
			(name) => name === 'package-docs' || isUnneeded(name),
		);
		before = offsetBefore;

		const names = externNames(stripped);
		const refusal = refuseNames(names.imports, names.exports) ?? refuseWhole(wholeImports(stripped));
		if (refusal !== null) return err(refusal);

		options.onStep?.('reading types');
		// The code of a large one is held by the transpiler alone: the printer would hold it once more, and for good.
		const typed = stripped.length < largeFrom ? stripped : skeletonOf(stripped);
		const types = await readTypes(typed, tools);
		if (!types.ok) {
			const reason = atOffsets(types.error, (offset) => before(offsetIn(stripped, typed, offset)));
			return err(withDraft(bytes, reason));
		}
		const { wit, world } = types.value;
		const unable = refuseSuspending(world, options.mode);
		if (unable !== null) return err(unable);

		options.onStep?.('transpiling');
		const program = generateProgram(stripped, world, options.mode, tools);
		if (!program.ok) return program;

		const functions = world.exports
			.flatMap((item) => item.functions)
			.map((fn) => asEntry(withDocs(fn, packageDocs)));
		const tools_ = toolsOf(functions, packageDocs?.functions);
		return ok({
			size: options.size ?? bytes.length,
			program: program.value,
			tools: tools_,
			wit,
			missing: missingImports(world).map(({ name }) => name),
			standIns: standInsFor(missingImports(world)),
			notes: notesOn(world, tools_, packageDocs),
		});
	} catch (error) {
		return err(withDraft(bytes, atOffsets(explain(error), before)));
	}
}

/** Bytes from which on a component is a large one. */
const largeFrom = 4 * 2 ** 20;

/** The reason why tools refuse a component; where its encoding is at fault, that may be a draft's. */
const withDraft = (bytes: Uint8Array, reason: string): string =>
	(/\boffset 0x/.test(reason) ? draftWords(bytes) : '') + reason;

async function readTypes(
	bytes: Uint8Array,
	tools: TranspilerTools,
): Promise<Result<{ wit: string; world: WitWorld }, string>> {
	const gathered = gatherInterfaces(bytes);
	let printed: string;
	try {
		printed = await tools.componentWit(gathered.bytes);
	} catch (error) {
		if (error instanceof WebAssembly.RuntimeError) throw error;
		return err(atOffsets(explain(error), gathered.offsetBefore));
	}
	const wit = gathered.restore(printed);
	const world = parseWit(wit);
	if (world.ok) return ok({ wit, world: world.value });
	return err(`The types of this component could not be read: ${world.error.message}.`);
}

function withDocs(fn: WitFunction, docs: PackageDocs | null): WitFunction {
	const found =
		fn.interface === null
			? docs?.functions.get(fn.name)
			: docs?.interfaceFunctions.get(`${localName(fn.interface)}#${fn.name}`);
	return found === undefined ? fn : { ...fn, docs: found };
}

/** Imports of types alone need nobody behind them. */
const missingImports = (world: WitWorld): readonly WitItem[] =>
	world.imports.filter((item) => needsCode(item) && !isProvided(item.name));

/** What plain default answers can be made of; nothing where something asynchronous is missing, which no plain answer stands in for. */
function standInsFor(missing: readonly WitItem[]): LoadedComponent['standIns'] {
	if (missing.some(isAsynchronous)) return [];
	return missing.map(({ name, kind, functions, resources }) => ({
		key: importKey(name),
		kind,
		functions,
		resources,
	}));
}

const isAsynchronous = ({ name, functions }: WitItem): boolean =>
	/^wasi:.*@0\.3\./.test(name) || functions.some(waits);

/** Whether a function can only run where WebAssembly can be suspended. */
const waits = (fn: WitFunction): boolean =>
	fn.async === true ||
	[...fn.params.map(({ type }) => type), fn.result].some((type) => type !== null && holdsLater(type));

/** Why a component cannot be instantiated in a browser that cannot suspend WebAssembly; null where it can. */
function refuseSuspending(world: WitWorld, mode: Program['mode']): string | null {
	if (mode === 'jspi') return null;
	const names = [...world.exports, ...world.imports].flatMap(({ functions }) =>
		functions.filter(waits).map(({ name }) => `'${name}'`),
	);
	if (names.length === 0) return null;
	const some = names.slice(0, 3).join(', ') + (names.length > 3 ? ' and others' : '');
	return `It has asynchronous functions (${some}), and this browser cannot suspend WebAssembly, which they need. Open it in a current Chrome, Edge or Firefox.`;
}

/** Characters of a tool's name that models' APIs take at most; MCP itself allows more. */
const commonNameLength = 64;

const needsCode = (item: WitItem) => item.functions.length > 0 || item.resources.length > 0;

function notesOn(world: WitWorld, tools: readonly Tool[], docs: PackageDocs | null): readonly string[] {
	const notes: string[] = [];
	const exported = world.exports.map(({ name }) => name);
	const resources = world.exports.flatMap((item) => item.resources);
	if (tools.length === 0) notes.push('It exports no function, so there is no tool in it.');
	if (exported.some((name) => name.startsWith('wasi:cli/run@'))) {
		notes.push('It is a command (it exports wasi:cli/run): its tool runs it, with what it prints as output.');
	}
	if (exported.some((name) => /^wasi:http\/(?:incoming-)?handler@/.test(name))) {
		notes.push(
			'It is an HTTP service (it exports a handler of wasi:http): its tool sends it one request. Wassette cannot call it.',
		);
	}
	if (resources.length > 0) {
		const names = resources.map((name) => `'${name}'`).join(', ');
		notes.push(
			`It exports resources (${names}): Wassette lists their methods as tools, but no call of one can succeed.`,
		);
	}
	const long = tools.filter(({ name }) => name.length > commonNameLength);
	if (long.length > 0) {
		const others = long.length > 1 ? ` and ${long.length - 1} other${long.length > 2 ? 's' : ''}` : '';
		notes.push(
			`The tool name '${itemAt(long, 0).name}'${others} has more than ${commonNameLength} characters, and many MCP clients take no longer ones: shorten the names of its package, interface or function.`,
		);
	}
	if ([...world.imports, ...world.exports].some(({ name }) => /^wasi:.*@0\.3\.\d+$/.test(name))) {
		notes.push('It uses WASI 0.3, which plays here. No release of Wassette loads such a component yet.');
	}
	if (docs)
		notes.push('Tool descriptions come from its package-docs section, which was removed before transpiling.');
	return notes;
}

function explain(error: unknown): string {
	if (error instanceof MalformedBinary) return `This file is damaged or incomplete: ${error.message}.`;
	const payload = error instanceof Error && 'payload' in error ? error.payload : undefined;
	const text = typeof payload === 'string' ? payload : error instanceof Error ? error.message : String(error);
	if (error instanceof WebAssembly.RuntimeError) {
		return `The transpiler (jco) crashed on this component: ${text}.`;
	}
	return `The transpiler (jco) refuses this component: ${text.trim().slice(0, 500)}`;
}
