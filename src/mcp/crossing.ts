import { parseJson, printJson } from '../core/json';
import type { Json } from '../core/wit/types';

/** Messages wrap what a call's own limits already bound, so these only catch what would never end. */
const limits = { length: 2 ** 28, depth: 1_024 };

/** A message as it crosses: its JSON text, and what a reader makes of that text. Throws where it is no JSON. */
export function crossing(message: unknown): { readonly text: string; readonly copy: unknown } {
	const text = printJson(withoutUndefined(message));
	const parsed = parseJson(text, limits);
	if (!parsed.ok) throw new Error(`A message could not be read back: ${parsed.error.message}`);
	return { text, copy: parsed.value };
}

/** Members that are undefined are not there, as in `JSON.stringify`. */
function withoutUndefined(value: unknown): Json {
	if (Array.isArray(value)) return value.map((item) => (item === undefined ? null : withoutUndefined(item)));
	if (typeof value !== 'object' || value === null) return value as Json;
	const copy = Object.create(null) as { [key: string]: Json };
	for (const [key, member] of Object.entries(value))
		if (member !== undefined) copy[key] = withoutUndefined(member);
	return copy;
}
