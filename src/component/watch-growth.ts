import { keptFor } from '../core/kept-for';
import { concatBytes } from '../core/concat-bytes';
import { BinaryReader, lebBytes, MalformedBinary } from './binary';
import { growthMark } from './growth-mark';
import { skipInstruction, UnknownInstruction } from './instructions';
import { preambleLength, readSections, writeSection, type Section } from './sections';

const id = {
	type: 1,
	import: 2,
	function: 3,
	global: 6,
	export: 7,
	start: 8,
	element: 9,
	code: 10,
	dataCount: 12,
};
const memoryGrow = 0x40;
const call = 0x10;

/**
 * The module with each `memory.grow` of its first memory made through one function, which marks in an exported global that a growth was
 * refused (`growthMark`): nothing else tells from outside. The guest hears the same as before. A module that never grows its memory, or
 * that cannot be rewritten so, is returned as it is.
 */
export function watchGrowth(bytes: Uint8Array): Uint8Array {
	try {
		return watched(bytes) ?? bytes;
	} catch (error) {
		// What is malformed is for whoever compiles it to refuse.
		if (error instanceof MalformedBinary || error instanceof UnknownInstruction) return bytes;
		throw error;
	}
}

function watched(bytes: Uint8Array): Uint8Array | null {
	const sections = readSections(bytes).filter(({ id }) => id !== 0);
	const custom = readSections(bytes).filter(({ id }) => id === 0);
	const find = (wanted: number) => sections.find((section) => section.id === wanted);
	const code = find(id.code);
	const types = find(id.type);
	const functions = find(id.function);
	if (!code || !types || !functions || exportsMark(find(id.export))) return null;

	const imported = importedOf(find(id.import));
	const grower = imported.functions + countOf(functions);
	const mark = imported.globals + countOf(find(id.global));
	const bodies = bodiesOf(code);
	let changed = false;
	const rewritten = bodies.map((body) => {
		const calling = growingThrough(grower, body);
		changed ||= calling !== body;
		return calling;
	});
	if (!changed) return null;

	const added = new Map<number, Uint8Array>([
		// (func (param i32) (result i32))
		[id.type, Uint8Array.of(0x60, 1, 0x7f, 1, 0x7f)],
		[id.function, lebBytes(countOf(types))],
		// (global (mut i32) (i32.const 0))
		[id.global, Uint8Array.of(0x7f, 1, 0x41, 0, 0x0b)],
		[id.export, concatBytes([named(growthMark), Uint8Array.of(3), lebBytes(mark)])],
	]);
	const parts: Uint8Array[] = [bytes.subarray(0, preambleLength)];
	const pending = [...added.keys()];
	for (const section of sections) {
		for (
			let next = pending[0];
			next !== undefined && orderOf(next) < orderOf(section.id);
			next = pending[0]
		) {
			pending.shift();
			parts.push(grown(next, undefined, keptFor(added, next)));
		}
		if (section.id === pending[0]) {
			pending.shift();
			parts.push(grown(section.id, section, keptFor(added, section.id)));
		} else if (section.id === id.code) {
			const all = [...rewritten, growerBody(mark)];
			const content = all.flatMap((body) => [lebBytes(body.length), body]);
			parts.push(writeSection(id.code, concatBytes([lebBytes(all.length), ...content])));
		} else parts.push(section.whole);
	}
	// Names of functions, for traces, may stand anywhere.
	return concatBytes([...parts, ...custom.map(({ whole }) => whole)]);
}

/** Where a section stands among the others: they are numbered in that order, save one. */
const orderOf = (section: number) =>
	section === id.dataCount ? id.element + 0.5 : section === 13 ? 5.5 : section;

/** A section with one more item; a section of its own where there was none. */
function grown(section: number, before: Section | undefined, item: Uint8Array): Uint8Array {
	if (!before) return writeSection(section, concatBytes([lebBytes(1), item]));
	const reader = new BinaryReader(before.content);
	const count = reader.u32();
	return writeSection(section, concatBytes([lebBytes(count + 1), before.content.subarray(reader.at), item]));
}

/** Grows by its argument and returns what that gives; sets the mark where it was refused. */
function growerBody(mark: number): Uint8Array {
	return concatBytes([
		Uint8Array.of(0, 0x20, 0, memoryGrow, 0, 0x22, 0, 0x41, 0x7f, 0x46, 0x04, 0x40, 0x41, 1, 0x24),
		lebBytes(mark),
		Uint8Array.of(0x0b, 0x20, 0, 0x0b),
	]);
}

/** The body of a function with a call of another in the place of each growth; the same array where there is none. */
function growingThrough(grower: number, body: Uint8Array): Uint8Array {
	// Most bodies are done with here: nothing in them could be the instruction.
	if (!mayGrow(body)) return body;
	const reader = new BinaryReader(body);
	for (let groups = reader.u32(); groups > 0; groups -= 1) {
		reader.u32();
		reader.byte();
	}
	const parts: Uint8Array[] = [];
	let copied = 0;
	while (!reader.done) {
		const start = reader.at;
		const isGrowth = reader.peek() === memoryGrow && body[start + 1] === 0;
		skipInstruction(reader);
		if (!isGrowth) continue;
		parts.push(body.subarray(copied, start), Uint8Array.of(call), lebBytes(grower));
		copied = reader.at;
	}
	return copied === 0 ? body : concatBytes([...parts, body.subarray(copied)]);
}

function mayGrow(body: Uint8Array): boolean {
	for (let at = body.indexOf(memoryGrow); at >= 0; at = body.indexOf(memoryGrow, at + 1))
		if (body[at + 1] === 0) return true;
	return false;
}

function bodiesOf({ content }: Section): readonly Uint8Array[] {
	const reader = new BinaryReader(content);
	const bodies: Uint8Array[] = [];
	for (let count = reader.u32(); count > 0; count -= 1) bodies.push(reader.take(reader.u32()));
	return bodies;
}

const countOf = (section: Section | undefined): number =>
	section ? new BinaryReader(section.content).u32() : 0;

function importedOf(section: Section | undefined): { readonly functions: number; readonly globals: number } {
	const found = { functions: 0, globals: 0 };
	if (!section) return found;
	const reader = new BinaryReader(section.content);
	for (let count = reader.u32(); count > 0; count -= 1) {
		reader.take(reader.u32());
		reader.take(reader.u32());
		switch (reader.byte()) {
			case 0:
				reader.u32();
				found.functions += 1;
				break;
			case 1:
				reader.byte();
				skipLimits(reader);
				break;
			case 2:
				skipLimits(reader);
				break;
			case 3:
				reader.byte();
				reader.byte();
				found.globals += 1;
				break;
			default:
				throw new UnknownInstruction();
		}
	}
	return found;
}

function skipLimits(reader: BinaryReader): void {
	const flags = reader.byte();
	reader.u32();
	if (flags & 1) reader.u32();
}

function exportsMark(section: Section | undefined): boolean {
	if (!section) return false;
	const reader = new BinaryReader(section.content);
	for (let count = reader.u32(); count > 0; count -= 1) {
		if (reader.name() === growthMark) return true;
		reader.byte();
		reader.u32();
	}
	return false;
}

const named = (name: string): Uint8Array =>
	concatBytes([lebBytes(name.length), new TextEncoder().encode(name)]);
