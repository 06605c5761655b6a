import { describe, expect, test } from 'vitest';
import type { Json } from '../../core/wit/types';
import type { FieldType } from './field-type';
import { isSendable, validate, validateArguments } from './validate';

const u8: FieldType = { kind: 'u8' };
const string: FieldType = { kind: 'string' };
const point: FieldType = {
	kind: 'record',
	name: 'point',
	fields: [
		{ name: 'x', type: { kind: 'f64' } },
		{ name: 'label', type: { kind: 'option', element: { kind: 'string' } } },
	],
};
const shape: FieldType = {
	kind: 'variant',
	name: 'shape',
	cases: [
		{ name: 'dot', type: null },
		{ name: 'circle', type: { kind: 'f64' } },
	],
};
const list = (element: FieldType): FieldType => ({ kind: 'list', element });
const result: FieldType = { kind: 'result', ok: { kind: 'u8' }, err: null };

describe('a value that fits', () => {
	test.each<[string, FieldType, Json]>([
		['bool', { kind: 'bool' }, false],
		['the least u8', u8, 0],
		['the greatest u8', u8, 255],
		['the least s8', { kind: 's8' }, -128],
		['the greatest u64', { kind: 'u64' }, 18446744073709551615n],
		['the least s64', { kind: 's64' }, -9223372036854775808n],
		['a float', { kind: 'f64' }, 0.1],
		['a float without a fraction', { kind: 'f32' }, 3],
		['no number', { kind: 'f64' }, 'NaN'],
		['an infinity', { kind: 'f32' }, '-inf'],
		['a character of four bytes', { kind: 'char' }, '😀'],
		['empty text', string, ''],
		['an empty list', list(u8), []],
		['a record', point, { x: 1, label: null }],
		['a tuple', { kind: 'tuple', elements: [u8, { kind: 'string' }] }, [1, 'a']],
		['none', { kind: 'option', element: { kind: 'u8' } }, null],
		['some', { kind: 'option', element: { kind: 'u8' } }, 1],
		['ok', result, { ok: 1 }],
		['err without a value', result, { err: null }],
		['a case without a value', shape, { tag: 'dot' }],
		['a case with one', shape, { tag: 'circle', val: 1.5 }],
		['an enum', { kind: 'enum', name: 'e', cases: ['a'] }, 'a'],
		['flags', { kind: 'flags', name: 'f', flags: ['a', 'b'] }, ['b']],
		['a list of fixed size', { kind: 'list', element: { kind: 'string' }, length: 2 }, ['a', 'b']],
		['a map', { kind: 'map', key: { kind: 'string' }, value: { kind: 'u8' } }, [{ key: 'a', value: 1 }]],
		['any JSON', { kind: 'json' }, null],
	])('as %s has no issue', (_, type, value) => {
		expect(validate(type, value)).toEqual([]);
	});
});

describe('a value that does not fit', () => {
	test.each<[string, FieldType, Json, string, readonly (string | number)[]]>([
		['text for a bool', { kind: 'bool' }, 'true', 'not true or false', []],
		['an integer out of range', u8, 256, 'between 0 and 255', []],
		['a negative u8', u8, -1, 'between 0 and 255', []],
		['a u64 out of range', { kind: 'u64' }, 18446744073709551616n, 'between 0 and 18446744073709551615', []],
		['a fraction for an integer', u8, 1.5, 'not an integer', []],
		['text for an integer', u8, '12', 'not an integer', []],
		['text for a float', { kind: 'f64' }, 'one', 'not a number', []],
		['too much for an f32', { kind: 'f32' }, 1e39, 'beyond what an f32', []],
		['two characters', { kind: 'char' }, 'ab', 'has 2', []],
		['no character', { kind: 'char' }, '', 'has 0', []],
		['half a character', { kind: 'char' }, '\ud800', 'half a character', []],
		['half a character in text', string, 'a\ud800', 'half a character', []],
		['a number for text', string, 1, 'not text', []],
		['an object for a list', list(string), {}, 'not a list', []],
		['an item that does not fit', list(string), ['a', 1], 'not text', [1]],
		['a list of another size', { kind: 'list', element: u8, length: 2 }, [1], 'exactly 2 items', []],
		['a field that does not fit', point, { x: 'a', label: null }, 'not a number', ['x']],
		['a tuple of more values', { kind: 'tuple', elements: [u8] }, [1, 2], 'exactly 1', []],
		['an unknown case', shape, { tag: 'square' }, 'none of the cases', []],
		['an unknown enum', { kind: 'enum', name: 'e', cases: ['a'] }, 'b', 'none of the choices', []],
		['neither ok nor err', result, { yes: 1 }, 'neither', []],
		['a value of ok that does not fit', result, { ok: 300 }, 'between', ['ok']],
		[
			'a value of a map that does not fit',
			{ kind: 'map', key: string as never, value: u8 as never },
			[{ key: 'a', value: -1 }],
			'between',
			[0, 'value'],
		],
		['a resource', { kind: 'own', resource: 'cart' }, 'x', 'handle', []],
		['bytes that are no hex', list(u8), 'hex: 0', 'not hex', []],
	])('as %s is told where it stands', (_, type, value, message, path) => {
		expect(validate(type, value, ['p'])).toEqual([
			{ kind: 'invalid', path: ['p', ...path], message: expect.stringContaining(message) },
		]);
	});
});

describe('a value that nobody has given', () => {
	test.each<[string, FieldType, readonly (readonly (string | number)[])[]]>([
		['text', string, [[]]],
		['an integer', u8, [[]]],
		['a list', list(u8), [[]]],
		['a record', point, [['x'], ['label']]],
		['a tuple', { kind: 'tuple', elements: [u8, u8] }, [[0], [1]]],
		[
			'an option in a record',
			{
				kind: 'record',
				name: 'r',
				fields: [{ name: 'o', type: { kind: 'option', element: { kind: 'u8' } } }],
			},
			[['o']],
		],
	])('is missing as %s', (_, type, paths) => {
		expect(validate(type, undefined)).toEqual(
			paths.map((path) => ({ kind: 'missing', path, message: expect.any(String) })),
		);
	});

	test('is missing where a list holds null in its place', () => {
		expect(validate(list(string), ['a', null])).toMatchObject([{ kind: 'missing', path: [1] }]);
	});

	test('is missing as the value of a chosen case', () => {
		expect(validate(shape, { tag: 'circle' })).toMatchObject([{ kind: 'missing', path: ['val'] }]);
	});

	test('is not missing where it may be left out', () => {
		expect(validate({ kind: 'optional', element: string }, undefined)).toEqual([]);
	});
});

describe('the arguments of a call', () => {
	const params = [
		{ name: 'city', type: string },
		{ name: 'unit', type: { kind: 'option', element: { kind: 'string' } } as const },
	];

	test('can be sent without an option, and the form notes it', () => {
		const issues = validateArguments(params, { city: 'Rome' });
		expect(issues).toMatchObject([{ kind: 'note', path: ['unit'] }]);
		expect(isSendable(issues)).toBe(true);
	});

	test('cannot be sent without a value', () => {
		expect(isSendable(validateArguments(params, { unit: null }))).toBe(false);
	});

	test('note members that no parameter is named after', () => {
		expect(validateArguments(params, { city: 'a', unit: null, town: 'b' })).toMatchObject([
			{ kind: 'note', path: ['town'] },
		]);
	});

	test('stop being checked after enough has been found', () => {
		const many = Array.from({ length: 10_000 }, () => 1);
		expect(validate(list(string), many)).toHaveLength(200);
	});
});
