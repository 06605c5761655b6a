import { describe, expect, test } from 'vitest';
import { parseWit } from '../wit/parse-wit';
import type { WitType } from '../wit/types';
import {
	checkCrossing,
	CrossingError,
	cycleText,
	exportFor,
	findCycle,
	fromCrossing,
	HandleTable,
	misfit,
	toCrossing,
	type CrossValue,
	type CrossHandle,
} from '.';

const string = { kind: 'string' } as const;
const own = { kind: 'own', resource: 'page' } as const;
const borrow = { kind: 'borrow', resource: 'page' } as const;
const handle: CrossHandle = [0, 7];

describe('a value that crosses', () => {
	const types: readonly (readonly [WitType, unknown])[] = [
		[{ kind: 'bool' }, true],
		[{ kind: 's8' }, -128],
		[{ kind: 'u64' }, 2n ** 64n - 1n],
		[{ kind: 'f64' }, NaN],
		[{ kind: 'f64' }, -0],
		[{ kind: 'char' }, '\u{1f4fc}'],
		[string, 'a\0b'],
		[{ kind: 'list', element: { kind: 'u8' } }, Uint8Array.of(0, 255)],
		[{ kind: 'list', element: { kind: 'u64' } }, BigUint64Array.of(1n)],
		[{ kind: 'list', element: { kind: 'f32' } }, Float32Array.of(0.5)],
		[{ kind: 'list', element: string, length: 2 }, ['a', 'b']],
		[{ kind: 'map', key: string, value: { kind: 'u8' } }, new Map([['a', 1]])],
		[{ kind: 'tuple', elements: [string, { kind: 'u8' }] }, ['a', 1]],
		[{ kind: 'record', name: 'r', fields: [{ name: 'a-b', type: string }] }, { aB: 'x' }],
		[
			{ kind: 'flags', name: 'f', flags: ['a-b', 'c'] },
			{ aB: true, c: false },
		],
		[{ kind: 'enum', name: 'e', cases: ['a', 'b'] }, 'b'],
		[{ kind: 'option', element: string }, undefined],
		[{ kind: 'option', element: string }, 'x'],
		[
			{ kind: 'option', element: { kind: 'option', element: string } },
			{ tag: 'some', val: undefined },
		],
		[{ kind: 'option', element: { kind: 'option', element: string } }, { tag: 'none' }],
		[
			{ kind: 'result', ok: string, err: null },
			{ tag: 'ok', val: 'x' },
		],
		[
			{ kind: 'result', ok: string, err: null },
			{ tag: 'err', val: undefined },
		],
		[
			{
				kind: 'variant',
				name: 'v',
				cases: [
					{ name: 'a', type: null },
					{ name: 'b', type: string },
				],
			},
			{ tag: 'b', val: 'x' },
		],
	];
	test.each(types)('of its type comes out as it went in (%#)', (type, value) => {
		const none = (): never => {
			throw new Error('there is no resource in it');
		};
		const crossed = checkCrossing(type, toCrossing(type, value, none), none);
		expect(fromCrossing(type, crossed, none)).toEqual(value);
	});

	test('has its resources made the receiver’s, wherever they stand', () => {
		const type: WitType = { kind: 'list', element: { kind: 'option', element: own } };
		const page = {};
		const out = toCrossing(type, [page, undefined], () => handle);
		const crossed = checkCrossing(type, out, (_, [, number]) => [1, number + 1]);
		expect(fromCrossing(type, crossed, (_, [whose, number]) => `${whose} ${number}`)).toEqual([
			'1 8',
			undefined,
		]);
	});

	const wrong: readonly (readonly [WitType, unknown])[] = [
		[{ kind: 'bool' }, 1],
		[{ kind: 'u8' }, 256],
		[{ kind: 'u8' }, 1n],
		[{ kind: 's64' }, 1],
		[{ kind: 'char' }, 'ab'],
		[string, { toString: 'x' }],
		[{ kind: 'list', element: { kind: 'u8' } }, [1]],
		[{ kind: 'list', element: string, length: 2 }, ['a']],
		[{ kind: 'tuple', elements: [string] }, ['a', 'b']],
		[{ kind: 'record', name: 'r', fields: [{ name: 'a', type: string }] }, { a: 'x' }],
		[{ kind: 'enum', name: 'e', cases: ['a'] }, 'constructor'],
		[{ kind: 'flags', name: 'f', flags: ['a'] }, [1]],
		[{ kind: 'option', element: string }, ['a', 'b']],
		[{ kind: 'result', ok: null, err: null }, [2]],
		[{ kind: 'result', ok: null, err: null }, [0, 'x']],
		[{ kind: 'variant', name: 'v', cases: [{ name: 'a', type: string }] }, ['a']],
		[own, [2, 1]],
		[own, [0, 1.5]],
		[{ kind: 'stream', element: null }, []],
	];
	test.each(wrong)('is refused where it is not of its type (%#)', (type, value) => {
		expect(() => checkCrossing(type, value, () => handle)).toThrow(CrossingError);
	});
});

describe('handles', () => {
	const pass = (
		table: HandleTable,
		from: string,
		to: string,
		type: typeof own | typeof borrow,
		one: CrossHandle,
	) => {
		const loans: number[] = [];
		return { handle: table.pass(from, to, type, one, loans), loans };
	};

	test('go from one holder to the next, and are their own again at home', () => {
		const table = new HandleTable();
		const { handle: held } = pass(table, 'pages', 'digest', own, [0, 3]);
		expect(held[0]).toBe(1);
		const { handle: lent, loans } = pass(table, 'digest', 'report', borrow, held);
		expect(pass(table, 'report', 'pages', borrow, lent).handle).toEqual([0, 3]);
		table.endLoan('report', loans);
		expect(() => pass(table, 'report', 'pages', borrow, lent)).toThrow('was not given');
		expect(pass(table, 'digest', 'pages', own, held).handle).toEqual([0, 3]);
		expect(() => pass(table, 'digest', 'pages', borrow, held)).toThrow('was not given');
	});

	test('of others cannot be guessed, given away when lent, or passed for something else', () => {
		const table = new HandleTable();
		const { handle: held } = pass(table, 'pages', 'digest', own, [0, 3]);
		expect(() => pass(table, 'report', 'pages', borrow, held)).toThrow(
			'report names a resource that it was not given',
		);
		const { handle: lent } = pass(table, 'digest', 'report', borrow, held);
		expect(() => pass(table, 'report', 'pages', own, lent)).toThrow('lent');
		expect(() => table.pass('digest', 'pages', { kind: 'own', resource: 'other' }, held, [])).toThrow(
			CrossingError,
		);
	});

	test('are dropped once, by who owns them', () => {
		const table = new HandleTable();
		const { handle: held } = pass(table, 'pages', 'digest', own, [0, 3]);
		const { handle: lent } = pass(table, 'digest', 'report', borrow, held);
		expect(table.drop('report', lent[1])).toBeNull();
		expect(table.drop('report', held[1])).toBeNull();
		expect(table.drop('digest', held[1])).toMatchObject({ owner: 'pages', number: 3 });
		expect(table.drop('digest', held[1])).toBeNull();
	});
});

describe('a provider', () => {
	const world = (text: string) => {
		const parsed = parseWit(`package a:b;\nworld w {\n${text}\n}`);
		if (!parsed.ok) throw new Error(parsed.error.message);
		return parsed.value;
	};
	const named = (name: string) => [{ name, kind: 'interface' as const, functions: [], resources: [] }];

	test.each([
		['a:b/c@1.2.0', 'a:b/c@1.2.0', true],
		['a:b/c@1.2.0', 'a:b/c@1.3.1', true],
		['a:b/c@1.2.0', 'a:b/c@2.0.0', false],
		['a:b/c@0.2.0', 'a:b/c@0.2.7', true],
		['a:b/c@0.2.0', 'a:b/c@0.3.0', false],
		['a:b/c@0.0.1', 'a:b/c@0.0.2', false],
		['a:b/c@0.2.0-draft', 'a:b/c@0.2.0', false],
		['a:b/c', 'a:b/c@0.2.0', false],
		['f', 'f', true],
	])('of %s may be %s: %s', (imported, exported, may) => {
		expect(exportFor(imported, named(exported)) !== null).toBe(may);
	});

	test.each([
		['func(a: string)', null],
		['func(a: u32)', 'its function f has other types'],
		['func(b: string)', 'its function f has other types'],
		['func(a: string) -> u8', 'its function f has other types'],
		['func(a: stream<u8>)', 'its function f has other types'],
	])('has the functions that are imported: %s', (signature, reason) => {
		const [wanted] = world('import f: func(a: string);').imports;
		const [exported] = world(`export f: ${signature};`).exports;
		expect(misfit(wanted!, exported!)).toBe(reason);
	});

	test('does not pass what cannot cross', () => {
		const [wanted] = world('import f: func(a: stream<u8>);').imports;
		const [exported] = world('export f: func(a: stream<u8>);').exports;
		expect(misfit(wanted!, exported!)).toContain('streams or futures');
	});

	test('does not pass resources that each component has of its own, at whatever depth', () => {
		const source = (word: string) =>
			`package a:b; interface host { resource input-stream; } interface i { use host.{input-stream}; resource page; own-page: func() -> page; read: func(a: list<option<borrow<input-stream>>>); } world w { ${word} i; }`;
		const item = (word: 'import' | 'export') => {
			const parsed = parseWit(source(word));
			if (!parsed.ok) throw new Error(parsed.error.message);
			return parsed.value[`${word}s`].find(({ name }) => name === 'a:b/i')!;
		};
		const hosts = new Map([
			['input-stream', 'wasi:io/streams@0.2.0'],
			['page', 'wasi:other/pages@0.2.0'],
		]);
		expect(misfit(item('import'), item('export'), hosts)).toBe(
			'its function read passes a resource input-stream of wasi:io/streams@0.2.0, which each component has of its own, so that it does not cross',
		);
		expect(misfit(item('import'), item('export'))).toBeNull();
	});

	test('is never in a circle with what it provides for', () => {
		const of = (links: { readonly [id: string]: readonly string[] }) => (id: string) => links[id] ?? [];
		expect(findCycle('a', of({ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }))).toBeNull();
		const cycle = findCycle('a', of({ a: ['b'], b: ['c'], c: ['a'] }));
		expect(cycle).toEqual(['a', 'b', 'c', 'a']);
		expect(cycleText(cycle!)).toContain('a → b → c → a');
		expect(findCycle('a', of({ a: ['a'] }))).toEqual(['a', 'a']);
		expect(findCycle('a', of({ a: ['b'], b: ['c'], c: ['b'] }))).toEqual(['b', 'c', 'b']);
	});
});

test('a value crosses by what it is, and nothing of what carried it', () => {
	const value: CrossValue = ['x'];
	const crossed = checkCrossing({ kind: 'tuple', elements: [string] }, value, () => handle);
	expect(crossed).not.toBe(value);
});
