import { isRecord } from '../../core/is-record';
import type { Json } from '../../core/wit/types';

/** A value of a form while it is being filled in; undefined is one that nobody has given yet. */
export type Draft = Json | undefined;

export type JsonObject = { readonly [key: string]: Json };

export function isArray(value: Draft): value is readonly Json[] {
	return Array.isArray(value);
}

/** An own member of an object; undefined where it has none or is no object. */
export function memberOf(value: Draft, key: string): Draft {
	return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The object with a member set, or taken out where it is undefined. Members keep their places; what is no object is replaced by one. */
export function withMember(value: Draft, key: string, member: Draft): JsonObject {
	const before = isRecord(value) ? Object.entries(value) : [];
	if (member === undefined) return Object.fromEntries(before.filter(([name]) => name !== key));
	return Object.fromEntries(
		before.some(([name]) => name === key)
			? before.map(([name, old]) => [name, name === key ? member : old])
			: [...before, [key, member]],
	);
}

/** The list with one item set; an item that nobody has given is null, which is what JSON has for it. */
export function withItem(items: readonly Json[], index: number, item: Draft): readonly Json[] {
	return items.map((old, at) => (at === index ? (item ?? null) : old));
}

export function withoutItem(items: readonly Json[], index: number): readonly Json[] {
	return items.filter((_, at) => at !== index);
}

/** The list with an item moved to another place, which is kept within the list. */
export function withItemMoved<T>(items: readonly T[], from: number, to: number): readonly T[] {
	const moved = [...items];
	const [item] = moved.splice(from, 1);
	if (item === undefined) return items;
	moved.splice(Math.max(0, Math.min(items.length - 1, to)), 0, item);
	return moved;
}

/** Whether two values are the same JSON; a bigint is never the same as a number. Members may stand in any order. */
export function sameJson(a: Draft, b: Draft): boolean {
	if (Object.is(a, b)) return true;
	if (isArray(a) && isArray(b))
		return a.length === b.length && a.every((item, index) => sameJson(item, b[index]));
	if (!isRecord(a) || !isRecord(b)) return false;
	const keys = Object.keys(a);
	return (
		keys.length === Object.keys(b).length &&
		keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
	);
}
