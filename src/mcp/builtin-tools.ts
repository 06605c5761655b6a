import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { printJson } from '../core/json';
import { traitsOf } from '../core/policy';
import { sortKeys } from '../core/sort-keys';
import { builtinsOf, type BuiltinName } from './builtin-definitions';
import { createAttachmentTimes } from './builtin/attachment-times';
import { list, load, search, unload } from './builtin/component-tools';
import type { BuiltinPorts, BuiltinTool } from './builtin/context';
import type { Arguments } from '../core/call';
import { getPolicy, granting, resetTool, revoking } from './builtin/policy-tools';
import { chain, failure } from './failure';
import { mannersOf } from './server-manners';

export type { BuiltinPorts, RegistryEntry } from './builtin/context';

/** Wassette's built-in tools, as the engine of the deck has them. */
export interface BuiltinTools {
	has(name: string): boolean;
	call(name: string, args: Arguments, signal: AbortSignal): Promise<CallToolResult>;
}

const tools: { readonly [name in BuiltinName]: BuiltinTool } = {
	'load-component': load,
	'unload-component': unload,
	'list-components': list,
	'search-components': search,
	'get-policy': getPolicy,
	'grant-storage-permission': granting('storage'),
	'grant-network-permission': granting('network'),
	'grant-environment-variable-permission': granting('environment'),
	'revoke-storage-permission': revoking('storage'),
	'revoke-network-permission': revoking('network'),
	'revoke-environment-variable-permission': revoking('environment'),
	'reset-permission': resetTool,
};

/** Wassette's built-in tools over a deck. */
export function createBuiltinTools(ports: BuiltinPorts): BuiltinTools {
	const { deck } = ports;
	const context = { ...ports, attached: createAttachmentTimes(deck, ports.wallNow) };
	return {
		has: (name) => builtinsOf(traitsOf(deck.engine)).some((tool) => tool.name === name),
		async call(name, args, signal) {
			const outcome = await tools[name as BuiltinName](context, args, signal);
			if (!outcome.ok) return failure(chain(deck.engine, outcome.error));
			const json = traitsOf(deck.engine).sortedKeys ? sortKeys(outcome.value) : outcome.value;
			const content = [{ type: 'text' as const, text: printJson(json) }];
			return mannersOf(deck.engine).marksSuccess ? { content, isError: false } : { content };
		},
	};
}
