import { concatBytes } from '../core/concat-bytes';
import { BinaryReader, lebBytes, MalformedBinary } from './binary';
import { skipExternType, skipNameOptions } from './interface-names';
import { componentSection, rewriteSections, writeSection } from './sections';

type Rename = (name: string) => string;

/** A section that is read, and gathered anew with other names. */
interface Copy {
	readonly reader: BinaryReader;
	/** Reads a name that others refer to, and writes another. */
	readonly name: () => void;
}

const utf8 = new TextEncoder();

/**
 * The component with other names for what it and its inner components import and export: types, functions, instances. `rename` gets each name
 * whole and must give each its own; names of parameters, fields and cases stay. Throws `MalformedBinary`, also where it meets what it does not know.
 */
export const renameNames = (bytes: Uint8Array, rename: Rename): Uint8Array<ArrayBuffer> =>
	rewriteSections(bytes, ({ id, content, whole }) => {
		if (id === componentSection.component) return writeSection(id, renameNames(content, rename));
		const item = itemOf.get(id);
		return item ? writeSection(id, renamedItems(content, rename, item)) : whole;
	});

function renamedItems(content: Uint8Array, rename: Rename, item: (copy: Copy) => void): Uint8Array {
	const reader = new BinaryReader(content);
	const parts: Uint8Array[] = [];
	let kept = 0;
	const copy: Copy = {
		reader,
		name() {
			parts.push(content.subarray(kept, reader.at));
			const name = utf8.encode(rename(reader.name()));
			parts.push(lebBytes(name.length), name);
			kept = reader.at;
		},
	};
	times(copy, () => item(copy));
	if (!reader.done) throw new MalformedBinary('a section of it does not end where it should');
	return concatBytes([...parts, content.subarray(kept)]);
}

function times({ reader }: Copy, item: () => void): void {
	for (let left = reader.u32(); left > 0; left -= 1) item();
}

function externName(copy: Copy): void {
	const form = copy.reader.byte();
	copy.name();
	if (form === 2) skipNameOptions(copy.reader);
}

function sort(reader: BinaryReader): void {
	if (reader.byte() === 0) reader.byte();
}

function sortIndex(reader: BinaryReader): void {
	sort(reader);
	reader.u32();
}

function importItem(copy: Copy): void {
	externName(copy);
	skipExternType(copy.reader);
}

function exportItem(copy: Copy): void {
	externName(copy);
	sortIndex(copy.reader);
	if (copy.reader.byte() === 1) skipExternType(copy.reader);
}

function instance(copy: Copy): void {
	const { reader } = copy;
	if (reader.byte() === 0) {
		reader.u32();
		times(copy, () => {
			copy.name();
			sortIndex(reader);
		});
	} else {
		times(copy, () => {
			externName(copy);
			sortIndex(reader);
		});
	}
}

function alias(copy: Copy): void {
	const { reader } = copy;
	sort(reader);
	switch (reader.byte()) {
		case 0x00:
			reader.u32();
			copy.name();
			break;
		case 0x01:
			// An export of a core module, whose names are its own.
			reader.u32();
			reader.name();
			break;
		default:
			reader.u32();
			reader.u32();
	}
}

/** A declaration in the type of a component or of an instance. */
function declaration(copy: Copy): void {
	const { reader } = copy;
	switch (reader.byte()) {
		case 0x01:
			return type(copy);
		case 0x02:
			return alias(copy);
		case 0x03:
			return importItem(copy);
		case 0x04:
			externName(copy);
			return skipExternType(reader);
		default:
			throw new MalformedBinary('a declaration in it is of an unknown kind');
	}
}

function type(copy: Copy): void {
	const { reader } = copy;
	const value = () => void reader.s33();
	const labelled = () => {
		reader.name();
		value();
	};
	const perhaps = (item: () => void) => {
		if (reader.byte() === 1) item();
	};
	const kind = reader.byte();
	switch (kind) {
		case 0x41:
		case 0x42:
			return times(copy, () => declaration(copy));
		case 0x40:
		case 0x43:
			times(copy, labelled);
			return reader.byte() === 0 ? value() : times(copy, labelled);
		case 0x3f:
			reader.byte();
			return perhaps(() => void reader.u32());
		case 0x72:
			return times(copy, labelled);
		case 0x71:
			return times(copy, () => {
				reader.name();
				perhaps(value);
				perhaps(() => void reader.u32());
			});
		case 0x6e:
		case 0x6d:
			return times(copy, () => void reader.name());
		case 0x6f:
			return times(copy, value);
		case 0x70:
		case 0x6b:
			return value();
		case 0x69:
		case 0x68:
			return void reader.u32();
		case 0x67:
			value();
			return void reader.u32();
		case 0x6a:
			perhaps(value);
			return perhaps(value);
		case 0x66:
		case 0x65:
			return perhaps(value);
		case 0x63:
			value();
			return value();
		default:
			// A primitive type stands for itself.
			if (kind >= 0x73 && kind <= 0x7f) return;
			if (kind === 0x64) return;
			throw new MalformedBinary('a type in it is of an unknown kind');
	}
}

const itemOf: ReadonlyMap<number, (copy: Copy) => void> = new Map([
	[componentSection.instance, instance],
	[componentSection.alias, alias],
	[componentSection.type, type],
	[componentSection.import, importItem],
	[componentSection.export, exportItem],
]);
