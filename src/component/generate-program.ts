import { most } from '../core/limits';
import { err, ok, type Result } from '../core/result';
import { blockingImports } from '../core/wasi';
import { exportedAs } from '../core/wit/names';
import type { WitWorld } from '../core/wit/parse-wit';
import { MalformedBinary } from './binary';
import { checkModule } from './core-module';
import { dropLog } from './drop-log';
import { importKey, isProvided } from './external-names';
import { renameExports } from './interface-names';
import { liftBools } from './lift-bools';
import { limitModules } from './limit-program';
import { withOwnCounters } from './map-loops';
import type { Program } from './program';
import { quickenStreams } from './quicken-streams';
import { clashing, identifiersOf, withKeys, withSafeNames, type RenamedWorld } from './safe-names';
import type { TranspilerTools } from './transpile';

const maximumCoreModules = 64;
/** What modules may ask for at most; each call lowers it further. */
const ceilingBytes = 2 ** 30;

/** The program that the transpiler makes of a component, with its modules bounded. Throws what the transpiler throws. */
export function generateProgram(
	bytes: Uint8Array,
	world: WitWorld,
	mode: Program['mode'],
	tools: TranspilerTools,
): Result<Program, string> {
	const generated = generateSafely(bytes, world, mode, tools);
	if (!generated.ok) return generated;
	const { files, script, names, imports } = generated.value;
	if (script.length > most.generatedCode) {
		return err(
			`The code generated for this component has ${mebibytes(script.length)}, and the limit is ${most.generatedCode / 2 ** 20} MiB. Every type and function that it imports and exports adds to it: leave out interfaces that it does not use.`,
		);
	}
	const modules = files.filter(([name]) => name.endsWith('.wasm'));
	if (modules.length > maximumCoreModules) {
		return err(
			`This component holds ${modules.length} core modules, and the limit is ${maximumCoreModules}.`,
		);
	}
	for (const [, module] of modules) {
		const checked = checkModule(module);
		if (!checked.ok) return err(`This component cannot be run here: ${checked.error}.`);
	}
	const { source } = dropLog(quickenStreams(withOwnCounters(liftBools(withKeys(script, names)))).source);
	const limited = limitModules({ modules, source }, ceilingBytes);
	if (!limited.ok) return limited;
	return ok({
		source,
		modules: limited.value,
		imports,
		mode,
	});
}

interface Generated {
	readonly files: readonly (readonly [name: string, bytes: Uint8Array])[];
	readonly script: string;
	readonly names: RenamedWorld;
	readonly imports: readonly string[];
}

/** What the transpiler makes of a component in which no name is one that its code has for something else. */
function generateSafely(
	bytes: Uint8Array,
	world: WitWorld,
	mode: Program['mode'],
	tools: TranspilerTools,
): Result<Generated, string> {
	const identifiers = [...identifiersOf(world).keys()];
	let clashes = clashing(identifiers);
	for (;;) {
		let names: RenamedWorld;
		try {
			names = clashes.size > 0 ? withSafeNames(bytes, world, clashes) : asTheyAre(bytes);
		} catch (error) {
			if (!(error instanceof MalformedBinary)) throw error;
			const some = [...clashes].map((name) => `'${name}'`).join(', ');
			return err(
				`It has functions, interfaces or resources named ${some}: the code generated for it cannot have these, and they could not be renamed (${error.message}).`,
			);
		}
		const { files, imports } = generate(names, world, mode, tools);
		const found = files.find(([name]) => name.endsWith('.js'))?.[1];
		if (!found) return err('The transpiler gave no code for this component.');
		const script = new TextDecoder().decode(found);
		const more = new Set([...clashes, ...clashing(identifiers, script)]);
		if (more.size === clashes.size) {
			return ok({ files, script, names, imports: imports.map((key) => names.imported.get(key) ?? key) });
		}
		clashes = more;
	}
}

const asTheyAre = (bytes: Uint8Array): RenamedWorld => ({
	bytes,
	changed: (name) => name,
	imported: new Map(),
	exported: new Map(),
});

function generate(names: RenamedWorld, world: WitWorld, mode: Program['mode'], tools: TranspilerTools) {
	const functions = new Set(
		world.exports.filter(({ kind }) => kind === 'function').map(({ name }) => names.changed(name)),
	);
	return tools.generate(
		renameExports(names.bytes, (name) => (functions.has(name) ? exportedAs(name) : name.toLowerCase())),
		{
			name: 'component',
			noTypescript: true,
			noNodejsCompat: true,
			instantiation: { tag: 'async' },
			base64Cutoff: 0,
			map: world.imports
				.filter(({ kind }) => kind === 'interface')
				.map(({ name }) => [names.changed(name), importKey(name)]),
			asyncMode: mode === 'jspi' ? { tag: 'jspi', val: suspending(world, names.changed) } : { tag: 'sync' },
		},
	);
}

/** The imports that may wait and the exports that may be waited for, as jco names them. */
function suspending(
	world: WitWorld,
	changed: RenamedWorld['changed'],
): { imports: string[]; exports: string[] } {
	const imports = world.imports.flatMap(({ name, kind, functions }) => {
		// What another component may provide is answered in a sandbox of its own. A constructor gives its handle at once.
		if (!isProvided(name))
			return functions
				.filter((fn) => !fn.name.startsWith('[constructor]'))
				.map((fn) => (kind === 'interface' ? `${changed(name)}#${changed(fn.name)}` : changed(fn.name)));
		const waiting = `${importKey(name)}#`;
		return blockingImports
			.filter((each) => each.startsWith(waiting))
			.map((each) => `${changed(name)}#${changed(each.slice(waiting.length))}`);
	});
	const exports = world.exports
		.flatMap((item) => item.functions)
		// The code for a constructor, a static function or a method is a plain function of its class: it does not parse with `await` in it.
		.filter(({ name }) => !name.startsWith('['))
		.map((fn) =>
			fn.interface === null ? exportedAs(changed(fn.name)) : `${changed(fn.interface)}#${changed(fn.name)}`,
		);
	return { imports, exports };
}

const mebibytes = (length: number): string => `${(length / 2 ** 20).toFixed(1)} MiB`;
