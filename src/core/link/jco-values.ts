import { itemAt } from '../item-at';
import { camelCase } from '../wit/names';
import type { WitType } from '../wit/types';
import { isNestedOption, isNumeric, typedArrays } from '../wit/values';
import { CrossingError } from './check-crossing';
import type { CrossValue, CrossHandle } from './crossing';

type ResourceType = Extract<WitType, { kind: 'own' | 'borrow' }>;

interface Tagged {
	readonly tag?: unknown;
	readonly val?: unknown;
}

/** A value as jco's generated code has it, on its way out; `give` makes a handle of a resource. */
export function toCrossing(
	type: WitType,
	value: unknown,
	give: (type: ResourceType, resource: unknown) => CrossHandle,
): CrossValue {
	const inner = (type: WitType, value: unknown) => toCrossing(type, value, give);
	const field = (name: string) => (value as { readonly [key: string]: unknown } | null)?.[name];
	const { tag, val } = (value ?? {}) as Tagged;
	switch (type.kind) {
		case 'list':
			if (type.element.kind === 'u8') return Uint8Array.from(value as Iterable<number>);
			return Array.from(value as Iterable<unknown>, (item) => inner(type.element, item));
		case 'map':
			return Array.from(value as Iterable<readonly [unknown, unknown]>, ([key, entry]) => [
				inner(type.key, key),
				inner(type.value, entry),
			]);
		case 'tuple':
			return type.elements.map((element, index) => inner(element, (value as readonly unknown[])[index]));
		case 'record':
			return type.fields.map(({ name, type }) => inner(type, field(camelCase(name))));
		case 'flags':
			return type.flags.map((name) => Boolean(field(camelCase(name))));
		case 'option':
			if (isNestedOption(type)) return tag === 'some' ? [inner(type.element, val)] : [];
			return value === undefined || value === null ? [] : [inner(type.element, value)];
		case 'variant': {
			const payload = type.cases.find(({ name }) => name === tag)?.type;
			return [tag as string, ...(payload ? [inner(payload, val)] : [])];
		}
		case 'result': {
			const payload = tag === 'ok' ? type.ok : type.err;
			return [tag === 'ok' ? 0 : 1, ...(payload ? [inner(payload, val)] : [])];
		}
		case 'own':
		case 'borrow':
			return [...give(type, value)];
		case 'future':
		case 'stream':
		case 'error-context':
			throw new CrossingError(`a ${type.kind} cannot cross`);
		default:
			return value as CrossValue;
	}
}

/** The way back: a value of its type as jco's generated code takes it; `take` makes a resource of a handle. */
export function fromCrossing(
	type: WitType,
	value: CrossValue,
	take: (type: ResourceType, handle: CrossHandle) => unknown,
): unknown {
	const inner = (type: WitType, value: CrossValue) => fromCrossing(type, value, take);
	const items = value as readonly CrossValue[];
	switch (type.kind) {
		case 'list': {
			const { kind } = type.element;
			if (kind === 'u8') return value;
			const list = items.map((item) => inner(type.element, item));
			return isNumeric(kind) ? typedArrays[kind].from(list as never[]) : list;
		}
		case 'map':
			return new Map(
				(items as readonly (readonly [CrossValue, CrossValue])[]).map(([key, entry]) => [
					inner(type.key, key),
					inner(type.value, entry),
				]),
			);
		case 'tuple':
			return type.elements.map((element, index) => inner(element, itemAt(items, index)));
		case 'record':
			return Object.fromEntries(
				type.fields.map(({ name, type }, index) => [camelCase(name), inner(type, itemAt(items, index))]),
			);
		case 'flags':
			return Object.fromEntries(type.flags.map((name, index) => [camelCase(name), items[index]]));
		case 'option': {
			const [item] = items;
			if (isNestedOption(type))
				return item === undefined ? { tag: 'none' } : { tag: 'some', val: inner(type.element, item) };
			return item === undefined ? undefined : inner(type.element, item);
		}
		case 'variant': {
			const [tag, payload] = items;
			const found = type.cases.find(({ name }) => name === tag);
			return { tag, val: found?.type ? inner(found.type, payload!) : undefined };
		}
		case 'result': {
			const [side, payload] = items;
			const payloadType = side === 0 ? type.ok : type.err;
			return { tag: side === 0 ? 'ok' : 'err', val: payloadType ? inner(payloadType, payload!) : undefined };
		}
		case 'own':
		case 'borrow':
			return take(type, items as unknown as CrossHandle);
		default:
			return value;
	}
}
