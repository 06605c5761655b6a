import { most } from '../core/limits';
import { err, ok, type Result } from '../core/result';
import { blockingImports } from '../core/wasi';
import { exportedAs } from '../core/wit/names';
import type { WitWorld } from '../core/wit/parse-wit';
import { checkModule } from './core-module';
import { importKey } from './external-names';
import { renameExports } from './interface-names';
import { liftBools } from './lift-bools';
import { limitModules } from './limit-program';
import type { Program } from './program';
import { quickenStreams } from './quicken-streams';
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
	const functions = new Set(world.exports.filter(({ kind }) => kind === 'function').map(({ name }) => name));
	const generated = tools.generate(
		renameExports(bytes, (name) => (functions.has(name) ? exportedAs(name) : name.toLowerCase())),
		{
			name: 'component',
			noTypescript: true,
			noNodejsCompat: true,
			instantiation: { tag: 'async' },
			base64Cutoff: 0,
			map: world.imports
				.filter(({ kind }) => kind === 'interface')
				.map(({ name }) => [name, importKey(name)]),
			asyncMode: mode === 'jspi' ? { tag: 'jspi', val: suspending(world) } : { tag: 'sync' },
		},
	);
	const script = generated.files.find(([name]) => name.endsWith('.js'))?.[1];
	if (!script) return err('The transpiler gave no code for this component.');
	if (script.length > most.generatedCode) {
		return err(
			`The code generated for this component has ${mebibytes(script.length)}, and the limit is ${most.generatedCode / 2 ** 20} MiB. Every type and function that it imports and exports adds to it: leave out interfaces that it does not use.`,
		);
	}
	const modules = generated.files.filter(([name]) => name.endsWith('.wasm'));
	if (modules.length > maximumCoreModules) {
		return err(
			`This component holds ${modules.length} core modules, and the limit is ${maximumCoreModules}.`,
		);
	}
	for (const [, module] of modules) {
		const checked = checkModule(module);
		if (!checked.ok) return err(`This component cannot be run here: ${checked.error}.`);
	}
	const { source } = quickenStreams(liftBools(new TextDecoder().decode(script)));
	const limited = limitModules({ modules, source }, ceilingBytes);
	if (!limited.ok) return limited;
	return ok({
		source,
		modules: limited.value,
		imports: generated.imports,
		mode,
	});
}

/** The imports that may wait and the exports that may be waited for, as jco names them. */
function suspending(world: WitWorld): { imports: string[]; exports: string[] } {
	const imports = world.imports.flatMap(({ name }) => {
		const waiting = `${importKey(name)}#`;
		return blockingImports
			.filter((each) => each.startsWith(waiting))
			.map((each) => `${name}#${each.slice(waiting.length)}`);
	});
	const exports = world.exports
		.flatMap((item) => item.functions)
		// The code for a constructor, a static function or a method is a plain function of its class: it does not parse with `await` in it.
		.filter(({ name }) => !name.startsWith('['))
		.map((fn) => (fn.interface === null ? exportedAs(fn.name) : `${fn.interface}#${fn.name}`));
	return { imports, exports };
}

const mebibytes = (length: number): string => `${(length / 2 ** 20).toFixed(1)} MiB`;
