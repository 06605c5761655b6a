import type { JsonSchema, WitFunction, WitType } from './types';

/** The JSON Schema that Wassette shows for a type, the same for inputs and outputs. */
export function schemaOf(type: WitType): JsonSchema {
	switch (type.kind) {
		case 'bool':
			return { type: 'boolean' };
		case 'u8':
		case 'u16':
		case 'u32':
		case 'u64':
		case 's8':
		case 's16':
		case 's32':
		case 's64':
		case 'f32':
		case 'f64':
			return { type: 'number' };
		case 'char':
			return { type: 'string', description: '1 unicode codepoint' };
		case 'string':
			return { type: 'string' };
		case 'list':
			return { type: 'array', items: schemaOf(type.element) };
		case 'map':
			return {
				type: 'array',
				items: objectOf([
					['key', schemaOf(type.key)],
					['value', schemaOf(type.value)],
				]),
			};
		case 'record':
			return objectOf(type.fields.map((field) => [field.name, schemaOf(field.type)]));
		case 'tuple': {
			const count = type.elements.length;
			return { type: 'array', prefixItems: type.elements.map(schemaOf), minItems: count, maxItems: count };
		}
		case 'variant':
			return {
				oneOf: type.cases.map((each) =>
					objectOf([
						['tag', { const: each.name }],
						...(each.type ? [['val', schemaOf(each.type)] as const] : []),
					]),
				),
			};
		case 'enum':
			return { type: 'string', enum: type.cases };
		case 'option':
			return { anyOf: [{ type: 'null' }, schemaOf(type.element)] };
		case 'result':
			return {
				oneOf: [
					objectOf([['ok', type.ok ? schemaOf(type.ok) : { type: 'null' }]]),
					objectOf([['err', type.err ? schemaOf(type.err) : { type: 'null' }]]),
				],
			};
		case 'flags':
			return {
				type: 'object',
				properties: Object.fromEntries(type.flags.map((flag) => [flag, { type: 'boolean' }])),
			};
		case 'own':
			return { type: 'string', description: `own'd resource: ${type.resource}` };
		case 'borrow':
			return { type: 'string', description: `borrow'd resource: ${type.resource}` };
		case 'future':
			return type.element ? schemaOf(type.element) : { type: 'null' };
		case 'stream':
			return type.element?.kind === 'u8'
				? streamOfBytes
				: { type: 'array', items: type.element ? schemaOf(type.element) : { type: 'null' } };
		case 'error-context':
			return { type: 'object', description: 'Error context type' };
	}
}

/** The schema of a function's arguments: every parameter is required, options too. */
export const inputSchemaOf = (fn: WitFunction): JsonSchema =>
	objectOf(fn.params.map((param) => [param.name, schemaOf(param.type)]));

/** The schema of a function's result, which MCP wants to be an object; undefined for a function without result. */
export const outputSchemaOf = (fn: WitFunction): JsonSchema | undefined =>
	fn.result ? objectOf([['result', schemaOf(fn.result)]]) : undefined;

const objectOf = (properties: readonly (readonly [string, JsonSchema])[]): JsonSchema => ({
	type: 'object',
	properties: Object.fromEntries(properties),
	required: properties.map(([name]) => name),
});

/** Text, or any bytes. */
const streamOfBytes: JsonSchema = {
	anyOf: [
		{ type: 'string', description: 'Bytes, as text in UTF-8' },
		{ type: 'array', items: { type: 'number' } },
		objectOf([['base64', { type: 'string' }]]),
		objectOf([['hex', { type: 'string', description: 'Two digits for each byte' }]]),
	],
};
