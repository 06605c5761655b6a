import { isList } from '../is-list';
import { isRecord } from '../is-record';
import type { JsonSchema } from '../wit/types';
import { isPosition, pointerNames, pointerTo } from './pointer';

/** The schema of what a pointer points at in values of a schema; null where no value of it has anything there. */
export function schemaAtPointer(schema: JsonSchema, pointer: string): JsonSchema | null {
	let at: JsonSchema | null = schema;
	for (const name of pointerNames(pointer) ?? ['']) at = at && memberSchema(at, name);
	return pointerNames(pointer) ? at : null;
}

function memberSchema(schema: JsonSchema, name: string): JsonSchema | null {
	const choices = alternatives(schema);
	if (choices) {
		const found = choices.flatMap((choice): JsonSchema[] => {
			const member = memberSchema(choice, name);
			return member ? [member] : [];
		});
		return found.length > 1 ? { anyOf: found } : (found[0] ?? null);
	}
	const properties = asSchema(schema['properties']);
	if (Object.hasOwn(properties, name)) return asSchema(properties[name]);
	if (!isPosition(name)) return null;
	const prefix = schema['prefixItems'];
	if (isList(prefix)) {
		const item = prefix[Number(name)];
		if (item !== undefined) return asSchema(item);
		if (schema['maxItems'] === prefix.length) return null;
	}
	const { items } = schema as { readonly items?: unknown };
	return isRecord(items) ? asSchema(items) : null;
}

/** What a schema says that a value is one of; null where it says no such thing. */
export function alternatives(schema: JsonSchema): readonly JsonSchema[] | null {
	const choices = schema['oneOf'] ?? schema['anyOf'];
	return isList(choices) ? choices.map(asSchema) : null;
}

export const asSchema = (value: unknown): JsonSchema => (isRecord(value) ? value : {});

/** A place in the values of a schema. */
export interface TakePlace {
	readonly pointer: string;
	readonly schema: JsonSchema;
}

/** Places that are offered at most, and how deep they lie. */
const mostPlaces = 200;
const mostDepth = 6;

/**
 * Places to take a value from, the whole first. Of a WIT `result`, whose err ends a flow, only what lies in its ok; of a list, its first
 * item stands for all.
 */
export function placesIn(schema: JsonSchema): readonly TakePlace[] {
	const places = new Map<string, TakePlace>();
	const visit = (pointer: string, at: JsonSchema, depth: number) => {
		if (places.size >= mostPlaces || depth > mostDepth) return;
		places.set(pointer, { pointer, schema: schemaAtPointer(schema, pointer) ?? at });
		for (const part of alternatives(at) ?? [at]) {
			const { properties, prefixItems, items } = part;
			const names = isRecord(properties) ? Object.keys(properties) : [];
			if (depth === 0 && alternatives(at) && names.join() === 'err') continue;
			for (const name of names)
				visit(pointerTo(pointer, name), asSchema((properties as JsonSchema)[name]), depth + 1);
			if (isList(prefixItems))
				prefixItems.forEach((item, index) =>
					visit(pointerTo(pointer, String(index)), asSchema(item), depth + 1),
				);
			else if (isRecord(items)) visit(pointerTo(pointer, '0'), asSchema(items), depth + 1);
		}
	};
	visit('', schema, 0);
	return [...places.values()];
}

/** The schema of a tool's result itself; null where it gives none. */
export const resultSchema = ({ outputSchema }: { readonly outputSchema?: JsonSchema }): JsonSchema | null =>
	outputSchema === undefined ? null : (schemaAtPointer(outputSchema, '/result') ?? outputSchema);
