import { ok, type Result } from '../../core/result';
import type { Json } from '../../core/wit/types';

/** What a built-in tool answers, or a failure in Wassette's words, without the `Error: `: outermost message first, then its causes. */
export type BuiltinOutcome = Result<Json, readonly string[]>;

/** What is answered, which becomes the one text of a result. */
export function answer(json: Json): BuiltinOutcome {
	return ok(json);
}
