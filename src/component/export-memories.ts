import { concatBytes } from '../core/concat-bytes';
import { BinaryReader, lebBytes } from './binary';
import { readSections, writeSection, preambleLength, type Section } from './sections';

const id = { import: 2, memory: 5, export: 7 };
const kind = { memory: 2 };

/**
 * The module with each memory that it defines exported, under a name of our own, so that whoever instantiates it can see how large they
 * are: a guest may well have memories that it shows nobody. Throws `MalformedBinary`.
 */
export function exportMemories(bytes: Uint8Array, importedMemories: number): Uint8Array {
	const sections = readSections(bytes);
	const memories = sections.find((section) => section.id === id.memory);
	const defined = memories ? new BinaryReader(memories.content).u32() : 0;
	if (defined === 0) return bytes;
	const items = Array.from({ length: defined }, (_, index) => {
		const name = new TextEncoder().encode(`${exportedMemory} ${index}`);
		return concatBytes([
			lebBytes(name.length),
			name,
			Uint8Array.of(kind.memory),
			lebBytes(importedMemories + index),
		]);
	});
	const before = sections.find((section) => section.id === id.export);
	const grown = writeSection(id.export, appended(before, items));
	const parts: Uint8Array[] = [bytes.subarray(0, preambleLength)];
	let placed = before !== undefined;
	for (const section of sections) {
		if (!placed && section.id > id.export && section.id !== tagSection) {
			parts.push(grown);
			placed = true;
		}
		parts.push(section === before ? grown : section.whole);
	}
	if (!placed) parts.push(grown);
	return concatBytes(parts);
}

/** What the names of the added exports begin with. */
const exportedMemory = 'tapedeck memory';
/** Its number is high, but it stands before exports. */
const tagSection = 13;

function appended(section: Section | undefined, items: readonly Uint8Array[]): Uint8Array {
	if (!section) return concatBytes([lebBytes(items.length), ...items]);
	const reader = new BinaryReader(section.content);
	const count = reader.u32();
	return concatBytes([lebBytes(count + items.length), section.content.subarray(reader.at), ...items]);
}
