import { err, ok, type Result } from '../result';
import { fromBase64 } from '../base64';
import { camelCase } from './names';
import { debugJson } from './debug-json';
import type { Json, WitFunction, WitType } from './types';
import { integerRanges, isNestedOption, isNumeric, typedArrays, type ComponentValue } from './values';

/** The values for a call, and where they rely on something that Wassette would have refused. */
export interface Arguments {
	readonly values: readonly ComponentValue[];
	readonly notes: readonly string[];
}

type JsonObject = { readonly [key: string]: Json };

class Mismatch extends Error {}

/**
 * A function's arguments from a JSON object, in the order of its parameters; keys that name no parameter are ignored. Errors are
 * Wassette's texts. Where Wassette's schema and its runtime disagree, both forms are accepted, and a note says so.
 */
export function argumentsFromJson(
	fn: WitFunction,
	args: { readonly [name: string]: Json },
): Result<Arguments, string> {
	const notes = new Set<string>();
	const values = caught(() =>
		fn.params.map(({ name, type }) => {
			if (Object.hasOwn(args, name)) return read(type, args[name] as Json, notes);
			if (type.kind !== 'option') throw shape('object', `missing field ${name}`);
			notes.add(`Wassette wants an explicit null for the missing parameter '${name}'.`);
			return read(type, null, notes);
		}),
	);
	return values.ok ? ok({ values: values.value, notes: [...notes] }) : values;
}

/** A component value from JSON, in jco's form. Errors are Wassette's texts; what only we accept is told to `onNote`. */
export function fromJson(
	type: WitType,
	json: Json,
	onNote?: (note: string) => void,
): Result<ComponentValue, string> {
	const notes = new Set<string>();
	const value = caught(() => read(type, json, notes));
	if (value.ok) notes.forEach((note) => onNote?.(note));
	return value;
}

function caught<T>(run: () => T): Result<T, string> {
	try {
		return ok(run());
	} catch (error) {
		if (error instanceof Mismatch) return err(error.message);
		throw error;
	}
}

const shape = (expected: string, found: string) =>
	new Mismatch(`expected object shape for ${expected}, found: ${found}`);

function read(type: WitType, json: Json, notes: Set<string>): ComponentValue {
	switch (type.kind) {
		case 'bool':
			if (typeof json !== 'boolean') throw shape('bool', debugJson(json));
			return json;
		case 'u8':
		case 'u16':
		case 'u32':
		case 's8':
		case 's16':
		case 's32':
			return Number(integer(type.kind, json));
		case 'u64':
		case 's64':
			return integer(type.kind, json);
		case 'f32':
			return Math.fround(float('float32', json));
		case 'f64':
			return float('float64', json);
		case 'char':
			if (typeof json !== 'string') throw shape('char', debugJson(json));
			if (!/^.$/su.test(json) || /[\ud800-\udfff]/u.test(json)) throw new Mismatch(`invalid char: ${json}`);
			return json;
		case 'string':
			if (typeof json !== 'string') throw shape('string', debugJson(json));
			return json;
		case 'list':
			return list(type, json, notes);
		case 'map':
			return map(type, json, notes);
		case 'record': {
			const object = asObject('record', json);
			return Object.fromEntries(
				type.fields.map((field) => {
					if (!Object.hasOwn(object, field.name)) throw shape('record', `missing field ${field.name}`);
					return [camelCase(field.name), read(field.type, object[field.name] as Json, notes)];
				}),
			);
		}
		case 'tuple': {
			const items = asArray('tuple', json);
			const count = type.elements.length;
			if (items.length !== count) throw shape('tuple', `expected ${count} items, got ${items.length}`);
			return type.elements.map((element, index) => read(element, items[index] as Json, notes));
		}
		case 'variant':
			return variant(type, json, notes);
		case 'enum':
			if (typeof json !== 'string') throw shape('enum', debugJson(json));
			if (!type.cases.includes(json)) throw shape('enum', `invalid enum value: ${json}`);
			return json;
		case 'option':
			if (isNestedOption(type)) {
				return json === null ? { tag: 'none' } : { tag: 'some', val: read(type.element, json, notes) };
			}
			return json === null ? undefined : read(type.element, json, notes);
		case 'result':
			return result(type, json, notes);
		case 'flags':
			return flags(type, json, notes);
		case 'own':
		case 'borrow':
			throw new Mismatch('cannot interpret resource from JSON');
		case 'future':
			return Promise.resolve<ComponentValue>(type.element ? read(type.element, json, notes) : undefined);
		case 'stream':
			return streamPieces(type.element, json, notes);
		case 'error-context':
			throw shape('error-context', 'ErrorContext types are not supported for input');
	}
}

/** Text stands for its bytes in UTF-8, `{ "base64": … }` for any bytes; else it is a list of what comes. */
function streamPieces(element: WitType | null, json: Json, notes: Set<string>): readonly ComponentValue[] {
	if (element === null) return asArray('stream', json).map(() => undefined);
	const piece = element.kind === 'u8' ? (bytesFrom(json) ?? null) : null;
	const items = piece ?? list({ kind: 'list', element }, json, notes);
	// Numbers go in one piece, as the generated code takes them; anything else goes one by one.
	return ArrayBuffer.isView(items) ? [items] : (items as readonly ComponentValue[]);
}

function bytesFrom(json: Json): Uint8Array | null {
	if (typeof json === 'string') return new TextEncoder().encode(json);
	if (typeof json !== 'object' || json === null || !('base64' in json)) return null;
	if (typeof json.base64 !== 'string' || !/^[A-Za-z0-9+/]*={0,2}$/.test(json.base64))
		throw shape('stream', debugJson(json));
	return fromBase64(json.base64);
}

type TypeOf<K extends WitType['kind']> = Extract<WitType, { readonly kind: K }>;

function integer(kind: keyof typeof integerRanges, json: Json): bigint {
	if (typeof json !== 'number' && typeof json !== 'bigint') throw shape(kind, debugJson(json));
	const [least, most] = integerRanges[kind];
	if (typeof json === 'number' && !Number.isInteger(json)) throw notANumber(json);
	const value = BigInt(json);
	if (value < least || value > most) throw notANumber(json);
	return value;
}

const notANumber = (json: Json) => new Mismatch(`cannot interpret number as i64 or f64: ${debugJson(json)}`);

/** JSON has no words for these numbers; results write them as Rust prints them, and arguments may too. */
const floatWords: ReadonlyMap<Json, number> = new Map([
	['NaN', NaN],
	['inf', Infinity],
	['-inf', -Infinity],
]);

function float(name: string, json: Json): number {
	if (typeof json === 'number' || typeof json === 'bigint') return Number(json);
	const word = floatWords.get(json);
	if (word === undefined) throw shape(name, debugJson(json));
	return word;
}

function list(type: TypeOf<'list'>, json: Json, notes: Set<string>): ComponentValue {
	const items = asArray('list', json);
	if (type.length !== undefined && items.length !== type.length) {
		throw shape('list', `expected ${type.length} items, got ${items.length}`);
	}
	const values = items.map((item) => read(type.element, item, notes));
	const { kind } = type.element;
	return type.length === undefined && isNumeric(kind) ? typedArrays[kind].from(values as never[]) : values;
}

function map(type: TypeOf<'map'>, json: Json, notes: Set<string>): ComponentValue {
	return new Map(
		asArray('map', json).map((entry) => {
			const object = asObject('map entry', entry);
			if (!Object.hasOwn(object, 'key')) throw shape('map entry', 'missing key');
			if (!Object.hasOwn(object, 'value')) throw shape('map entry', 'missing value');
			return [read(type.key, object.key as Json, notes), read(type.value, object.value as Json, notes)];
		}),
	);
}

function variant(type: TypeOf<'variant'>, json: Json, notes: Set<string>): ComponentValue {
	const object = asObject('variant', json);
	const tag = Object.hasOwn(object, 'tag') ? object.tag : undefined;
	if (typeof tag !== 'string') throw shape('variant', 'missing tag');
	const found = type.cases.find((each) => each.name === tag);
	if (!found) throw new Mismatch(`unknown object shape: ${debugJson(object, 'map')}`);
	if (!found.type) return { tag };
	if (!Object.hasOwn(object, 'val')) throw shape('variant', 'missing val');
	return { tag, val: read(found.type, object.val as Json, notes) };
}

function result(type: TypeOf<'result'>, json: Json, notes: Set<string>): ComponentValue {
	const object = asObject('result', json);
	const tag = (['ok', 'err'] as const).find((each) => Object.hasOwn(object, each));
	if (tag === undefined) throw shape('result', debugJson(json));
	const payload = type[tag];
	const given = object[tag] as Json;
	if (payload) return { tag, val: read(payload, given, notes) };
	// Wassette's schema asks for null here and its runtime for a boolean.
	if (given === null) notes.add(`Wassette wants a boolean, not null, for an empty '${tag}'.`);
	else if (typeof given !== 'boolean') throw shape('bool', debugJson(given));
	return { tag, val: undefined };
}

function flags(type: TypeOf<'flags'>, json: Json, notes: Set<string>): ComponentValue {
	const set = new Set<Json>();
	if (Array.isArray(json)) {
		json.forEach((name: Json) => set.add(name));
	} else {
		const object = asObject('flags', json);
		for (const [name, value] of Object.entries(object)) {
			if (typeof value !== 'boolean') throw shape('flags', debugJson(json));
			if (value) set.add(name);
		}
		notes.add('Wassette wants flags as an array of names, although its schema shows an object.');
	}
	return Object.fromEntries(type.flags.map((flag) => [camelCase(flag), set.has(flag)]));
}

function asArray(expected: string, json: Json): readonly Json[] {
	if (!Array.isArray(json)) throw shape(expected, debugJson(json));
	return json as readonly Json[];
}

function asObject(expected: string, json: Json): JsonObject {
	if (json === null || typeof json !== 'object' || Array.isArray(json))
		throw shape(expected, debugJson(json));
	return json as JsonObject;
}
