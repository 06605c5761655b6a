import { sizesOf, pageBytes, type Bounds, type ModuleSizes } from '../../component/core-module';
import { growthMark } from '../../component/growth-mark';
import { tableLimits } from '../../component/table-limits';
import type { Limits } from '../../core/call';
import { LimitReached } from '../../host/types';
import { importTwin } from './import-twin';

// Taken before `lockDown` takes them from the realm: only here are modules instantiated.
const { instantiate, compile, Memory, Global } = WebAssembly;

/** The core modules of one call, by name, and what each may take for an instance. */
export class CoreModules {
	#bytes: ReadonlyMap<string, Uint8Array>;
	#compiled = new Map<string, Promise<WebAssembly.Module>>();
	#mostOf = new WeakMap<WebAssembly.Module, Most>();
	/** Kept for as long as these modules: the browser keeps what it made for them no longer. */
	#twins: Promise<WebAssembly.Instance>[] = [];

	constructor(modules: readonly (readonly [name: string, bytes: Uint8Array])[]) {
		this.#bytes = new Map(modules);
	}

	/** Compiles a module once. Throws where there is none of that name. */
	readonly get = (name: string): Promise<WebAssembly.Module> => {
		const bytes = this.#bytes.get(name);
		if (!bytes) throw new Error(`core module ${name} is missing`);
		let module = this.#compiled.get(name);
		if (!module) {
			const sizes = sizesOf(bytes);
			module = compile(bytes as Uint8Array<ArrayBuffer>).then((made) => {
				if (sizes.ok) this.#mostOf.set(made, mostOf(sizes.value));
				return made;
			});
			this.#compiled.set(name, module);
		}
		return module;
	};

	/** Compiles all of them ahead, and what joins them to their imports. What fails is told to who gets it. */
	compileAll(): void {
		for (const [name, bytes] of this.#bytes) {
			this.get(name).catch(() => {});
			const twin = importTwin(bytes);
			if (twin) this.#twins.push(twin);
		}
	}

	/** The most that one instance can come to hold: bytes of linear memory, elements of tables. */
	mostOf(module: WebAssembly.Module): Most {
		const most = this.#mostOf.get(module);
		if (!most) throw new Error('this core module is none of the program');
		return most;
	}
}

/** Bytes of linear memory and elements of tables. */
interface Most {
	readonly bytes: number;
	readonly elements: number;
}

const mostOf = ({ memories, tables }: ModuleSizes): Most => ({
	bytes: together(memories) * pageBytes,
	elements: together(tables),
});

const together = (all: readonly Bounds[]): number =>
	all.reduce((sum, { minimum, maximum }) => sum + (maximum ?? Math.max(minimum, 65_536)), 0);

/** Gives out and watches the linear memories and tables of one call's core instances. */
export class Memories {
	#memories = new Set<WebAssembly.Memory>();
	#marks = new Set<WebAssembly.Global>();
	#bytesLeft: number;
	#elementsLeft: number = tableLimits.together;

	constructor(
		private readonly modules: CoreModules,
		private readonly limits: Pick<Limits, 'memoryBytes'>,
		/** Where that limit is raised, in words. */
		private readonly advice = '',
	) {
		this.#bytesLeft = limits.memoryBytes;
	}

	/**
	 * Instantiates a module of the program, and notes the memories that the instance exports, and the mark of a refused growth. Where what
	 * it may come to hold does not fit beside what others may, nothing is allocated and a `LimitReached` is thrown.
	 */
	readonly instantiate = async (
		module: WebAssembly.Module,
		imports?: WebAssembly.Imports,
	): Promise<WebAssembly.Instance> => {
		const { bytes, elements } = this.modules.mostOf(module);
		if (bytes > this.#bytesLeft || elements > this.#elementsLeft) {
			throw new LimitReached(
				'memoryBytes',
				bytes > this.#bytesLeft
					? `The instances of the component may together hold more than ${this.limits.memoryBytes} bytes of memory. ${this.advice}`.trimEnd()
					: `The instances of the component may together hold more than ${tableLimits.together} table elements.`,
			);
		}
		this.#bytesLeft -= bytes;
		this.#elementsLeft -= elements;
		const instance = await instantiate(module, imports);
		for (const item of Object.values(instance.exports)) {
			if (item instanceof Memory) this.#memories.add(item);
		}
		const mark = instance.exports[growthMark];
		if (mark instanceof Global) this.#marks.add(mark);
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
