import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type { EngineId } from '../core/policy/types';
import { traitsOf } from '../core/policy';

/**
 * An error with its causes, outermost first, in the words that a release puts before its client: the whole chain, or only the
 * outermost message.
 */
export function chain(engine: EngineId, messages: readonly string[]): string {
	return traitsOf(engine).causes ? messages.join(': ') : (messages[0] ?? '');
}

/** A failed tool call as Wassette answers it: a result whose text starts with `Error: `. */
export function failure(message: string): CallToolResult {
	return { content: [{ type: 'text', text: `Error: ${message}` }], isError: true };
}
