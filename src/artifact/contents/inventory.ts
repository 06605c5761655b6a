import { isList } from '../../core/is-list';
import { most } from '../../core/limits';
import type { Inventory, MaterialFacts, Material, ModuleMaterials } from '../../core/materials/materials';
import { readDepList } from '../../core/materials/read-dep-list';
import { shortText } from '../../core/materials/short-text';
import { isRecord } from '../../core/is-record';
import { ok, type Result } from '../../core/result';
import { BinaryReader, MalformedBinary } from '../../component/binary';
import { inflate } from '../inflate';
import { producersIn } from '../../component/inspect';
import { componentSection, readSections, type Section } from '../../component/sections';

/** Components nested deeper than this are not looked into; no tool makes such. */
const maximumNesting = 16;

/** Sections in which current tools keep one fact each, as UTF-8 (wasm-metadata). */
const factSections = [
	...['authors', 'description', 'licenses', 'source', 'homepage', 'revision', 'version'],
] as const;

/** A module or component within the component, with where it stands. */
interface Part {
	readonly place: string;
	readonly sections: readonly Section[] | null;
}

/**
 * What a component and each module in it say of what they are made of: the list that cargo-auditable leaves (`.dep-v0`), producers, and the
 * sections that registries read. Those that say nothing are left out. Never throws, whatever the bytes are.
 */
export async function inventoryOf(bytes: Uint8Array): Promise<Inventory> {
	const { parts, unread } = partsOf(bytes);
	const modules: ModuleMaterials[] = [];
	for (const part of parts) {
		const said = await materialsOf(part);
		if (saysSomething(said)) modules.push(said);
	}
	return { modules, unread };
}

const saysSomething = ({ materials, producers, facts, problems }: ModuleMaterials): boolean =>
	[materials, producers, problems, Object.keys(facts)].some((each) => each.length > 0);

function partsOf(bytes: Uint8Array): { readonly parts: readonly Part[]; readonly unread: number } {
	const parts: Part[] = [];
	let [cores, components, unread] = [0, 0, 0];
	function add(content: Uint8Array, place: string, depth: number): void {
		if (parts.length >= most.materialModules) return void unread++;
		const sections = sectionsOf(content);
		parts.push({ place, sections });
		if (content[6] !== 1 || depth >= maximumNesting) return;
		for (const { id, content: inner } of sections ?? []) {
			if (id === componentSection.coreModule) add(inner, `core module ${++cores}`, depth + 1);
			if (id === componentSection.component) add(inner, `nested component ${++components}`, depth + 1);
		}
	}
	add(bytes, 'component', 0);
	return { parts, unread };
}

function sectionsOf(content: Uint8Array): readonly Section[] | null {
	try {
		return readSections(content);
	} catch (error) {
		if (error instanceof MalformedBinary) return null;
		throw error;
	}
}

async function materialsOf({ place, sections }: Part): Promise<ModuleMaterials> {
	const problems = sections ? [] : ['Its sections cannot be read.'];
	const custom = (name: string) =>
		sections?.find((section) => section.id === 0 && section.name === name)?.content;
	const packed = custom('.dep-v0');
	const list = packed ? await readPacked(packed) : ok([]);
	if (!list.ok) problems.push(list.error);
	const producers = custom('producers');
	return {
		place,
		name: nameIn(custom(sections && place.startsWith('core') ? 'name' : 'component-name')),
		materials: list.ok ? list.value : [],
		producers: producers ? producersIn(producers) : [],
		facts: factsIn(custom),
		problems,
	};
}

async function readPacked(packed: Uint8Array): Promise<Result<readonly Material[], string>> {
	const tooMuch = (what: string, bytes: number) =>
		({
			ok: false,
			error: `Its list of packages is ${what} more than ${bytes / 2 ** 20} MiB, and was not read.`,
		}) as const;
	if (packed.length > most.materialsPacked) return tooMuch('', most.materialsPacked);
	const text = await inflate(packed, 'deflate', most.materialsText);
	if (!text.ok)
		return text.error === 'too large'
			? tooMuch('unpacked', most.materialsText)
			: { ok: false, error: 'Its list of packages is damaged: it cannot be unpacked.' };
	return readDepList(new TextDecoder().decode(text.value));
}

function factsIn(custom: (name: string) => Uint8Array | undefined): MaterialFacts {
	const plain = factSections.flatMap((name) => {
		const text = shortText(textIn(custom(name)));
		return text === null ? [] : [[name, text] as const];
	});
	return { ...registryMetadata(textIn(custom('registry-metadata'))), ...Object.fromEntries(plain) };
}

/** The JSON in which tools kept the same before they had a section for each fact. */
function registryMetadata(text: string | null): MaterialFacts {
	if (text === null) return {};
	let read: unknown;
	try {
		read = JSON.parse(text);
	} catch {
		return {};
	}
	if (!isRecord(read)) return {};
	const authors = isList(read['authors']) ? read['authors'].flatMap((each) => shortText(each) ?? []) : [];
	const description = shortText(read['description']);
	const licenses = shortText(read['license']);
	return {
		...(authors.length > 0 && { authors: authors.join(', ').slice(0, most.description) }),
		...(description !== null && { description }),
		...(licenses !== null && { licenses }),
	};
}

function textIn(content: Uint8Array | undefined): string | null {
	if (!content || content.length > most.materialsPacked) return null;
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(content);
	} catch {
		return null;
	}
}

/** The name of a module or component: subsection 0 of its name section. */
function nameIn(content: Uint8Array | undefined): string | null {
	if (!content) return null;
	try {
		const reader = new BinaryReader(content);
		if (reader.byte() !== 0) return null;
		reader.u32();
		return shortText(reader.name());
	} catch (error) {
		if (error instanceof MalformedBinary) return null;
		throw error;
	}
}
