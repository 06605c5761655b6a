import { BinaryReader } from '../../component/binary';
import { readSections } from '../../component/sections';

const { Module, Instance } = WebAssembly;

/** Bytes of the largest: the generated code for asynchronous components joins two functions by one that calls either. */
const most = 256;
/** Types, imports, functions, exports and code. */
const allowed = new Set([1, 2, 3, 7, 10]);

/** Whether a module has functions alone, so that an instance of it holds nothing that would have to be counted. */
function holdsFunctionsAlone(bytes: Uint8Array): boolean {
	try {
		return readSections(bytes).every(
			({ id, content }) => allowed.has(id) && (id !== 2 || importsFunctions(content)),
		);
	} catch {
		return false;
	}
}

function importsFunctions(content: Uint8Array): boolean {
	const reader = new BinaryReader(content);
	for (let count = reader.u32(); count > 0; count -= 1) {
		reader.name();
		reader.name();
		if (reader.byte() !== 0) return false;
		reader.u32();
	}
	return true;
}

/**
 * Gives a realm constructors of modules and instances that take small modules of functions alone: no memory and no table can be made with
 * them, which the host makes and counts by itself.
 */
export function allowSmallModules(): void {
	const made = new WeakSet<WebAssembly.Module>();
	// Classes: a minifier makes arrows of functions that do without `this`, and those cannot be called with `new`.
	class SmallModule {
		constructor(source: unknown) {
			if (!(source instanceof Uint8Array) || source.length > most)
				throw new WebAssembly.CompileError('only small modules can be made here');
			// A copy: what is looked at is what is compiled.
			const bytes = new Uint8Array(source);
			if (!holdsFunctionsAlone(bytes))
				throw new WebAssembly.CompileError('only modules of functions can be made here');
			const module = new Module(bytes);
			made.add(module);
			return module;
		}
	}
	class SmallInstance {
		constructor(module: WebAssembly.Module, imports?: WebAssembly.Imports) {
			if (!made.has(module))
				throw new WebAssembly.LinkError('modules of the component are instantiated by the host');
			return new Instance(module, imports);
		}
	}
	const attributes = { configurable: true, writable: true };
	Object.defineProperty(WebAssembly, 'Module', { ...attributes, value: SmallModule });
	Object.defineProperty(WebAssembly, 'Instance', { ...attributes, value: SmallInstance });
}
