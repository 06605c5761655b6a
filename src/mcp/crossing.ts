import { parseJson, printJson } from '../core/json';
import type { Json } from '../core/wit/types';

/** Messages wrap what a call's own limits already bound, so these only catch what would never end. */
const limits = { length: 2 ** 28, depth: 1_024 };

/** A message as it crosses: its JSON text. Members that are undefined are not there. */
export const crossingText = (message: unknown): string => printJson(message as Json);

/** What a reader makes of such a text. Throws where it is no JSON. */
export function crossingCopy(text: string): unknown {
	const parsed = parseJson(text, limits);
	if (!parsed.ok) throw new Error(`A message could not be read back: ${parsed.error.message}`);
	return parsed.value;
}
