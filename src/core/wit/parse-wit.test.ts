import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeType } from './describe-type';
import { parseWit, type WitWorld } from './parse-wit';
import type { WitType } from './types';

function read(text: string, world?: string): WitWorld {
	const parsed = parseWit(text, world);
	if (!parsed.ok) throw new Error(`${parsed.error.line}:${parsed.error.column} ${parsed.error.message}`);
	return parsed.value;
}

/** The type of the only parameter of the only exported function. */
function typeOf(type: string, definitions = ''): WitType {
	const world = read(`world w { ${definitions} export f: func(p: ${type}); }`);
	return world.exports[0]?.functions[0]?.params[0]?.type as WitType;
}

const u8 = { kind: 'u8' } as const;
const string = { kind: 'string' } as const;

describe('types', () => {
	test.each<[string, WitType]>([
		['u8', u8],
		['float32', { kind: 'f32' }],
		['list<list<string>>', { kind: 'list', element: { kind: 'list', element: string } }],
		['list<u8, 4>', { kind: 'list', element: u8, length: 4 }],
		['map<string, u8>', { kind: 'map', key: string, value: u8 }],
		['option<option<u8>>', { kind: 'option', element: { kind: 'option', element: u8 } }],
		['result', { kind: 'result', ok: null, err: null }],
		['result<u8>', { kind: 'result', ok: u8, err: null }],
		['result<_, string>', { kind: 'result', ok: null, err: string }],
		['result<u8, string>', { kind: 'result', ok: u8, err: string }],
		['tuple<u8, string,>', { kind: 'tuple', elements: [u8, string] }],
		['future', { kind: 'future', element: null }],
		['stream<u8>', { kind: 'stream', element: u8 }],
		['error-context', { kind: 'error-context' }],
	])('reads %s', (text, expected) => {
		expect(typeOf(text)).toEqual(expected);
	});

	test.each<[string, string, WitType]>([
		[
			'r',
			'record r { a: u8, %type: string }',
			record('r', [
				['a', u8],
				['type', string],
			]),
		],
		['a', 'type a = b; type b = list<u8>;', { kind: 'list', element: u8 }],
		['%u8', 'type %u8 = string;', string],
		['e', 'enum e { one, two, }', { kind: 'enum', name: 'e', cases: ['one', 'two'] }],
		['fl', 'flags fl { a, b }', { kind: 'flags', name: 'fl', flags: ['a', 'b'] }],
		['x', 'resource x;', { kind: 'own', resource: 'x' }],
		['borrow<x>', 'resource x;', { kind: 'borrow', resource: 'x' }],
	])('resolves %s of %s', (type, definitions, expected) => {
		expect(typeOf(type, definitions)).toEqual(expected);
	});

	test('reads a variant whose cases have comments', () => {
		expect(typeOf('v', 'variant v { /// none\n a, b(u8) }')).toEqual({
			kind: 'variant',
			name: 'v',
			cases: [
				{ name: 'a', type: null, docs: 'none' },
				{ name: 'b', type: u8 },
			],
		});
	});
});

const record = (name: string, fields: readonly (readonly [string, WitType])[]): WitType => ({
	kind: 'record',
	name,
	fields: fields.map(([field, type]) => ({ name: field, type })),
});

describe('worlds', () => {
	const text = `package root:component;

/// A world.
world root {
  import wasi:io/poll@0.2.0;
  use local:demo/types@0.1.0.{person as p2};
  import log: func(text: string);
  resource handle { constructor(id: u8); }

  /// Says hello.
  export hello: func(who: p2) -> string;
  export local:demo/types@0.1.0;
  export inline: interface {
    use local:demo/types@0.1.0.{person};
    k: async func(z: person);
  }
}

package wasi:io@0.2.0 {
  interface poll {
    resource pollable { block: func(); ready: static func() -> pollable; }
  }
}

package local:demo@0.1.0 {
  @since(version = 0.1.0)
  interface types {
    /// Someone.
    record person { name: string }
    /** Finds
     *  someone. */
    @unstable(feature = find)
    find: func() -> option<person>;
  }
}
`;

	test('give their imports with functions and resources', () => {
		expect(read(text).imports.map(({ name, kind, resources }) => [name, kind, resources])).toEqual([
			['handle', 'resource', ['handle']],
			['wasi:io/poll@0.2.0', 'interface', ['pollable']],
			['log', 'function', []],
		]);
	});

	test('give their exports, in order, with interfaces by their full names', () => {
		const functions = read(text).exports.flatMap((item) => item.functions);
		expect(functions.map((fn) => [fn.interface, fn.name])).toEqual([
			[null, 'hello'],
			['local:demo/types@0.1.0', 'find'],
			['inline', 'k'],
		]);
	});

	test('resolve names through use, also under another name', () => {
		const person = record('person', [['name', string]]);
		const [hello, , inline] = read(text).exports;
		expect(hello?.functions[0]?.params[0]?.type).toEqual(person);
		expect(inline?.functions[0]?.params[0]?.type).toEqual(person);
	});

	test('keep doc comments of both forms', () => {
		const world = read(text);
		expect(world.docs).toBe('A world.');
		expect(world.exports[0]?.functions[0]?.docs).toBe('Says hello.');
		expect(world.exports[1]?.functions[0]?.docs).toBe('Finds\nsomeone.');
	});

	test('name the functions of resources as components do', () => {
		const world = read(`world w { export i: interface { resource r {
			constructor(a: u8); get: func(b: u8) -> u8; make: static func() -> r; } } }`);
		expect(world.exports[0]?.functions.map((fn) => [fn.name, fn.params, fn.result])).toEqual([
			['[constructor]r', [{ name: 'a', type: u8 }], { kind: 'own', resource: 'r' }],
			[
				'[method]r.get',
				[
					{ name: 'self', type: { kind: 'borrow', resource: 'r' } },
					{ name: 'b', type: u8 },
				],
				u8,
			],
			['[static]r.make', [], { kind: 'own', resource: 'r' }],
		]);
	});

	test('include other worlds', () => {
		const world = read(`package a:b; world outer { include inner with { f as g }; export h: func(); }
			world inner { import f: func(); export i; } interface i { k: func(); }`);
		expect(world.imports.map(({ name }) => name)).toEqual(['g']);
		expect(world.exports.map(({ name }) => name)).toEqual(['h', 'a:b/i']);
	});

	test('are found by name', () => {
		const text = 'package a:b; world one {} world two { export f: func(); }';
		expect(read(text, 'two').exports).toHaveLength(1);
		expect(parseWit(text, 'three').ok).toBe(false);
	});

	test('may name functions like keywords', () => {
		const world = read('world w { export i: interface { use: func(); %type: func(); record: func(); } }');
		expect(world.exports[0]?.functions.map(({ name }) => name)).toEqual(['use', 'type', 'record']);
	});
});

describe('text that is not WIT', () => {
	test.each([
		['world w {\n  export f: func(p: nope);\n}', "no type 'nope' is defined here", 2, 21],
		['world w {\n  export f func();\n}', "expected ';', found 'func'", 2, 12],
		['world w { export f: func(', 'expected a name, found the end of the text', 1, 26],
		['world w { type a = b; type b = a; export f: func(p: a); }', "type 'a' contains itself", 1, 11],
		['world w { record r { r: r } export f: func(p: r); }', "type 'r' contains itself", 1, 11],
		['world w { export a:b/c; }', "no interface 'c' is known", 1, 18],
		['world w { type a = u8; type a = u8; }', "'a' is defined twice", 1, 37],
		['/* world', 'this comment has no end', 1, 1],
		['package a:b; interface i {}', 'the text holds no world', 1, 1],
		['package a:b; world w { include w; }', 'worlds include each other', 1, 32],
		['world w { export f: func(p: borrow<u>); type u = u8; }', "'u' is no resource", 1, 36],
	])('%j is refused with its place', (text, message, line, column) => {
		expect(parseWit(text)).toEqual({ ok: false, error: { message, line, column } });
	});

	test('is refused where it is nested too deeply', () => {
		const text = `world w { export f: func(p: ${'list<'.repeat(100_000)}u8${'>'.repeat(100_000)}); }`;
		expect(parseWit(text)).toMatchObject({ ok: false, error: { message: 'this type is nested too deeply' } });
	});

	test('is refused where names hide that it is nested too deeply', () => {
		const chain = Array.from({ length: 200 }, (_, index) => `type t${index} = list<t${index + 1}>;`).join('');
		const parsed = parseWit(`world w { ${chain} type t200 = u8; export f: func(p: t0); }`);
		expect(parsed).toMatchObject({ ok: false, error: { message: 'this type is nested too deeply' } });
	});

	test('is refused where a short text means a huge type', () => {
		const chain = Array.from(
			{ length: 40 },
			(_, index) => `type t${index} = tuple<t${index + 1}, t${index + 1}>;`,
		);
		const parsed = parseWit(`world w { ${chain.join('')} type t40 = u8; export f: func(p: t0); }`);
		expect(parsed).toMatchObject({ ok: false, error: { message: 'this type has too many parts' } });
	});

	test('never makes the reader throw', () => {
		const fragments = fc.constantFrom(
			...[
				'package',
				'a:b',
				'@1.0.0',
				';',
				'{',
				'}',
				'(',
				')',
				'<',
				'>',
				',',
				':',
				'.',
				'->',
				'=',
				'%',
				'///x\n',
				'/*',
				'*/',
			],
			...[
				'world',
				'interface',
				'import',
				'export',
				'use',
				'as',
				'include',
				'with',
				'func',
				'async',
				'static',
				'constructor',
			],
			...[
				'record',
				'variant',
				'enum',
				'flags',
				'resource',
				'type',
				'list',
				'option',
				'result',
				'tuple',
				'u8',
				'f',
				'g',
				'_',
			],
		);
		fc.assert(fc.property(fc.array(fragments, { maxLength: 60 }), (all) => void parseWit(all.join(' '))));
		fc.assert(fc.property(fc.string(), (text) => void parseWit(text)));
	});
});

describe('describeType', () => {
	test.each([
		'list<u8, 4>',
		'option<list<string>>',
		'result<_, string>',
		'result<u8>',
		'result',
		'tuple<u8, bool>',
		'map<string, u8>',
		'stream<u8>',
	])('writes %s as it was', (text) => {
		expect(describeType(typeOf(text))).toBe(text);
	});

	test('writes types with a name by their name', () => {
		expect(describeType(typeOf('list<r>', 'record r { a: u8 }'))).toBe('list<r>');
	});
});
