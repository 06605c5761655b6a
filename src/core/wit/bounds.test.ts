import { describe, expect, test } from 'vitest';
import { fromJson } from './from-json';
import { parseWit } from './parse-wit';
import { toolsOf } from './tools-of';
import type { WitFunction, WitType } from './types';

/** What is wrong with a world whose one export takes `type`; null where nothing is. */
function wrongWith(definitions: string, type: string): string | null {
	const read = parseWit(`world w { ${definitions} export f: func(p: ${type}); }`);
	return read.ok ? null : read.error.message;
}

describe('a type', () => {
	const aliases = (count: number) =>
		Array.from({ length: count }, (_, at) => `type a${at} = ${at + 1 < count ? `a${at + 1}` : 'u8'};`).join(
			' ',
		);

	test('may be a name for a name 64 times over, and no more', () => {
		expect(wrongWith(aliases(64), 'a0')).toBeNull();
		expect(wrongWith(aliases(65), 'a0')).toBe('this type is nested too deeply');
	});

	test('may have 20,000 parts, and no more', () => {
		const cases = (count: number) => Array.from({ length: count }, (_, at) => `c${at}`).join(', ');
		expect(wrongWith(`enum e { ${cases(20_000)} }`, 'e')).toBeNull();
		expect(wrongWith(`enum e { ${cases(20_001)} }`, 'e')).toBe('this type has too many parts');
		expect(wrongWith(`enum e { ${cases(10_000)} }`, 'tuple<e, e>')).toBe('this type has too many parts');
	});

	test('has 64 levels at the most', () => {
		const lists = (count: number) => 'list<'.repeat(count) + 'u8' + '>'.repeat(count);
		expect(wrongWith('', lists(63))).toBeNull();
		expect(wrongWith(`type t = ${lists(60)};`, 'list<list<list<list<t>>>>')).toBeNull();
		expect(wrongWith(`type t = ${lists(60)};`, 'list<list<list<list<list<t>>>>>')).toBe(
			'this type is nested too deeply',
		);
	});

	test('comes from the version of a package that is named', () => {
		const text = (version: string) => `package root:component;
			world w { use a:b/i@${version}.{t}; export f: func(p: t); }
			package a:b@1.0.0 { interface i { type t = u8; } }
			package a:b@2.0.0 { interface i { type t = string; } }`;
		const typeIn = (version: string) => {
			const read = parseWit(text(version));
			return read.ok ? read.value.exports[0]?.functions[0]?.params[0]?.type : read.error.message;
		};
		expect(typeIn('1.0.0')).toEqual({ kind: 'u8' });
		expect(typeIn('2.0.0')).toEqual({ kind: 'string' });
		expect(typeIn('3.0.0')).toBe("no interface 'i' is known");
	});
});

describe('a comment', () => {
	test.each([
		['/// said', 'said'],
		['//// not said', undefined],
		['/////', undefined],
		['// not said', undefined],
		['/// one\n//// not this\n/// two', 'one\ntwo'],
	])('%j', (comment, docs) => {
		const read = parseWit(`${comment}\nworld w { }`);
		expect(read.ok && read.value.docs).toBe(docs);
	});
});

describe('a value', () => {
	const four: WitType = { kind: 'list', element: { kind: 'u8' }, length: 4 };

	test.each([
		[[1, 2, 3, 4], true],
		[[1, 2, 3], false],
		[[1, 2, 3, 4, 5], false],
		[[], false],
	])('%j is a list of four: %s', (value, fits) => {
		expect(fromJson(four, value).ok).toBe(fits);
	});

	test.each([
		['a', true],
		['😀', true],
		['\ud800', false],
		['\udfff', false],
		['ab', false],
		['', false],
		['\n', true],
	])('%j is a character: %s', (value, fits) => {
		expect(fromJson({ kind: 'char' }, value).ok).toBe(fits);
	});
});

test('a tool may have a name of 128 characters, and cannot be called with one more', () => {
	const named = (length: number): WitFunction => ({
		interface: null,
		name: 'a'.repeat(length),
		params: [],
		result: null,
	});
	const [fits, over] = toolsOf([named(128), named(129)]);
	expect(fits).toMatchObject({ name: 'a'.repeat(128) });
	expect(fits).not.toHaveProperty('uncallable');
	expect(over).toMatchObject({
		name: 'a'.repeat(128),
		uncallable: expect.stringContaining('129 characters'),
	});
});
