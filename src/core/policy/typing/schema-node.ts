import schema from './policy.schema.json' with { type: 'json' };

/** What is used of a JSON Schema here. */
export interface SchemaNode {
	readonly $ref?: string;
	readonly description?: string;
	readonly type?: string | readonly string[];
	readonly properties?: { readonly [key: string]: SchemaNode };
	readonly items?: SchemaNode;
	readonly enum?: readonly unknown[];
	readonly examples?: readonly unknown[];
	readonly required?: readonly string[];
}

const definitions: { readonly [name: string]: SchemaNode } = schema.definitions;

/** The schema of the value at a path from the root of a policy; `[]` steps into the items of a list. Null where there is none. */
export function schemaAt(path: readonly string[]): SchemaNode | null {
	let node: SchemaNode | undefined = schema;
	for (const step of path) {
		const properties: SchemaNode['properties'] = node.properties ?? {};
		node = step === '[]' ? node.items : Object.hasOwn(properties, step) ? properties[step] : undefined;
		if (node?.$ref) node = definitions[node.$ref.slice('#/definitions/'.length)];
		if (!node) return null;
	}
	return node;
}

/** Whether a value may be of a type, by the schema. */
export const mayBe = (node: SchemaNode, type: string): boolean =>
	Array.isArray(node.type) ? node.type.includes(type) : node.type === type;
