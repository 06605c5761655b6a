import { entryDescriptions } from './entry';
import { toolName } from './names';
import { inputSchemaOf, outputSchemaOf } from './schema';
import type { Tool, WitFunction, WitType } from './types';

/** MCP allows no longer name. */
const maximumName = 128;

/**
 * The tools that Wassette makes of a component's exported functions, in their order. `docs` maps a function's bare name to its
 * documentation, as the `package-docs` section of a component holds it for world-level exports.
 */
export function toolsOf(
	functions: readonly WitFunction[],
	docs: ReadonlyMap<string, string> = new Map(),
): readonly Tool[] {
	return functions.map((fn) => {
		const full = toolName(fn);
		const name = full.slice(0, maximumName);
		const outputSchema = outputSchemaOf(fn);
		const uncallable = full.length > maximumName ? tooLong(full.length) : whyUncallable(fn);
		return {
			name,
			description: fn.entry
				? entryDescriptions[fn.entry]
				: (docs.get(fn.name) ?? `Auto-generated schema for function '${name}'`),
			inputSchema: fn.entry ? { ...inputSchemaOf(fn), required: [] } : inputSchemaOf(fn),
			...(outputSchema ? { outputSchema } : {}),
			function: fn,
			...(uncallable === null ? {} : { uncallable }),
		};
	});
}

const tooLong = (length: number) =>
	`Its tool name has ${length} characters. MCP allows ${maximumName}, and Wassette refuses the whole component.`;

function whyUncallable(fn: WitFunction): string | null {
	if (fn.name.startsWith('['))
		return 'It belongs to a resource, which JSON cannot express; Wassette cannot call it either.';
	for (const { name, type } of fn.params) {
		const kind = unwritable(type);
		if (kind === null) continue;
		const what = kind === 'own' || kind === 'borrow' ? 'a resource' : `a ${kind}`;
		return `Its parameter '${name}' takes ${what}, which JSON cannot express; Wassette cannot call it either.`;
	}
	const made = fn.result && unplaceable(fn.result);
	return made
		? `It returns ${made === 'own' ? 'a resource' : `a ${made}`}, and Wassette cannot call it either.`
		: null;
}

/** The first part of a result for which Wassette has no initial value; it looks no further than the first case of a variant. */
function unplaceable(type: WitType): string | null {
	switch (type.kind) {
		case 'own':
		case 'borrow':
		case 'error-context':
			return type.kind;
		case 'tuple':
			return firstOf(type.elements, unplaceable);
		case 'record':
			return firstOf(
				type.fields.map((field) => field.type),
				unplaceable,
			);
		case 'variant':
			return firstOf([type.cases[0]?.type ?? null], unplaceable);
		default:
			return null;
	}
}

function firstOf(types: readonly (WitType | null)[], find: (type: WitType) => string | null): string | null {
	for (const each of types) {
		const found = each && find(each);
		if (found) return found;
	}
	return null;
}

/** The first part of a type that no JSON value can stand for. */
function unwritable(type: WitType): string | null {
	const first = (types: readonly (WitType | null)[]) => firstOf(types, unwritable);
	switch (type.kind) {
		case 'own':
		case 'borrow':
		case 'error-context':
			return type.kind;
		case 'future':
		case 'stream':
			return type.element && unwritable(type.element);
		case 'list':
		case 'option':
			return unwritable(type.element);
		case 'map':
			return first([type.key, type.value]);
		case 'tuple':
			return first(type.elements);
		case 'record':
			return first(type.fields.map((field) => field.type));
		case 'variant':
			return first(type.cases.map((each) => each.type));
		case 'result':
			return first([type.ok, type.err]);
		default:
			return null;
	}
}
