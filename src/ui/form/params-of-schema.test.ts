import { describe, expect, test } from 'vitest';
import { paramsOfSchema } from './params-of-schema';

describe('the form of a tool without WIT', () => {
	test('has a field for each property, and those that may be left out are marked', () => {
		expect(
			paramsOfSchema({
				type: 'object',
				properties: {
					path: { type: 'string', description: 'Where it is' },
					deep: { type: 'boolean' },
					depth: { type: 'integer' },
					ratio: { type: 'number' },
					mode: { type: 'string', enum: ['a', 'b'] },
					names: { type: 'array', items: { type: 'string' } },
				},
				required: ['path', 'deep', 'depth', 'ratio', 'mode'],
			}),
		).toEqual([
			{ name: 'path', docs: 'Where it is', type: { kind: 'string' } },
			{ name: 'deep', type: { kind: 'bool' } },
			{ name: 'depth', type: { kind: 's64' } },
			{ name: 'ratio', type: { kind: 'f64' } },
			{ name: 'mode', type: { kind: 'enum', name: 'choice', cases: ['a', 'b'] } },
			{ name: 'names', type: { kind: 'optional', element: { kind: 'list', element: { kind: 'string' } } } },
		]);
	});

	test('goes into objects', () => {
		const details = { type: 'object', properties: { host: { type: 'string' } }, required: ['host'] };
		expect(paramsOfSchema({ properties: { details }, required: ['details'] })).toEqual([
			{
				name: 'details',
				type: { kind: 'record', name: 'object', fields: [{ name: 'host', type: { kind: 'string' } }] },
			},
		]);
	});

	test.each([{}, { type: ['string', 'null'] }, { oneOf: [] }, { type: 'object' }, { type: 'array' }, true])(
		'takes any JSON for %j',
		(schema) => {
			expect(paramsOfSchema({ properties: { x: schema }, required: ['x'] })).toEqual([
				{ name: 'x', type: { kind: 'json' } },
			]);
		},
	);

	test('ends where a schema nests without end', () => {
		const schema: Record<string, unknown> = { type: 'object', properties: {} };
		schema['properties'] = { again: schema };
		expect(paramsOfSchema(schema)).toHaveLength(1);
	});
});
