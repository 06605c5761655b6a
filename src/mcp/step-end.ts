import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { resultSchema, type StepEnd, type StepTool } from '../core/flow';
import type { ObservedCall } from '../core/scenario/check-call';
import type { Json } from '../core/wit/types';

/** How a step ended, for the steps after it. Where a server sends no structured content, its text is read as the JSON that it is. */
export function stepEnd(
	tool: string,
	result: CallToolResult,
	outcome: ObservedCall['outcome'],
	known: StepTool | null,
): StepEnd {
	const { structuredContent, content } = result;
	if (structuredContent) return { tool, outcome, value: structuredContent['result'] as Json | undefined };
	const text = contentText(result);
	if (content.length === 0) return { tool, outcome, value: undefined };
	const isText = known && resultSchema(known)?.['type'] === 'string';
	return { tool, outcome, value: isText ? text : (parsed(text) as Json) };
}

/** The text content of a result, joined. */
export const contentText = ({ content }: CallToolResult): string =>
	content.map((item) => (item.type === 'text' ? item.text : '')).join('');

/** A text as the JSON that it is, or as itself. */
export function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
