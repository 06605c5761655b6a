import { concatBytes } from '../core/concat-bytes';
import { BinaryReader, lebBytes } from './binary';
import { componentSection, readSections, rewriteSections, writeSection } from './sections';

/** An interface's name with its package: `ns:package/name@version`. */
const qualified = /^([a-z][a-z0-9-]*(?::[a-z][a-z0-9-]*)+)\/([a-zA-Z][a-zA-Z0-9-]*)(@[0-9A-Za-z.+-]+)?$/;

const utf8 = new TextEncoder();

export interface RenamedComponent {
	readonly bytes: Uint8Array<ArrayBuffer>;
	/** Turns the WIT printed of `bytes` into WIT with the true names, each package's interfaces in a block of their own. */
	readonly restore: (wit: string) => string;
	/** Where a byte of `bytes` stands in the component; of an import or export that was renamed, where its section begins. */
	readonly offsetBefore: (offset: number) => number;
}

/**
 * The component with every interface that it imports or exports moved into the package of its own world. The printer of WIT shows one
 * package only; this way it shows them all. Throws `MalformedBinary`.
 */
export function gatherInterfaces(bytes: Uint8Array): RenamedComponent {
	const prefix = freePrefix(bytes);
	const numbers = new Map<string, number>();
	const renamed = (name: string): string => {
		if (!qualified.test(name)) return name;
		const number = numbers.get(name) ?? numbers.size;
		numbers.set(name, number);
		return `root:component/${prefix}${number}`;
	};
	const rewritten = rewriteSections(bytes, ({ id, content, whole }) => {
		if (id === componentSection.import) return writeSection(id, mapImports(content, renamed));
		if (id === componentSection.export) return writeSection(id, mapExports(content, renamed));
		return whole;
	});
	return {
		bytes: rewritten,
		restore: (wit) => restore(wit, prefix, [...numbers.keys()]),
		offsetBefore: (offset) => offsetIn(bytes, rewritten, offset),
	};
}

/** The offset in a component of what stands at `offset` in one with the same sections, some of which were rewritten. */
function offsetIn(bytes: Uint8Array, rewritten: Uint8Array, offset: number): number {
	const before = readSections(bytes);
	for (const [index, { whole }] of readSections(rewritten).entries()) {
		const start = whole.byteOffset - rewritten.byteOffset;
		const same = before[index]?.whole;
		if (!same || offset >= start + whole.length) continue;
		const inside = same.length === whole.length ? offset - start : 0;
		return same.byteOffset - bytes.byteOffset + inside;
	}
	return offset;
}

/** Names of what the component imports and exports at its top level. Throws `MalformedBinary`. */
export function externNames(bytes: Uint8Array): {
	readonly imports: readonly string[];
	readonly exports: readonly string[];
} {
	const imports: string[] = [];
	const exports: string[] = [];
	const into = (names: string[]) => (name: string) => {
		names.push(name);
		return name;
	};
	for (const { id, content } of readSections(bytes)) {
		if (id === componentSection.import) mapImports(content, into(imports));
		if (id === componentSection.export) mapExports(content, into(exports));
	}
	return { imports, exports };
}

/** The component with other plain names for what it exports: functions, and interfaces without a package. Throws `MalformedBinary`. */
export const renameExports = (bytes: Uint8Array, map: (name: string) => string): Uint8Array<ArrayBuffer> =>
	rewriteSections(bytes, ({ id, content, whole }) =>
		id === componentSection.export
			? writeSection(
					id,
					mapExports(content, (name) => (plain.test(name) ? map(name) : name)),
				)
			: whole,
	);

const plain = /^[A-Za-z][A-Za-z0-9-]*$/;

/** Names of what the component wants whole: core modules and components, which jco 0.15 cannot be given. Throws `MalformedBinary`. */
export function wholeImports(bytes: Uint8Array): readonly string[] {
	const names: string[] = [];
	for (const { id, content } of readSections(bytes)) {
		if (id !== componentSection.import) continue;
		let last = '';
		mapItems(
			content,
			(name) => (last = name),
			(reader) => {
				const kind = content[reader.at];
				if (kind === externKind.coreModule || kind === externKind.component) names.push(last);
				skipExternType(reader);
			},
		);
	}
	return names;
}

const externKind = { coreModule: 0x00, component: 0x04 };

/** A prefix for names that the component itself does not use. */
function freePrefix(bytes: Uint8Array): string {
	const text = new TextDecoder('latin1').decode(bytes);
	let prefix = 'interface-';
	while (text.includes(prefix)) prefix = `x${prefix}`;
	return prefix;
}

type MapName = (name: string) => string;

function mapImports(content: Uint8Array, map: MapName): Uint8Array {
	return mapItems(content, map, skipExternType);
}

function mapExports(content: Uint8Array, map: MapName): Uint8Array {
	return mapItems(content, map, (reader) => {
		if (reader.byte() === 0) reader.byte();
		reader.u32();
		if (reader.byte() === 1) skipExternType(reader);
	});
}

function mapItems(content: Uint8Array, map: MapName, skip: (reader: BinaryReader) => void): Uint8Array {
	const reader = new BinaryReader(content);
	const count = reader.u32();
	const parts: Uint8Array[] = [lebBytes(count)];
	for (let index = 0; index < count; index += 1) {
		const form = reader.byte();
		const name = utf8.encode(map(reader.name()));
		const start = reader.at;
		if (form === 2) skipNameOptions(reader);
		skip(reader);
		parts.push(Uint8Array.of(form), lebBytes(name.length), name, content.subarray(start, reader.at));
	}
	return concatBytes(parts);
}

/** What may follow a name: a suffix of its version, or the interface it implements. */
export function skipNameOptions(reader: BinaryReader): void {
	for (let options = reader.u32(); options > 0; options -= 1) {
		reader.byte();
		reader.name();
	}
}

/** Steps over what an import or export is of. */
export function skipExternType(reader: BinaryReader): void {
	switch (reader.byte()) {
		case 0x00:
			reader.byte();
			reader.u32();
			break;
		case 0x02:
			if (reader.byte() === 0) reader.u32();
			else reader.s33();
			break;
		case 0x03:
			if (reader.byte() === 0) reader.u32();
			break;
		default:
			reader.u32();
	}
}

function restore(wit: string, prefix: string, names: readonly string[]): string {
	const token = new RegExp(`(?<![A-Za-z0-9-])${prefix}([0-9]+)(?![A-Za-z0-9-])`, 'g');
	const trueName = (text: string) =>
		text.replace(token, (whole, number: string) => names[Number(number)] ?? whole);
	const packages = new Map<string, string[]>();
	const own: string[] = [];
	// The printer starts every top-level definition in the first column and ends it with a brace there.
	for (const block of wit.split(/\n(?=\S)(?!\})/)) {
		const number = new RegExp(`^interface ${prefix}([0-9]+) \\{`).exec(block)?.[1];
		const parts = qualified.exec(names[Number(number ?? NaN)] ?? '');
		if (!parts) {
			own.push(trueName(block.trimEnd()));
			continue;
		}
		const [, owner, name, version] = parts;
		const body = trueName(block.trimEnd().replace(/^interface \S+/, `interface ${name}`));
		const key = `${owner}${version ?? ''}`;
		packages.set(key, [...(packages.get(key) ?? []), body]);
	}
	const nested = [...packages].map(
		([name, bodies]) => `package ${name} {\n${bodies.join('\n\n').replace(/^(?=.)/gm, '  ')}\n}`,
	);
	return `${[...own, ...nested].join('\n\n')}\n`;
}
