import { err, ok, type Result } from '../core/result';
import { concatBytes } from '../core/concat-bytes';
import { BinaryReader, lebBytes, MalformedBinary } from './binary';
import { readSections, rewriteSections, writeSection } from './sections';

/** Upper bounds written into a core module. */
export interface ModuleLimits {
	/** Of 64 KiB, for each memory that the module defines. */
	readonly memoryPages: number;
	/** For each table that the module defines. */
	readonly tableElements: number;
}

export const pageBytes = 65_536;

const section = { type: 1, import: 2, table: 4, memory: 5, export: 7, tag: 13 };

/**
 * The module with the maximum of each memory and table lowered to the limits; imported ones are limited where they are defined. The
 * error says which minimum is over its limit, or that the module is malformed.
 */
export function limitModule(
	bytes: Uint8Array,
	limits: ModuleLimits,
): Result<Uint8Array<ArrayBuffer>, string> {
	return caught(() =>
		rewriteSections(bytes, ({ id, content, whole }) => {
			if (id === section.memory) return writeSection(id, limitMemories(content, limits.memoryPages));
			if (id === section.table) return writeSection(id, limitTables(content, limits.tableElements));
			return whole;
		}),
	);
}

/** What a module asks for: the bounds of each memory (of 64 KiB pages) and each table (of elements) that it defines. */
export interface ModuleSizes {
	readonly memories: readonly Bounds[];
	readonly tables: readonly Bounds[];
	/** Memories that it imports, which come before its own in their numbering. */
	readonly importedMemories: number;
}

/** Reads what a module asks for. */
export function sizesOf(bytes: Uint8Array): Result<ModuleSizes, string> {
	return caught(() => {
		const memories: Bounds[] = [];
		const tables: Bounds[] = [];
		let importedMemories = 0;
		for (const { id, content } of readSections(bytes)) {
			const reader = new BinaryReader(content);
			if (id === section.memory) eachItem(reader, () => memories.push(readLimits(reader, 'memory')));
			if (id === section.table) eachItem(reader, () => tables.push(readTable(reader)));
			if (id === section.import)
				eachItem(reader, () => {
					if (readImport(reader) === importKind.memory) importedMemories += 1;
				});
		}
		return { memories, tables, importedMemories };
	});
}

/**
 * Refuses what a sandbox cannot bound or what could break out of generated code: garbage-collected types, typed references, tags,
 * 64-bit and shared memories, and import or export names that are more than plain printable ASCII.
 */
export function checkModule(bytes: Uint8Array): Result<void, string> {
	return caught(() => {
		for (const { id, content } of readSections(bytes)) {
			const reader = new BinaryReader(content);
			if (id === section.tag) throw new Refused('it uses exceptions (tags), which are not supported here');
			if (id === section.type) eachItem(reader, checkType);
			if (id === section.import) eachItem(reader, readImport);
			if (id === section.export) eachItem(reader, checkExport);
			if (id === section.memory) eachItem(reader, () => readLimits(reader, 'memory'));
			if (id === section.table) eachItem(reader, () => readTable(reader));
		}
	});
}

class Refused extends Error {}

function caught<T>(run: () => T): Result<T, string> {
	try {
		return ok(run());
	} catch (error) {
		if (error instanceof Refused) return err(error.message);
		if (error instanceof MalformedBinary) return err(`a core module in it is malformed: ${error.message}`);
		throw error;
	}
}

function eachItem(reader: BinaryReader, check: (reader: BinaryReader) => unknown): void {
	for (let count = reader.u32(); count > 0; count -= 1) check(reader);
}

const functionForm = 0x60;

function checkType(reader: BinaryReader): void {
	if (reader.byte() !== functionForm) {
		throw new Refused('it uses types for garbage collection, whose memory cannot be bounded here');
	}
	eachItem(reader, checkValueType);
	eachItem(reader, checkValueType);
}

/** i32, i64, f32, f64, v128, funcref, externref. */
const plainValueTypes = new Set([0x7f, 0x7e, 0x7d, 0x7c, 0x7b, 0x70, 0x6f]);

function checkValueType(reader: BinaryReader): void {
	if (!plainValueTypes.has(reader.byte()))
		throw new Refused('it uses typed references, which are not supported here');
}

const importKind = { function: 0, table: 1, memory: 2, global: 3 };

/** Steps over an import and gives its kind. */
function readImport(reader: BinaryReader): number {
	checkName(reader.name());
	checkName(reader.name());
	const kind = reader.byte();
	if (kind === importKind.function) reader.u32();
	else if (kind === importKind.table) readTable(reader);
	else if (kind === importKind.memory) readLimits(reader, 'memory');
	else if (kind === importKind.global) {
		checkValueType(reader);
		reader.byte();
	} else throw new Refused('it uses exceptions (tags), which are not supported here');
	return kind;
}

function checkExport(reader: BinaryReader): void {
	checkName(reader.name());
	reader.byte();
	reader.u32();
}

function checkName(name: string): void {
	if (!/^[\x20-\x7e]*$/.test(name) || /["'`\\]/.test(name)) {
		throw new Refused('a name inside it holds characters that generated code must not contain');
	}
}

/** A minimum, and a maximum where there is one. */
export interface Bounds {
	readonly minimum: number;
	readonly maximum: number | null;
}

const hasMaximum = 0x01;

function readLimits(reader: BinaryReader, what: 'memory' | 'table'): Bounds {
	const flags = reader.byte();
	if (flags & 0x02) throw new Refused(`it uses a shared ${what}, which is not supported here`);
	if (flags & 0x04) throw new Refused(`it uses a 64-bit ${what}, which is not supported here`);
	if (flags & ~0x07) throw new Refused(`it uses a ${what} of a kind that is not supported here`);
	return { minimum: reader.u32(), maximum: flags & hasMaximum ? reader.u32() : null };
}

function readTable(reader: BinaryReader): Bounds & { readonly element: number } {
	const element = reader.byte();
	if (element !== 0x70 && element !== 0x6f)
		throw new Refused('it uses typed references, which are not supported here');
	return { element, ...readLimits(reader, 'table') };
}

function limitMemories(content: Uint8Array, most: number): Uint8Array {
	const reader = new BinaryReader(content);
	const count = reader.u32();
	const parts = [lebBytes(count)];
	for (let index = 0; index < count; index += 1) {
		const bounds = readLimits(reader, 'memory');
		if (bounds.minimum > most) {
			throw new Refused(
				`it needs ${mebibytes(bounds.minimum)} of memory to start, and the limit is ${mebibytes(most)}`,
			);
		}
		parts.push(writeLimits(bounds, most));
	}
	return concatBytes(parts);
}

function limitTables(content: Uint8Array, most: number): Uint8Array {
	const reader = new BinaryReader(content);
	const count = reader.u32();
	const parts = [lebBytes(count)];
	for (let index = 0; index < count; index += 1) {
		const { element, ...bounds } = readTable(reader);
		if (bounds.minimum > most)
			throw new Refused(`it needs a table of ${bounds.minimum} elements, and the limit is ${most}`);
		parts.push(Uint8Array.of(element), writeLimits(bounds, most));
	}
	return concatBytes(parts);
}

const writeLimits = ({ minimum, maximum }: Bounds, most: number): Uint8Array =>
	concatBytes([Uint8Array.of(hasMaximum), lebBytes(minimum), lebBytes(Math.min(maximum ?? most, most))]);

const mebibytes = (pages: number): string => `${Number(((pages * pageBytes) / 2 ** 20).toFixed(2))} MiB`;
