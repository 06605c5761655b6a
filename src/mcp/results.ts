import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type { CallOutcome } from '../core/call';
import type { EngineId } from '../core/policy/types';
import type { Json, JsonSchema, Tool, WitType } from '../core/wit/types';
import { failure } from './failure';
import { mannersOf } from './releases';
import { resultText } from './result-text';

/** A tool as a release lists it over MCP. The oldest one gives the bare schema of the result as output schema. */
export function listed(tool: Tool, engine: EngineId) {
	const { name, description, inputSchema } = tool;
	const outputSchema = mannersOf(engine).structured ? tool.outputSchema : bareSchema(tool.outputSchema);
	return outputSchema === undefined
		? { name, description, inputSchema }
		: { name, description, inputSchema, outputSchema };
}

function bareSchema(schema: JsonSchema | undefined): JsonSchema | undefined {
	const properties = schema?.['properties'] as { readonly result?: JsonSchema } | undefined;
	return properties?.result;
}

/**
 * How a call ended, as a release answers it. `denial` is the text that takes the place of a trap's own. A WIT `err` is a result like
 * any other.
 */
export function callResult(
	outcome: CallOutcome,
	tool: Tool | null,
	engine: EngineId,
	denial: string | null,
): CallToolResult {
	switch (outcome.status) {
		case 'returned':
			return mannersOf(engine).structured
				? structuredResult(outcome.json, tool)
				: { content: [{ type: 'text', text: resultText(outcome.json, typeOf(tool)) }] };
		case 'trapped':
			return failure(denial ?? outcome.message);
		case 'exited':
			return failure(denial ?? `Exited with i32 exit status ${outcome.code}`);
		case 'limited':
		case 'failed':
			return failure(outcome.message);
		case 'stopped':
			return failure('The call was stopped.');
	}
}

function structuredResult(json: Json, tool: Tool | null): CallToolResult {
	return {
		content: [{ type: 'text', text: typeof json === 'string' ? json : resultText(json, typeOf(tool)) }],
		...(tool?.outputSchema ? { structuredContent: { result: json } } : {}),
		isError: false,
	};
}

function typeOf(tool: Tool | null): WitType | null {
	return tool?.function.result ?? null;
}
