import { checkAgainst, type SchemaCheck } from '../core/schema-check';
import type { JsonSchema } from '../core/wit/types';

/** Whether structured content is what the tool's output schema promises. */
export type OutputCheck = { readonly status: 'none' } | SchemaCheck;

/**
 * Checks structured content against an output schema. A tool that promises a schema and sends no structured content is invalid, save
 * where its result is an error. A schema that cannot be used leaves the content unchecked.
 */
export function checkOutput(
	schema: JsonSchema | undefined,
	result: { readonly structuredContent?: unknown; readonly isError?: boolean },
): OutputCheck {
	if (schema === undefined || (result.isError && result.structuredContent === undefined))
		return { status: 'none' };
	if (result.structuredContent === undefined)
		return {
			status: 'invalid',
			problems: ['The tool promises structured content, and this result has none.'],
		};
	return checkAgainst(schema, result.structuredContent);
}
