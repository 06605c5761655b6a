import { concatBytes } from '../core/concat-bytes';
import { BinaryReader, lebBytes, MalformedBinary } from './binary';

/** A top-level section of a module or component. */
export interface Section {
	readonly id: number;
	/** A custom section's name; null for others. */
	readonly name: string | null;
	/** What it holds; for a custom section what follows its name. */
	readonly content: Uint8Array;
	/** The whole section with its header. */
	readonly whole: Uint8Array;
}

/** Bytes of `\0asm` and the version field, which stand before the first section. */
export const preambleLength = 8;

/** Section ids of a component. */
export const componentSection = {
	coreModule: 1,
	coreInstance: 2,
	component: 4,
	instance: 5,
	alias: 6,
	type: 7,
	canon: 8,
	import: 10,
	export: 11,
};

/** The top-level sections, in order. Throws `MalformedBinary` where one reaches past the end. */
export function readSections(bytes: Uint8Array): readonly Section[] {
	const reader = new BinaryReader(bytes, preambleLength);
	const sections: Section[] = [];
	while (!reader.done) {
		const start = reader.at;
		const id = reader.byte();
		const size = reader.u32();
		if (size > reader.end - reader.at) throw new MalformedBinary('its last section is cut off');
		const inner = new BinaryReader(bytes, reader.at, reader.at + size);
		const name = id === 0 ? inner.name() : null;
		const content = inner.take(inner.end - inner.at);
		reader.at = inner.end;
		sections.push({ id, name, content, whole: bytes.subarray(start, reader.at) });
	}
	return sections;
}

/** A section (not a custom one) with its header. */
export const writeSection = (id: number, content: Uint8Array): Uint8Array =>
	concatBytes([Uint8Array.of(id), lebBytes(content.length), content]);

/** The binary with its top-level sections replaced by what `replace` gives for each: other bytes, or null for none. */
export function rewriteSections(
	bytes: Uint8Array,
	replace: (section: Section) => Uint8Array | null,
): Uint8Array<ArrayBuffer> {
	const parts = readSections(bytes).map(replace);
	return concatBytes([bytes.subarray(0, preambleLength), ...parts.filter((part) => part !== null)]);
}
