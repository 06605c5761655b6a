import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type { CallOutcome } from '../core/call';
import type { EngineId } from '../core/policy/types';
import type { Json, JsonSchema, Tool, WitType } from '../core/wit/types';
import { chain, failure } from './failure';
import { traitsOf } from '../core/policy';
import { sortKeys } from '../core/sort-keys';
import { throughJson } from '../core/wit/serde-float';
import { resultText } from './result-text';

/**
 * A tool as a release lists it over MCP. The oldest one has neither output schemas nor descriptions there; its `list-components` gives the
 * bare schema of the result (`place` is `components` then).
 */
export function listed(tool: Tool, engine: EngineId, place: 'tools' | 'components' = 'tools') {
	const { structured, describesTools } = traitsOf(engine);
	const { name, inputSchema } = tool;
	const description = describesTools ? tool.description : `Auto-generated schema for function '${name}'`;
	const outputSchema = structured
		? tool.outputSchema
		: place === 'components'
			? bareSchema(tool.outputSchema)
			: undefined;
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
			return returnedResult(outcome.json, tool, engine);
		case 'trapped':
			return failure(denial ?? whileExecuting(outcome.message, engine));
		case 'exited':
			return failure(denial ?? whileExecuting(`Exited with i32 exit status ${outcome.code}`, engine, true));
		case 'limited':
		case 'failed':
			return failure(outcome.message);
		case 'stopped':
			return failure('The call was stopped.');
	}
}

function returnedResult(json: Json, tool: Tool | null, engine: EngineId): CallToolResult {
	const { structured, sortedKeys, exponents, exactArguments } = traitsOf(engine);
	const handedOn = exactArguments ? throughJson(json) : json;
	const value = sortedKeys ? sortKeys(handedOn) : handedOn;
	const content = [
		{
			type: 'text' as const,
			text: typeof value === 'string' ? value : resultText(value, typeOf(tool), exponents),
		},
	];
	if (!structured) return { content };
	return {
		content,
		...(tool?.outputSchema ? { structuredContent: { result: value } } : {}),
		isError: false,
	};
}

/**
 * What ended a guest, as a release words it: under the backtrace, whose frames a browser does not tell. Releases that leave causes out
 * show the backtrace alone. What the host found wrong outside the guest has no backtrace.
 */
function whileExecuting(
	message: string,
	engine: EngineId,
	inGuest = message.startsWith('wasm trap: '),
): string {
	return inGuest ? chain(engine, ['error while executing at wasm backtrace:', message]) : message;
}

function typeOf(tool: Tool | null): WitType | null {
	return tool?.function.result ?? null;
}
