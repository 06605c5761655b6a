import { growthMark } from '../../component/growth-mark';

/** Watches the linear memories of one call's core instances. */
export class Memories {
	#memories = new Set<WebAssembly.Memory>();
	#marks = new Set<WebAssembly.Global>();

	/** Instantiates as `WebAssembly.instantiate` does, and notes the memories that the instance exports, and the mark of a refused growth. */
	readonly instantiate = async (
		module: WebAssembly.Module,
		imports?: WebAssembly.Imports,
	): Promise<WebAssembly.Instance> => {
		const instance = await WebAssembly.instantiate(module, imports);
		for (const item of Object.values(instance.exports)) {
			if (item instanceof WebAssembly.Memory) this.#memories.add(item);
		}
		const mark = instance.exports[growthMark];
		if (mark instanceof WebAssembly.Global) this.#marks.add(mark);
		return instance;
	};

	/** Whether one of them was to grow and was refused. */
	get refused(): boolean {
		return [...this.#marks].some(({ value }) => value === 1);
	}

	/** Bytes of all of them together, which is also the most there ever were: a linear memory cannot shrink. */
	get bytes(): number {
		let bytes = 0;
		for (const memory of this.#memories) bytes += memory.buffer.byteLength;
		return bytes;
	}
}
