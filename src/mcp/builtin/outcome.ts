import { ok, type Result } from '../../core/result';
import type { Json } from '../../core/wit/types';

/** The arguments of a built-in tool, as they came. */
export type Arguments = { readonly [name: string]: Json };

/** What a built-in tool answers, or a failure in Wassette's words, without the `Error: `: outermost message first, then its causes. */
export type Outcome = Result<Json, readonly string[]>;

/** What is answered, which becomes the one text of a result. */
export function answer(json: Json): Outcome {
	return ok(json);
}
