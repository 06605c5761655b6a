import { isRecord } from '../core/is-record';
import { parseJson, printJson } from '../core/json';
import { keepWritten, writtenOf } from '../core/written-json';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
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

/** A message with the arguments of a call as they were written. */
export function asWritten(message: JSONRPCMessage): unknown {
	const args = writtenOf(argumentsIn(message));
	return args === undefined || !('params' in message)
		? message
		: { ...message, params: { ...message.params, arguments: args } };
}

/** Keeps, beside the arguments of a call in such a copy, how they were written. */
export function keepCopyWritten(text: string, copy: unknown): void {
	const args = argumentsIn(copy);
	if (isRecord(args)) keepWritten(text, args, limits, argumentsIn);
}

const argumentsIn = (message: unknown): unknown =>
	isRecord(message) && message['method'] === 'tools/call' && isRecord(message['params'])
		? message['params']['arguments']
		: undefined;
