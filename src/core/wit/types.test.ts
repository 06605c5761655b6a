import { describe, expect, test } from 'vitest';
import { defineType, describeFunction, describeType } from './describe-type';
import { holdsLater } from './holds-later';
import { schemaOf } from './schema';
import { toolsOf } from './tools-of';
import type { WitFunction, WitType } from './types';

const u8: WitType = { kind: 'u8' };
const stream: WitType = { kind: 'stream', element: u8 };
const own: WitType = { kind: 'own', resource: 'file' };
const borrow: WitType = { kind: 'borrow', resource: 'file' };

/** Every place in a type where another can stand, with `inner` there and only there. */
const around = (inner: WitType): readonly (readonly [where: string, type: WitType])[] => [
	['list', { kind: 'list', element: inner }],
	['option', { kind: 'option', element: inner }],
	['tuple', { kind: 'tuple', elements: [u8, inner] }],
	[
		'record',
		{
			kind: 'record',
			name: 'r',
			fields: [
				{ name: 'a', type: u8 },
				{ name: 'b', type: inner },
			],
		},
	],
	['ok', { kind: 'result', ok: inner, err: null }],
	['err', { kind: 'result', ok: null, err: inner }],
	[
		'variant',
		{
			kind: 'variant',
			name: 'v',
			cases: [
				{ name: 'a', type: null },
				{ name: 'b', type: inner },
			],
		},
	],
];

describe('what comes later', () => {
	test.each([['stream' as const], ['future' as const]])('is a %s', (kind) => {
		expect(holdsLater({ kind, element: null })).toBe(true);
	});

	test.each(around(stream))('is found in a type: %s', (_, type) => {
		expect(holdsLater(type)).toBe(true);
	});

	test.each([...around(u8), ['enum', { kind: 'enum', name: 'e', cases: ['a'] }] as const])(
		'is not in a type of what is there at once: %s',
		(_, type) => {
			expect(holdsLater(type)).toBe(false);
		},
	);
});

const taking = (type: WitType): WitFunction => ({
	interface: null,
	name: 'f',
	params: [
		{ name: 'a', type: u8 },
		{ name: 'it', type },
	],
	result: null,
});
const giving = (result: WitType): WitFunction => ({ interface: null, name: 'f', params: [], result });
const whyNot = (fn: WitFunction) => toolsOf([fn])[0]?.uncallable;

describe('a tool that Wassette cannot call', () => {
	test.each([
		...around(own),
		['key', { kind: 'map', key: own, value: u8 }] as const,
		['value', { kind: 'map', key: u8, value: own }] as const,
		['stream', { kind: 'stream', element: own }] as const,
		['future', { kind: 'future', element: borrow }] as const,
		['itself', own] as const,
		['borrowed', borrow] as const,
	])('takes a resource: %s', (_, type) => {
		expect(whyNot(taking(type))).toBe(
			"Its parameter 'it' takes a resource, which JSON cannot express; Wassette cannot call it either.",
		);
	});

	test('takes the context of an error', () => {
		expect(whyNot(taking({ kind: 'error-context' }))).toContain('takes a error-context,');
	});

	test('belongs to a resource', () => {
		expect(whyNot({ ...taking(u8), name: '[method]file.read' })).toContain('belongs to a resource');
		expect(whyNot({ ...taking(u8), name: 'read[' })).toBeUndefined();
	});

	test.each([
		['itself', own, true],
		['borrowed', borrow, true],
		['tuple', { kind: 'tuple', elements: [u8, own] }, true],
		['record', { kind: 'record', name: 'r', fields: [{ name: 'a', type: own }] }, true],
		['first case', { kind: 'variant', name: 'v', cases: [{ name: 'a', type: own }] }, true],
		[
			'second case',
			{
				kind: 'variant',
				name: 'v',
				cases: [
					{ name: 'a', type: null },
					{ name: 'b', type: own },
				],
			},
			false,
		],
		['list', { kind: 'list', element: own }, false],
	] satisfies (readonly [string, WitType, boolean])[])(
		'returns a resource where a place must be made for it: %s',
		(_, type, cannot) => {
			expect(whyNot(giving(type)) !== undefined).toBe(cannot);
		},
	);

	test('says what it returns', () => {
		expect(whyNot(giving(own))).toBe('It returns a resource, and Wassette cannot call it either.');
		expect(whyNot(giving({ kind: 'error-context' }))).toContain('It returns a error-context,');
	});

	test.each(around(stream))('is none where it takes what comes later: %s', (_, type) => {
		expect(whyNot(taking(type))).toBeUndefined();
	});
});

test.each([
	[{ kind: 'list', element: u8 }, 'list<u8>'],
	[{ kind: 'list', element: u8, length: 4 }, 'list<u8, 4>'],
	[{ kind: 'map', key: { kind: 'string' }, value: u8 }, 'map<string, u8>'],
	[{ kind: 'result', ok: null, err: null }, 'result'],
	[{ kind: 'result', ok: u8, err: null }, 'result<u8>'],
	[{ kind: 'result', ok: null, err: u8 }, 'result<_, u8>'],
	[{ kind: 'result', ok: u8, err: u8 }, 'result<u8, u8>'],
	[{ kind: 'tuple', elements: [u8, { kind: 'option', element: u8 }] }, 'tuple<u8, option<u8>>'],
	[{ kind: 'enum', name: 'colour', cases: ['red'] }, 'colour'],
	[own, 'file'],
	[borrow, 'borrow<file>'],
	[stream, 'stream<u8>'],
	[{ kind: 'future', element: null }, 'future'],
	[{ kind: 'error-context' }, 'error-context'],
] satisfies (readonly [WitType, string])[])('%j is written %s', (type, text) => {
	expect(describeType(type)).toBe(text);
});

test.each([
	[{ kind: 'record', name: 'point', fields: [{ name: 'x', type: u8 }] }, 'record point {\n  x: u8,\n}'],
	[
		{
			kind: 'variant',
			name: 'shape',
			cases: [
				{ name: 'dot', type: null },
				{ name: 'circle', type: u8 },
			],
		},
		'variant shape {\n  dot,\n  circle(u8),\n}',
	],
	[{ kind: 'enum', name: 'colour', cases: ['red', 'blue'] }, 'enum colour {\n  red,\n  blue,\n}'],
	[{ kind: 'flags', name: 'rights', flags: ['read'] }, 'flags rights {\n  read,\n}'],
	[u8, null],
	[own, null],
] satisfies (readonly [WitType, string | null])[])('%j is defined on lines of its own', (type, text) => {
	expect(defineType(type)).toBe(text);
});

test('a function is written with its parameters and its result', () => {
	expect(describeFunction(taking(u8))).toBe('f: func(a: u8, it: u8)');
	expect(describeFunction(giving(u8))).toBe('f: func() -> u8');
});

test('the schema of what JSON cannot express says what stands there', () => {
	expect(schemaOf(own)).toEqual({ type: 'string', description: "own'd resource: file" });
	expect(schemaOf(borrow)).toEqual({ type: 'string', description: "borrow'd resource: file" });
	expect(schemaOf({ kind: 'future', element: null })).toEqual({ type: 'null' });
	expect(schemaOf({ kind: 'result', ok: null, err: null })).toMatchObject({
		oneOf: [{ properties: { ok: { type: 'null' } } }, { properties: { err: { type: 'null' } } }],
	});
	expect(schemaOf({ kind: 'stream', element: null })).toEqual({ type: 'array', items: { type: 'null' } });
	expect(schemaOf(stream)).toMatchObject({
		anyOf: [
			{ type: 'string' },
			{ type: 'array', items: { type: 'number' } },
			{ properties: { base64: { type: 'string' } }, required: ['base64'] },
			{ properties: { hex: { type: 'string', description: 'Two digits for each byte' } }, required: ['hex'] },
		],
	});
});
