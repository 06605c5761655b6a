import { isRecord } from '../../core/is-record';
import type { JsonSchema } from '../../core/wit/types';
import type { FieldType, FormParam } from './field-type';

/** The parameters of a tool that has no WIT, read from its input schema. What the schema says beyond simple shapes becomes raw JSON. */
export function paramsOfSchema(schema: JsonSchema): readonly FormParam[] {
	return fieldsOf(schema, 0);
}

const maxDepth = 16;

function fieldsOf(schema: JsonSchema, depth: number): readonly FormParam[] {
	const required = Array.isArray(schema['required']) ? schema['required'] : [];
	return Object.entries(asObject(schema['properties'])).map(([name, property]) => {
		const member = asObject(property);
		const type = typeOf(member, depth + 1);
		const docs = typeof member['description'] === 'string' ? member['description'] : undefined;
		return { name, docs, type: required.includes(name) ? type : { kind: 'optional', element: type } };
	});
}

function typeOf(schema: JsonSchema, depth: number): FieldType {
	if (depth > maxDepth) return { kind: 'json' };
	const choices = schema['enum'];
	if (Array.isArray(choices) && choices.length > 0 && choices.every((choice) => typeof choice === 'string'))
		return { kind: 'enum', name: 'choice', cases: choices };
	switch (schema['type']) {
		case 'string':
			return { kind: 'string' };
		case 'boolean':
			return { kind: 'bool' };
		case 'integer':
			return { kind: 's64' };
		case 'number':
			return { kind: 'f64' };
		case 'array':
			return schema['items'] === undefined || schema['prefixItems'] !== undefined
				? { kind: 'json' }
				: { kind: 'list', element: typeOf(asObject(schema['items']), depth + 1) };
		case 'object': {
			const fields = fieldsOf(schema, depth);
			return fields.length === 0 ? { kind: 'json' } : { kind: 'record', name: 'object', fields };
		}
		default:
			return { kind: 'json' };
	}
}

function asObject(value: unknown): JsonSchema {
	return isRecord(value) ? value : {};
}
