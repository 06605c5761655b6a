import { isList } from '../is-list';
import { isRecord } from '../is-record';
import { toBase64 } from '../base64';
import { camelCase } from './names';
import type { Json, WitFunction, WitType } from './types';
import { integerRanges, isNestedOption } from './values';

/** The result of a call as JSON, and whether it is a WIT `err`. */
export interface ResultJson {
	readonly json: Json;
	readonly isErr: boolean;
}

/**
 * What a call of jco's function returned, as Wassette's JSON; null without a result. jco returns the payload of a `result`, or all of
 * it as `{ tag, val }`: both are read. Throws `TypeError` where the value is not of the function's type.
 */
export function returnedToJson(fn: WitFunction, value: unknown): ResultJson {
	if (!fn.result) return { json: null, isErr: false };
	if (fn.result.kind !== 'result') return { json: toJson(fn.result, value), isErr: false };
	const whole = isTagged(value) && !mayBeTagged(fn.result.ok) ? value : { tag: 'ok', val: value };
	return { json: toJson(fn.result, whole), isErr: whole.tag === 'err' };
}

/** What a call of jco's function threw, as Wassette's JSON of a WIT `err`; null where it is none, but a trap. */
export function thrownToJson(fn: WitFunction, error: unknown): ResultJson | null {
	if (fn.result?.kind !== 'result') return null;
	if (!(error instanceof Error) || !('payload' in error)) return null;
	return { json: toJson(fn.result, { tag: 'err', val: error.payload }), isErr: true };
}

/** What a call of jco's function gave, with a `result` always as `{ tag, val }`. Throws what is no `err`, but a trap. */
export async function taggedResult(fn: WitFunction, call: () => unknown): Promise<unknown> {
	try {
		const value = await call();
		if (fn.result?.kind !== 'result') return value;
		return isTagged(value) && !mayBeTagged(fn.result.ok) ? value : { tag: 'ok', val: value };
	} catch (error) {
		if (fn.result?.kind !== 'result' || !(error instanceof Error) || !('payload' in error)) throw error;
		return { tag: 'err', val: error.payload };
	}
}

const isTagged = (value: unknown): value is { readonly tag: 'ok' | 'err' } =>
	isRecord(value) && (value.tag === 'ok' || value.tag === 'err');

/** A payload of this type may itself look like a tagged result. */
const mayBeTagged = (type: WitType | null): boolean =>
	type !== null &&
	(type.kind === 'result' ||
		(type.kind === 'variant' && type.cases.some(({ name }) => name === 'ok' || name === 'err')) ||
		(type.kind === 'record' && type.fields.some(({ name }) => name === 'tag')) ||
		(type.kind === 'option' && mayBeTagged(type.element)));

/** A component value in jco's form as Wassette's JSON. Throws `TypeError` where the value is not of the type. */
export function toJson(type: WitType, value: unknown): Json {
	switch (type.kind) {
		case 'bool':
			return expect(typeof value === 'boolean' && value, value === false || value === true, type);
		case 'u8':
		case 'u16':
		case 'u32':
		case 's8':
		case 's16':
		case 's32':
		case 'u64':
		case 's64':
			return integer(type.kind, value);
		case 'f32':
		case 'f64':
			if (typeof value !== 'number') throw mismatch(type);
			return Number.isFinite(value) ? value : Number.isNaN(value) ? 'NaN' : value > 0 ? 'inf' : '-inf';
		case 'char':
		case 'string':
			if (typeof value !== 'string') throw mismatch(type);
			return value;
		case 'list':
			return items(type, value).map((item) => toJson(type.element, item));
		case 'map':
			if (!(value instanceof Map)) throw mismatch(type);
			return [...value].map(([key, item]) => ({
				key: toJson(type.key, key),
				value: toJson(type.value, item),
			}));
		case 'record': {
			const object = fields(type, value);
			return Object.fromEntries(
				type.fields.map((field) => [field.name, toJson(field.type, object[camelCase(field.name)])]),
			);
		}
		case 'tuple': {
			const parts = items(type, value);
			if (parts.length !== type.elements.length) throw mismatch(type);
			return type.elements.map((element, index) => toJson(element, parts[index]));
		}
		case 'variant': {
			const { tag, val } = fields(type, value);
			const found = type.cases.find((each) => each.name === tag);
			if (!found) throw mismatch(type);
			return found.type ? { tag: found.name, val: toJson(found.type, val) } : { tag: found.name };
		}
		case 'enum':
			if (typeof value !== 'string' || !type.cases.includes(value)) throw mismatch(type);
			return value;
		case 'option': {
			if (!isNestedOption(type)) return value == null ? null : toJson(type.element, value);
			const { tag, val } = fields(type, value);
			return tag === 'none' ? null : toJson(type.element, val);
		}
		case 'result': {
			const { tag, val } = fields(type, value);
			if (tag !== 'ok' && tag !== 'err') throw mismatch(type);
			const payload = type[tag];
			return { [tag]: payload ? toJson(payload, val) : null };
		}
		case 'flags': {
			const object = fields(type, value);
			return type.flags.filter((flag) => object[camelCase(flag)] === true);
		}
		case 'own':
		case 'borrow':
			return `resource: ${type.resource}`;
		case 'future':
			return type.element ? toJson(type.element, value) : null;
		case 'stream':
			if (type.element?.kind === 'u8') return bytesToJson(value);
			return items(type, value).map((item) => (type.element ? toJson(type.element, item) : null));
		case 'error-context':
			return 'error context';
	}
}

/** The bytes of a stream as text, where they are UTF-8. */
function bytesToJson(value: unknown): Json {
	const bytes = value instanceof Uint8Array ? value : Uint8Array.from(value as Iterable<number>);
	try {
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		return { base64: toBase64(bytes) };
	}
}

const mismatch = (type: WitType) => new TypeError(`the component's result is not a valid ${type.kind}`);

function expect<T>(value: T, fits: boolean, type: WitType): T {
	if (!fits) throw mismatch(type);
	return value;
}

function fields(type: WitType, value: unknown): { readonly [key: string]: unknown } {
	if (!isRecord(value)) throw mismatch(type);
	return value;
}

function items(type: WitType, value: unknown): readonly unknown[] {
	if (isList(value)) return value;
	if (ArrayBuffer.isView(value) && !(value instanceof DataView))
		return [...(value as unknown as Iterable<unknown>)];
	throw mismatch(type);
}

function integer(kind: keyof typeof integerRanges, value: unknown): Json {
	const whole = typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value));
	if (!whole) throw mismatch({ kind });
	const exact = BigInt(value);
	const [least, most] = integerRanges[kind];
	if (exact < least || exact > most) throw mismatch({ kind });
	const double = Number(exact);
	return Number.isSafeInteger(double) ? double : exact;
}
