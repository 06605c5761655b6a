import type { JsonSchema } from '../core/wit/types';

/** A built-in tool as it is listed. */
export interface BuiltinDefinition {
	readonly name: BuiltinName;
	readonly description: string;
	readonly inputSchema: JsonSchema;
}

export type BuiltinName =
	| 'load-component'
	| 'unload-component'
	| 'list-components'
	| 'search-components'
	| 'get-policy'
	| 'grant-storage-permission'
	| 'grant-network-permission'
	| 'grant-environment-variable-permission'
	| 'revoke-storage-permission'
	| 'revoke-network-permission'
	| 'revoke-environment-variable-permission'
	| 'reset-permission';

const text = (description: string) => ({ type: 'string', description });
const object = (properties: JsonSchema, required: readonly string[] = Object.keys(properties)) => ({
	type: 'object',
	properties,
	required,
});
const componentId = text('Id of the component, as list-components gives it');
const access = {
	type: 'array',
	items: { type: 'string', enum: ['read', 'write'] },
	description: 'What to allow there: a list of read, write or both',
};
const storageUri = text('Directory as a URI, such as fs:///data');
const host = text('Host name, such as api.example.com');
const key = text('Name of the variable');

const about = (details: JsonSchema): JsonSchema =>
	object({ component_id: componentId, details: { ...object(details), additionalProperties: false } });

/** Wassette's built-in tools, in the order it lists them. */
export const builtinDefinitions: readonly BuiltinDefinition[] = [
	{
		name: 'load-component',
		description:
			'Loads a component, so that its functions become tools. It starts with the access its policy grants and no other.',
		inputSchema: object({
			path: text('Where it is: an https:// address, oci:// reference, or sample: and the name of a sample'),
		}),
	},
	{
		name: 'unload-component',
		description: 'Takes a component out, and its tools with it.',
		inputSchema: object({ id: componentId }),
	},
	{
		name: 'list-components',
		description: 'Lists the components that are loaded, with their tools.',
		inputSchema: object({}),
	},
	{
		name: 'get-policy',
		description: 'Tells which policy is attached to a component, and its text.',
		inputSchema: object({ component_id: componentId }),
	},
	{
		name: 'grant-storage-permission',
		description: 'Lets a component read or write below a directory.',
		inputSchema: about({ uri: storageUri, access }),
	},
	{
		name: 'grant-network-permission',
		description: 'Lets a component send HTTP requests to a host.',
		inputSchema: about({ host }),
	},
	{
		name: 'grant-environment-variable-permission',
		description: 'Lets a component read a configured variable.',
		inputSchema: about({ key }),
	},
	{
		name: 'revoke-storage-permission',
		description: 'Takes back all access of a component to a storage URI, both read and write.',
		inputSchema: about({ uri: storageUri }),
	},
	{
		name: 'revoke-network-permission',
		description: "Takes back a component's access to a host.",
		inputSchema: about({ host }),
	},
	{
		name: 'revoke-environment-variable-permission',
		description: "Takes back a component's access to a variable.",
		inputSchema: about({ key }),
	},
	{
		name: 'reset-permission',
		description: 'Takes back everything that was granted to a component.',
		inputSchema: object({ component_id: componentId }),
	},
	{
		name: 'search-components',
		description: 'Searches the components that can be loaded by name and description.',
		inputSchema: object({ query: text('Words to look for; without it, all are listed') }, []),
	},
];

const sinceRevoke: ReadonlySet<BuiltinName> = new Set([
	'search-components',
	'revoke-storage-permission',
	'revoke-network-permission',
	'revoke-environment-variable-permission',
	'reset-permission',
]);

/** The built-in tools of a release: the oldest one cannot search, revoke or reset. */
export function builtinsOf(manners: { readonly revokes: boolean }): readonly BuiltinDefinition[] {
	return manners.revokes
		? builtinDefinitions
		: builtinDefinitions.filter(({ name }) => !sinceRevoke.has(name));
}
