import { parseJson, type JsonLimits } from './json';
import type { Json } from './wit/types';
import { WholeFloat } from './whole-float';

/**
 * JSON as it was written, beside what it means: the same value, with a `WholeFloat` for each whole number that has a fraction or an exponent.
 * A release refuses those where an integer is wanted, and a number in JavaScript does not know how it was written.
 */
const written = new WeakMap<object, Json>();

/**
 * Looks for such numbers in a text that `value` was read from, and keeps the value as it was written where there are any. `part` says which
 * part of what the text says the value is; default all of it.
 */
export function keepWritten(
	text: string,
	value: object,
	limits: JsonLimits = {},
	part: (whole: Json) => unknown = (whole) => whole,
): void {
	if (!/\d(?:\.\d|[eE])/.test(text)) return;
	const parsed = parseJson(text, { ...limits, wholeFloats: true });
	const found = parsed.ok ? (part(parsed.value) as Json | undefined) : undefined;
	if (found !== undefined && holdsWholeFloat(found)) written.set(value, found);
}

/** A value as it was written; undefined where that is no other than the value itself. */
export const writtenOf = (value: unknown): Json | undefined =>
	typeof value === 'object' && value !== null ? written.get(value) : undefined;

function holdsWholeFloat(json: Json): boolean {
	if (json instanceof WholeFloat) return true;
	return typeof json === 'object' && json !== null && Object.values(json).some(holdsWholeFloat);
}
