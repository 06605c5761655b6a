import { BinaryReader, lebBytes } from '../../component/binary';
import { preambleLength, readSections, writeSection } from '../../component/sections';
import { concatBytes } from '../../core/concat-bytes';

// Taken before `lockDown` takes them from the realm.
const { instantiate } = WebAssembly;
const { Suspending } = WebAssembly as unknown as {
	Suspending?: new (run: (...given: unknown[]) => unknown) => () => void;
};

const section = { type: 1, import: 2 };
const functionKind = 0;
/** The name of every module that a twin imports from; within it, those of its two ways. */
const from = Uint8Array.of(0);
const ways = { bound: Uint8Array.of(1, 98), suspending: Uint8Array.of(1, 115) };

/**
 * Has the engine make what joins a module to functions of JavaScript, ahead of its instance: V8 compiles a piece for each type of function,
 * for all of its instances together, as long as one of them is there. It is made for another module, of the same types and nothing else,
 * which imports functions of ours that nothing calls; of the module itself nothing is instantiated. Null where it imports no functions.
 */
export function importTwin(module: Uint8Array): Promise<WebAssembly.Instance> | null {
	const twin = twinOf(module);
	if (!twin) return null;
	const nothing = () => {};
	const made = instantiate(twin, {
		'': { b: nothing.bind(null), ...(Suspending && { s: new Suspending((...given: unknown[]) => given) }) },
	}).then(({ instance }) => instance);
	// Without it the engine makes them with the instance.
	made.catch(() => {});
	return made;
}

function twinOf(module: Uint8Array): Uint8Array<ArrayBuffer> | null {
	try {
		const sections = readSections(module);
		const types = sections.find(({ id }) => id === section.type);
		const imports = sections.find(({ id }) => id === section.import);
		const used = imports ? typesIn(imports.content) : [];
		if (!types || used.length === 0) return null;
		const kinds = Suspending ? [ways.bound, ways.suspending] : [ways.bound];
		const entries = used.flatMap((type) =>
			kinds.map((way) => concatBytes([from, way, Uint8Array.of(functionKind), lebBytes(type)])),
		);
		return concatBytes([
			module.subarray(0, preambleLength),
			types.whole,
			writeSection(section.import, concatBytes([lebBytes(entries.length), ...entries])),
		]);
	} catch {
		// What is wrong with it is told to who instantiates it.
		return null;
	}
}

/** The types of the functions that are imported, each once. */
function typesIn(content: Uint8Array): readonly number[] {
	const reader = new BinaryReader(content);
	const types = new Set<number>();
	for (let count = reader.u32(); count > 0; count -= 1) {
		reader.take(reader.u32());
		reader.take(reader.u32());
		const kind = reader.byte();
		if (kind === functionKind) types.add(reader.u32());
		else skip(reader, kind);
	}
	return [...types];
}

/** Steps over a table, a memory or a global. */
function skip(reader: BinaryReader, kind: number): void {
	if (kind === 3) {
		reader.take(2);
		return;
	}
	if (kind === 1) reader.byte();
	const hasMaximum = (reader.byte() & 1) === 1;
	reader.u32();
	if (hasMaximum) reader.u32();
}
