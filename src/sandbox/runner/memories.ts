/** Counts the linear memories of one call's core instances. */
export class Memories {
	#memories = new Set<WebAssembly.Memory>();

	/** Instantiates as `WebAssembly.instantiate` does, and notes the memories that the instance exports. */
	readonly instantiate = async (
		module: WebAssembly.Module,
		imports?: WebAssembly.Imports,
	): Promise<WebAssembly.Instance> => {
		const instance = await WebAssembly.instantiate(module, imports);
		for (const item of Object.values(instance.exports)) {
			if (item instanceof WebAssembly.Memory) this.#memories.add(item);
		}
		return instance;
	};

	/** Bytes of all of them together, which is also the most there ever were: a linear memory cannot shrink. */
	get bytes(): number {
		let bytes = 0;
		for (const memory of this.#memories) bytes += memory.buffer.byteLength;
		return bytes;
	}
}
