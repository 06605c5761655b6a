import type { WitFunction, WitType } from './types';

/** A function that is called by a host of its own kind and not by an MCP client: the start of a command, or the handler of an HTTP service. */
export type EntryRole = 'command' | 'service';

const string: WitType = { kind: 'string' };
const option = (element: WitType): WitType => ({ kind: 'option', element });
const headers: WitType = { kind: 'list', element: { kind: 'tuple', elements: [string, string] } };

const commandParams: WitFunction['params'] = [
	{ name: 'arguments', type: option({ kind: 'list', element: string }) },
	{ name: 'stdin', type: option(string) },
];

const requestParams: WitFunction['params'] = [
	{ name: 'method', type: option(string) },
	{ name: 'path', type: option(string) },
	{ name: 'headers', type: option(headers) },
	{ name: 'body', type: option(string) },
];

const response: WitType = {
	kind: 'result',
	ok: {
		kind: 'record',
		name: 'response',
		fields: [
			{ name: 'status', type: { kind: 'u16' } },
			{ name: 'headers', type: headers },
			{ name: 'body', type: string },
			{ name: 'encoding', type: { kind: 'enum', name: 'encoding', cases: ['text', 'base64'] } },
			{ name: 'trailers', type: option(headers) },
		],
	},
	err: string,
};

/**
 * The function as it is offered here: `wasi:cli/run#run` with arguments and standard input, and `wasi:http/incoming-handler#handle`
 * (in WASI 0.3 `wasi:http/handler#handle`) with the parts of a request and of its answer, all optional. Any other function as it is.
 */
export function asEntry(fn: WitFunction): WitFunction {
	if (/^wasi:cli\/run@0\.[23]\.\d+$/.test(fn.interface ?? '') && fn.name === 'run')
		return { ...fn, entry: 'command', params: commandParams };
	if (
		/^wasi:http\/(?:incoming-handler@0\.2|handler@0\.3)\.\d+$/.test(fn.interface ?? '') &&
		fn.name === 'handle'
	)
		return { ...fn, entry: 'service', params: requestParams, result: response };
	return fn;
}

/** What the tool of such a function says of itself. */
export const entryDescriptions: Record<EntryRole, string> = {
	command:
		'Runs the command. Arguments and standard input are an addition of Tapedeck: Wassette hands over its own arguments, and no input.',
	service:
		'Sends one HTTP request to the service and answers with its response. This is an addition of Tapedeck: Wassette cannot call a service.',
};
