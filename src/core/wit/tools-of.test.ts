import { describe, expect, test } from 'vitest';
import { exportKeys, camelCase } from './names';
import { schemaOf } from './schema';
import { toolsOf } from './tools-of';
import type { JsonSchema, WitFunction, WitType } from './types';

const fn = (name: string, owner: string | null = null, more: Partial<WitFunction> = {}): WitFunction => ({
	interface: owner,
	name,
	params: [],
	result: null,
	...more,
});

const string = { kind: 'string' } as const;

describe('a tool', () => {
	test.each([
		['fetch', null, 'fetch'],
		['get-current-time', 'local:time-server/time', 'local_time-server_time_get-current-time'],
		[
			'create-entities',
			'local:memory/knowledge-graph-ops',
			'local_memory_knowledge-graph-ops_create-entities',
		],
		[
			'resolve-library-id',
			'microsoft:context7-rs/context7@0.1.0',
			'microsoft_context7-rs_context7_0_1_0_resolve-library-id',
		],
		['[method]counter.get', 'a:b/c', 'a_b_c__method_counter_get'],
		['get-URL', null, 'get-url'],
		['run', 'wasi:cli/run@0.2.0-rc.1+x', 'wasi_cli_run_0_2_0-rc_1_x_run'],
	])('for %s of %s is named as Wassette names it', (name, owner, expected) => {
		expect(toolsOf([fn(name, owner)])[0]?.name).toBe(expected);
	});

	test('requires every parameter, options too', () => {
		const option: WitType = { kind: 'option', element: string };
		const params = [
			{ name: 'topic-name', type: option },
			{ name: 'id', type: string },
		];
		expect(toolsOf([fn('f', null, { params })])[0]?.inputSchema).toEqual({
			type: 'object',
			properties: { 'topic-name': { anyOf: [{ type: 'null' }, { type: 'string' }] }, id: { type: 'string' } },
			required: ['topic-name', 'id'],
		});
	});

	test('wraps its result in an object, and has no output schema without one', () => {
		const [with_, without] = toolsOf([fn('f', null, { result: string }), fn('g')]);
		expect(with_?.outputSchema).toEqual({
			type: 'object',
			properties: { result: { type: 'string' } },
			required: ['result'],
		});
		expect(without && 'outputSchema' in without).toBe(false);
	});

	test('is described by package-docs, or else by its name', () => {
		const docs = new Map([['f', 'Does it.']]);
		expect(
			toolsOf([fn('f'), fn('f', 'a:b/c'), fn('g', 'a:b/c')], docs).map(({ description }) => description),
		).toEqual(['Does it.', 'Does it.', "Auto-generated schema for function 'a_b_c_g'"]);
	});

	test.each<[string, Partial<WitFunction>, string]>([
		[
			'a borrowed resource',
			{ params: [{ name: 'self', type: { kind: 'borrow', resource: 'r' } }] },
			"'self'",
		],
		[
			'a resource deep inside',
			{
				params: [
					{
						name: 'x',
						type: { kind: 'list', element: { kind: 'option', element: { kind: 'own', resource: 'r' } } },
					},
				],
			},
			"'x'",
		],
		[
			'a stream of resources',
			{ params: [{ name: 's', type: { kind: 'stream', element: { kind: 'own', resource: 'r' } } }] },
			'a resource',
		],
		['a resource as its result', { result: { kind: 'own', resource: 'r' } }, 'returns a resource'],
	])('with %s says that it cannot be called', (_, more, reason) => {
		expect(toolsOf([fn('f', null, more)])[0]?.uncallable).toContain(reason);
	});

	test('with a resource inside a list of its result can be called', () => {
		const result: WitType = { kind: 'list', element: { kind: 'own', resource: 'r' } };
		expect(toolsOf([fn('f', null, { result })])[0]?.uncallable).toBeUndefined();
	});

	test('with too long a name keeps within MCP and says so', () => {
		const [tool] = toolsOf([fn('a'.repeat(129))]);
		expect(tool?.name).toHaveLength(128);
		expect(tool?.uncallable).toContain('129');
	});
});

describe('the schema of', () => {
	test.each<[string, WitType, JsonSchema]>([
		['bool', { kind: 'bool' }, { type: 'boolean' }],
		['u64', { kind: 'u64' }, { type: 'number' }],
		['f32', { kind: 'f32' }, { type: 'number' }],
		['char', { kind: 'char' }, { type: 'string', description: '1 unicode codepoint' }],
		['list<u8>', { kind: 'list', element: { kind: 'u8' } }, { type: 'array', items: { type: 'number' } }],
		[
			'map<string, bool>',
			{ kind: 'map', key: string, value: { kind: 'bool' } },
			{
				type: 'array',
				items: {
					type: 'object',
					properties: { key: { type: 'string' }, value: { type: 'boolean' } },
					required: ['key', 'value'],
				},
			},
		],
		[
			'a record',
			{
				kind: 'record',
				name: 'r',
				fields: [{ name: 'entity-type', type: { kind: 'option', element: string } }],
			},
			{
				type: 'object',
				properties: { 'entity-type': { anyOf: [{ type: 'null' }, { type: 'string' }] } },
				required: ['entity-type'],
			},
		],
		[
			'a tuple',
			{ kind: 'tuple', elements: [string, { kind: 'u8' }] },
			{ type: 'array', prefixItems: [{ type: 'string' }, { type: 'number' }], minItems: 2, maxItems: 2 },
		],
		[
			'a variant',
			{
				kind: 'variant',
				name: 'v',
				cases: [
					{ name: 'c', type: string },
					{ name: 'd', type: null },
				],
			},
			{
				oneOf: [
					{
						type: 'object',
						properties: { tag: { const: 'c' }, val: { type: 'string' } },
						required: ['tag', 'val'],
					},
					{ type: 'object', properties: { tag: { const: 'd' } }, required: ['tag'] },
				],
			},
		],
		['an enum', { kind: 'enum', name: 'e', cases: ['a', 'b'] }, { type: 'string', enum: ['a', 'b'] }],
		[
			'a result without ok',
			{ kind: 'result', ok: null, err: string },
			{
				oneOf: [
					{ type: 'object', properties: { ok: { type: 'null' } }, required: ['ok'] },
					{ type: 'object', properties: { err: { type: 'string' } }, required: ['err'] },
				],
			},
		],
		[
			'flags',
			{ kind: 'flags', name: 'f', flags: ['read'] },
			{ type: 'object', properties: { read: { type: 'boolean' } } },
		],
		['own', { kind: 'own', resource: 'r' }, { type: 'string', description: "own'd resource: r" }],
		['future', { kind: 'future', element: { kind: 'string' } }, { type: 'string' }],
		['stream', { kind: 'stream', element: null }, { type: 'array', items: { type: 'null' } }],
		['error-context', { kind: 'error-context' }, { type: 'object', description: 'Error context type' }],
	])('%s says what comes and goes', (_, type, schema) => {
		expect(schemaOf(type)).toEqual(schema);
	});
});

describe('names in JavaScript', () => {
	test.each([
		['a', 'a'],
		['get-current-time', 'getCurrentTime'],
		['HTTP-x', 'httpX'],
		['get-URL-x', 'getUrlX'],
		['a1-b2', 'a1B2'],
		['f-o-o', 'fOO'],
	])('%s is %s', (name, expected) => {
		expect(camelCase(name)).toBe(expected);
	});

	test.each<[string | null, readonly [string | null, string]]>([
		[null, [null, 'getIt']],
		['a:b/c@1.0.0', ['a:b/c@1.0.0', 'getIt']],
		['in-line', ['inLine', 'getIt']],
	])('a function of %s is found at its keys', (owner, keys) => {
		expect(exportKeys(fn('get-it', owner))).toEqual(keys);
	});
});
