import { itemAt } from '../core/item-at';
import { BinaryReader, MalformedBinary } from './binary';
import { readPackageDocs, type PackageDocs } from './package-docs';
import { componentSection, readSections, type Section } from './sections';
import { isWat } from './is-wat';
import { most } from '../core/limits';
import type { MaterialProducer } from '../core/materials/materials';
import { componentTooLargeMessage, fileTooLargeMessage } from './size-limit';
import { strippedLength } from './strip';

/** What some bytes are. Everything but a component comes with a message for people: what it is, and what to do next. */
export type Inspection =
	| { readonly kind: 'component'; readonly facts: ComponentFacts }
	| {
			readonly kind:
				| 'core module'
				| 'wit package'
				| 'empty'
				| 'html'
				| 'text'
				| 'archive'
				| 'unknown version'
				| 'truncated'
				| 'too large'
				| 'unknown';
			readonly message: string;
	  };

/** What can be told of a component without running anything. */
export interface ComponentFacts {
	readonly size: number;
	/** Bytes of the top-level sections by kind (`core modules`, `custom: producers`, …), largest first. */
	readonly sectionSizes: readonly (readonly [name: string, bytes: number])[];
	/** Core modules, those of nested components counted too. */
	readonly coreModules: number;
	/** What made it, such as `processed-by wit-component 0.200.0`. */
	readonly producers: readonly string[];
	/** The documentation that Wassette's build adds; null without it. */
	readonly packageDocs: PackageDocs | null;
}

/** Says what bytes are. Never throws, whatever they are. */
export function inspect(bytes: Uint8Array): Inspection {
	if (bytes.length === 0)
		return refusal('empty', 'This file is empty. Was the download cut off, or the build not finished?');
	if (bytes.length > most.componentFileBytes) return refusal('too large', fileTooLargeMessage(bytes.length));
	if (!startsWith(bytes, [0x00, 0x61, 0x73, 0x6d])) return notWasm(bytes);
	if (bytes.length < 8) return truncated('it ends within its header');
	const version = itemAt(bytes, 4) | (itemAt(bytes, 5) << 8);
	const layer = itemAt(bytes, 6) | (itemAt(bytes, 7) << 8);
	if (layer === 0 && version === 1) return refusal('core module', coreModuleMessage);
	if (layer !== 1 || version !== 0x0d) return unknownVersion(version, layer);
	return inspectComponent(bytes);
}

const refusal = (kind: Exclude<Inspection['kind'], 'component'>, message: string): Inspection => ({
	kind,
	message,
});

const coreModuleMessage =
	'This is a core WebAssembly module, not a component: it has no typed exports that could become tools. Wrap it with ' +
	'`wasm-tools component new`, or build for a component target (Rust: `--target wasm32-wasip2`).';

const witPackageMessage =
	'This is a WIT package: interface definitions without code. Build a component that implements them and load that one.';

const truncated = (reason: string): Inspection =>
	refusal('truncated', `This file is damaged or incomplete: ${reason}. Download or build it again.`);

function unknownVersion(version: number, layer: number): Inspection {
	const what =
		layer === 1
			? `a component in a draft of the format (version ${version}, where 13 is the current one)`
			: `a WebAssembly file of a version that is not known here (version ${version}, layer ${layer})`;
	return refusal('unknown version', `This is ${what}. Build it again with current tools.`);
}

function inspectComponent(bytes: Uint8Array): Inspection {
	try {
		const sections = readSections(bytes);
		if (isWitPackage(sections)) return refusal('wit package', witPackageMessage);
		const needed = bytes.length > most.componentBytes ? strippedLength(bytes) : bytes.length;
		if (needed > most.componentBytes) return refusal('too large', componentTooLargeMessage(needed));
		return { kind: 'component', facts: factsOf(bytes, sections) };
	} catch (error) {
		if (error instanceof MalformedBinary) return truncated(error.message);
		throw error;
	}
}

/** A WIT package has types and exports of types, and nothing that could run. */
function isWitPackage(sections: readonly Section[]): boolean {
	const typesOnly = sections.every(({ id }) => id === 0 || id === 7 || id === componentSection.export);
	return typesOnly && sections.some(({ id }) => id === componentSection.export);
}

const sectionNames = [
	...[
		'custom',
		'core modules',
		'core instances',
		'core types',
		'components',
		'instances',
		'aliases',
		'types',
	],
	...['canonical functions', 'start', 'imports', 'exports', 'values'],
];

function factsOf(bytes: Uint8Array, sections: readonly Section[]): ComponentFacts {
	const sizes = new Map<string, number>();
	for (const { id, name, whole } of sections) {
		const label = id === 0 ? `custom: ${name}` : (sectionNames[id] ?? `section ${id}`);
		sizes.set(label, (sizes.get(label) ?? 0) + whole.length);
	}
	const custom = (name: string) =>
		sections.find((section) => section.id === 0 && section.name === name)?.content;
	const docs = custom('package-docs');
	const producers = custom('producers');
	return {
		size: bytes.length,
		sectionSizes: [...sizes].sort(([, a], [, b]) => b - a),
		coreModules: countCoreModules(sections, 0),
		producers: producers ? readProducers(producers) : [],
		packageDocs: docs ? readPackageDocs(docs) : null,
	};
}

/** Components nested deeper than this are not looked into; no tool makes such. */
const maximumNesting = 16;

function countCoreModules(sections: readonly Section[], depth: number): number {
	let count = 0;
	for (const { id, content } of sections) {
		if (id === componentSection.coreModule) count += 1;
		if (id === componentSection.component && depth < maximumNesting) {
			count += countCoreModules(readSections(content), depth + 1);
		}
	}
	return count;
}

/** Entries of a `producers` section; none where it is malformed, since nothing depends on it. */
export function producersIn(content: Uint8Array): readonly MaterialProducer[] {
	const entries: MaterialProducer[] = [];
	try {
		const reader = new BinaryReader(content);
		for (let fields = reader.u32(); fields > 0; fields -= 1) {
			const field = reader.name();
			for (let values = reader.u32(); values > 0; values -= 1)
				entries.push({ field, name: reader.name(), version: reader.name() });
		}
		return entries;
	} catch (error) {
		if (error instanceof MalformedBinary) return [];
		throw error;
	}
}

/** The same in words, such as `language Rust 1.80.0`. */
export const readProducers = (content: Uint8Array): readonly string[] =>
	producersIn(content).map(({ field, name, version }) => `${field} ${name} ${version}`.trim());

const startsWith = (bytes: Uint8Array, start: readonly number[]) =>
	start.every((byte, index) => bytes[index] === byte);

function notWasm(bytes: Uint8Array): Inspection {
	if (startsWith(bytes, [0x1f, 0x8b])) return archive('gzip-compressed file');
	if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) return archive('zip archive');
	if (startsWith(bytes, [0x28, 0xb5, 0x2f, 0xfd])) return archive('zstd-compressed file');
	if (startsWith(bytes, [0x42, 0x5a, 0x68])) return archive('bzip2-compressed file');
	if (startsWith(bytes, [0xfd, 0x37, 0x7a, 0x58, 0x5a])) return archive('xz-compressed file');
	if ([0x00, 0x61, 0x73, 0x6d].slice(0, bytes.length).every((byte, index) => bytes[index] === byte)) {
		return truncated('it ends within its header');
	}
	const text = asText(bytes);
	if (text === null)
		return refusal(
			'unknown',
			'This is not a WebAssembly file. Load a component: a .wasm file that a component build made.',
		);
	if (/^\s*(<!doctype|<html|<\?xml|<head|<body)/i.test(text)) {
		return refusal(
			'html',
			'This is a web page, not a component: probably an error page, or the page about a file in place of the file. Use the link of the raw file.',
		);
	}
	if (isWat(bytes)) {
		return refusal(
			'text',
			'This is WebAssembly in its text form. Turn it into a binary first: `wasm-tools parse in.wat -o out.wasm`.',
		);
	}
	if (text.startsWith('version https://git-lfs')) {
		return refusal(
			'text',
			'This is a Git LFS pointer, not the file itself. Fetch the file with `git lfs pull`.',
		);
	}
	return refusal('text', 'This is text, not a component. Load a .wasm file that a component build made.');
}

const archive = (what: string): Inspection =>
	refusal('archive', `This is a ${what}. Unpack it and load the .wasm file inside.`);

/** The first bytes as text, or null where they are none. */
function asText(bytes: Uint8Array): string | null {
	const head = bytes.subarray(0, 1024);
	if (head.includes(0)) return null;
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
	} catch {
		return null;
	}
}
