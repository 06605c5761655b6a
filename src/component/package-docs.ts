import { isRecord } from '../core/is-record';
import { parseJson } from '../core/json';
import type { Json } from '../core/wit/types';

/** Documentation from a `package-docs` section, by names as in WIT. */
export interface PackageDocs {
	/** World-level exports by function name: what Wassette shows as a tool's description. */
	readonly functions: ReadonlyMap<string, string>;
	/** Functions of interfaces, as `interface#function`: Wassette does not look here. */
	readonly interfaceFunctions: ReadonlyMap<string, string>;
}

const maximumLength = 4 * 2 ** 20;

/** Reads the content of a `package-docs` section: a version byte, then JSON. Null where it cannot be read. */
export function readPackageDocs(content: Uint8Array): PackageDocs | null {
	const parsed = parseJson(new TextDecoder().decode(content.subarray(1)), { length: maximumLength });
	if (!parsed.ok || !isRecord(parsed.value)) return null;
	const functions = new Map<string, string>();
	for (const [, world] of entriesOf(parsed.value, 'worlds')) {
		for (const [name, docs] of docsIn(world, 'func_exports')) {
			// The first world that documents a function counts.
			if (!functions.has(name)) functions.set(name, docs);
		}
	}
	const interfaceFunctions = new Map<string, string>();
	for (const [owner, definition] of entriesOf(parsed.value, 'interfaces')) {
		for (const [name, docs] of docsIn(definition, 'funcs')) interfaceFunctions.set(`${owner}#${name}`, docs);
	}
	return { functions, interfaceFunctions };
}

function docsIn(owner: Json, key: string): readonly (readonly [string, string])[] {
	return entriesOf(owner, key).flatMap(([name, item]) =>
		isRecord(item) && Object.hasOwn(item, 'docs') && typeof item.docs === 'string'
			? [[name, item.docs] as const]
			: [],
	);
}

function entriesOf(owner: Json, key: string): readonly (readonly [string, Json])[] {
	if (!isRecord(owner) || !Object.hasOwn(owner, key)) return [];
	const value = owner[key];
	return isRecord(value) ? Object.entries(value) : [];
}
