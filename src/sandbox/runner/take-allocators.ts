import { sizesOf } from '../../component/core-module';

/**
 * Takes from the realm what makes linear memories and tables: instances of a program's modules have them, and those are made by the host
 * alone, which counts what they may hold. Generated code makes small modules of its own, to pass calls on; such a one may have neither.
 */
export function takeAllocators(): void {
	const { Module, Instance } = WebAssembly;
	const empty = new WeakSet<WebAssembly.Module>();

	function EmptyModule(source: ArrayBuffer | ArrayBufferView): WebAssembly.Module {
		// A copy: what was looked at must be what is compiled.
		const bytes = ArrayBuffer.isView(source)
			? new Uint8Array(source.buffer, source.byteOffset, source.byteLength).slice()
			: new Uint8Array(source).slice();
		const sizes = sizesOf(bytes);
		if (!sizes.ok || sizes.value.memories.length > 0 || sizes.value.tables.length > 0)
			throw new TypeError('a module made here has no memory and no table');
		const module = new Module(bytes as Uint8Array<ArrayBuffer>);
		empty.add(module);
		return module;
	}

	function InstanceOfEmpty(module: WebAssembly.Module, imports?: WebAssembly.Imports): WebAssembly.Instance {
		if (!empty.has(module)) throw new TypeError('the modules of a program are instantiated by the host');
		return new Instance(module, imports);
	}

	for (const key of ['instantiate', 'instantiateStreaming', 'compile', 'compileStreaming'])
		Reflect.deleteProperty(WebAssembly, key);
	for (const key of ['Module', 'Instance', 'Memory', 'Table'] as const) {
		Reflect.deleteProperty(WebAssembly[key].prototype, 'constructor');
		Reflect.deleteProperty(WebAssembly, key);
	}
	EmptyModule.prototype = Module.prototype;
	InstanceOfEmpty.prototype = Instance.prototype;
	Object.assign(WebAssembly, { Module: EmptyModule, Instance: InstanceOfEmpty });
}
