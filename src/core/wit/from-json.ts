import { itemAt } from '../item-at';
import { isRecord } from '../is-record';
import { isList } from '../is-list';
import { err, ok, type Result } from '../result';
import { readBase64 } from '../base64';
import { readHex } from '../hex';
import { camelCase } from './names';
import { debugJson, type DebugStyle } from './debug-json';
import { WholeFloat } from '../whole-float';
import type { Json, WitFunction, WitType } from './types';
import { integerRanges, isNestedOption, isNumeric, typedArrays, type ComponentValue } from './values';

/** The values for a call, and where they rely on something that Wassette would have refused. */
export interface LoweredArguments {
	readonly values: readonly ComponentValue[];
	readonly notes: readonly string[];
}

type JsonObject = { readonly [key: string]: Json };

class Mismatch extends Error {}

/** How arguments are judged. */
export interface ArgumentManners extends DebugStyle {
	/**
	 * To the letter, as a release does: a missing option, flags as an object, a word for a float and null for an empty payload are refused.
	 * Otherwise they are accepted, and a note says so. Default false.
	 */
	readonly exact?: boolean;
}

interface Reading {
	readonly notes: Set<string>;
	readonly manners: ArgumentManners;
}

/**
 * A function's arguments from a JSON object, in the order of its parameters; keys that name no parameter are ignored. Errors are
 * Wassette's texts.
 */
export function argumentsFromJson(
	fn: WitFunction,
	args: { readonly [name: string]: Json },
	manners: ArgumentManners = {},
): Result<LoweredArguments, string> {
	const notes = new Set<string>();
	const reading: Reading = { notes, manners };
	const values = caught(() =>
		fn.params.map(({ name, type }) => {
			const given = own(args, name);
			if (given !== undefined) return read(type, given, reading);
			if (type.kind !== 'option' || manners.exact) throw shape('object', `missing field ${name}`);
			notes.add(`Wassette wants an explicit null for the missing parameter '${name}'.`);
			return read(type, null, reading);
		}),
	);
	return values.ok ? ok({ values: values.value, notes: [...notes] }) : values;
}

/** A component value from JSON, in jco's form. Errors are Wassette's texts; what only we accept is told to `onNote`. */
export function fromJson(
	type: WitType,
	json: Json,
	onNote?: (note: string) => void,
	manners: ArgumentManners = {},
): Result<ComponentValue, string> {
	const notes = new Set<string>();
	const value = caught(() => read(type, json, { notes, manners }));
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

/** A value as an error text quotes it. */
const quoted = (json: Json, { manners }: Reading) => debugJson(json, 'value', manners);

function read(type: WitType, json: Json, reading: Reading): ComponentValue {
	switch (type.kind) {
		case 'bool':
			if (typeof json !== 'boolean') throw shape('bool', quoted(json, reading));
			return json;
		case 'u8':
		case 'u16':
		case 'u32':
		case 's8':
		case 's16':
		case 's32':
			return Number(integer(type.kind, json, reading));
		case 'u64':
		case 's64':
			return integer(type.kind, json, reading);
		case 'f32':
			return Math.fround(float('float32', json, reading));
		case 'f64':
			return float('float64', json, reading);
		case 'char':
			if (typeof json !== 'string') throw shape('char', quoted(json, reading));
			if (!/^.$/su.test(json) || /[\ud800-\udfff]/u.test(json)) throw new Mismatch(`invalid char: ${json}`);
			return json;
		case 'string':
			if (typeof json !== 'string') throw shape('string', quoted(json, reading));
			return json;
		case 'list':
			return list(type, json, reading);
		case 'map':
			return map(type, json, reading);
		case 'record': {
			const object = asObject('record', json, reading);
			return Object.fromEntries(
				type.fields.map((field) => {
					const value = own(object, field.name);
					if (value === undefined) throw shape('record', `missing field ${field.name}`);
					return [camelCase(field.name), read(field.type, value, reading)];
				}),
			);
		}
		case 'tuple': {
			const items = asArray('tuple', json, reading);
			const count = type.elements.length;
			if (items.length !== count) throw shape('tuple', `expected ${count} items, got ${items.length}`);
			return type.elements.map((element, index) => read(element, itemAt(items, index), reading));
		}
		case 'variant':
			return variant(type, json, reading);
		case 'enum':
			if (typeof json !== 'string') throw shape('enum', quoted(json, reading));
			if (!type.cases.includes(json)) throw shape('enum', `invalid enum value: ${json}`);
			return json;
		case 'option':
			if (isNestedOption(type)) {
				return json === null ? { tag: 'none' } : { tag: 'some', val: read(type.element, json, reading) };
			}
			return json === null ? undefined : read(type.element, json, reading);
		case 'result':
			return result(type, json, reading);
		case 'flags':
			return flags(type, json, reading);
		case 'own':
		case 'borrow':
			throw new Mismatch('cannot interpret resource from JSON');
		case 'future':
			return Promise.resolve<ComponentValue>(type.element ? read(type.element, json, reading) : undefined);
		case 'stream':
			return streamPieces(type.element, json, reading);
		case 'error-context':
			throw shape('error-context', 'ErrorContext types are not supported for input');
	}
}

/** Text stands for its bytes in UTF-8, `{ "hex": … }` and `{ "base64": … }` for any bytes; else it is a list of what comes. */
function streamPieces(element: WitType | null, json: Json, reading: Reading): readonly ComponentValue[] {
	if (element === null) return asArray('stream', json, reading).map(() => undefined);
	const piece = element.kind === 'u8' ? (bytesFrom(json) ?? null) : null;
	const items = piece ?? list({ kind: 'list', element }, json, reading);
	// Numbers go in one piece, as the generated code takes them; anything else goes one by one.
	return ArrayBuffer.isView(items) ? [items] : (items as readonly ComponentValue[]);
}

function bytesFrom(json: Json): Uint8Array | null {
	if (typeof json === 'string') return new TextEncoder().encode(json);
	if (!isRecord(json)) return null;
	const { hex, base64 } = json;
	const bytes =
		typeof hex === 'string' ? readHex(hex) : typeof base64 === 'string' ? readBase64(base64) : null;
	if (bytes === null) throw shape('stream', debugJson(json));
	return bytes;
}

type TypeOf<K extends WitType['kind']> = Extract<WitType, { readonly kind: K }>;

function integer(kind: keyof typeof integerRanges, json: Json, reading: Reading): bigint {
	if (json instanceof WholeFloat) throw notANumber(json, reading);
	if (typeof json !== 'number' && typeof json !== 'bigint') throw shape(kind, quoted(json, reading));
	const [least, most] = integerRanges[kind];
	if (typeof json === 'number' && (!Number.isInteger(json) || (Object.is(json, -0) && reading.manners.exact)))
		throw notANumber(json, reading);
	const value = BigInt(json);
	if (value < least || value > most) throw notANumber(json, reading);
	return value;
}

const notANumber = (json: Json, reading: Reading) =>
	new Mismatch(`cannot interpret number as i64 or f64: ${quoted(json, reading)}`);

/** JSON has no words for these numbers; results write them as Rust prints them. */
const floatWords: ReadonlyMap<Json, number> = new Map([
	['NaN', NaN],
	['inf', Infinity],
	['-inf', -Infinity],
]);

function float(name: string, json: Json, reading: Reading): number {
	if (json instanceof WholeFloat) return json.value;
	if (typeof json === 'number' || typeof json === 'bigint') return Number(json);
	const word = reading.manners.exact ? undefined : floatWords.get(json);
	if (word === undefined) throw shape(name, quoted(json, reading));
	return word;
}

function list(type: TypeOf<'list'>, json: Json, reading: Reading): ComponentValue {
	const items = asArray('list', json, reading);
	if (type.length !== undefined && items.length !== type.length) {
		throw shape('list', `expected ${type.length} items, got ${items.length}`);
	}
	const values = items.map((item) => read(type.element, item, reading));
	const { kind } = type.element;
	return type.length === undefined && isNumeric(kind) ? typedArrays[kind].from(values as never[]) : values;
}

function map(type: TypeOf<'map'>, json: Json, reading: Reading): ComponentValue {
	return new Map(
		asArray('map', json, reading).map((entry) => {
			const object = asObject('map entry', entry, reading);
			const [key, value] = [own(object, 'key'), own(object, 'value')];
			if (key === undefined) throw shape('map entry', 'missing key');
			if (value === undefined) throw shape('map entry', 'missing value');
			return [read(type.key, key, reading), read(type.value, value, reading)];
		}),
	);
}

function variant(type: TypeOf<'variant'>, json: Json, reading: Reading): ComponentValue {
	const object = asObject('variant', json, reading);
	const tag = own(object, 'tag');
	if (typeof tag !== 'string') throw shape('variant', 'missing tag');
	const found = type.cases.find((each) => each.name === tag);
	if (!found) throw new Mismatch(`unknown object shape: ${debugJson(object, 'map', reading.manners)}`);
	if (!found.type) return { tag };
	const payload = own(object, 'val');
	if (payload === undefined) throw shape('variant', 'missing val');
	return { tag, val: read(found.type, payload, reading) };
}

function result(type: TypeOf<'result'>, json: Json, reading: Reading): ComponentValue {
	const object = asObject('result', json, reading);
	const tag = (['ok', 'err'] as const).find((each) => Object.hasOwn(object, each));
	if (tag === undefined) throw shape('result', quoted(json, reading));
	const payload = type[tag];
	const given = object[tag] ?? null;
	if (payload) return { tag, val: read(payload, given, reading) };
	// Wassette's schema asks for null here and its runtime for a boolean.
	if (reading.manners.exact) {
		if (typeof given !== 'boolean') throw shape('bool', quoted(given, reading));
		throw new Mismatch(`payload provided to \`${tag}\` but not expected`);
	}
	if (given === null) reading.notes.add(`Wassette wants a boolean, not null, for an empty '${tag}'.`);
	else if (typeof given !== 'boolean') throw shape('bool', quoted(given, reading));
	return { tag, val: undefined };
}

function flags(type: TypeOf<'flags'>, json: Json, reading: Reading): ComponentValue {
	const set = new Set<Json>();
	if (isList(json)) {
		json.forEach((name) => set.add(name));
	} else {
		if (reading.manners.exact) throw shape('flags', quoted(json, reading));
		const object = asObject('flags', json, reading);
		for (const [name, value] of Object.entries(object)) {
			if (typeof value !== 'boolean') throw shape('flags', quoted(json, reading));
			if (value) set.add(name);
		}
		reading.notes.add('Wassette wants flags as an array of names, although its schema shows an object.');
	}
	return Object.fromEntries(type.flags.map((flag) => [camelCase(flag), set.has(flag)]));
}

/** What an object holds itself: a name of a prototype's is none of its fields. */
const own = (object: JsonObject, name: string): Json | undefined =>
	Object.hasOwn(object, name) ? object[name] : undefined;

function asArray(expected: string, json: Json, reading: Reading): readonly Json[] {
	if (!isList(json)) throw shape(expected, quoted(json, reading));
	return json;
}

function asObject(expected: string, json: Json, reading: Reading): JsonObject {
	if (!isRecord(json) || json instanceof WholeFloat) throw shape(expected, quoted(json, reading));
	return json;
}
