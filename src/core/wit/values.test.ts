import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJson } from '../json';
import { err, ok } from '../result';
import { argumentsFromJson, fromJson } from './from-json';
import { returnedToJson, thrownToJson, toJson } from './to-json';
import type { Json, WitFunction, WitType } from './types';
import { runs } from '../testing/runs';

const u8 = { kind: 'u8' } as const;
const string = { kind: 'string' } as const;
const option = (element: WitType): WitType => ({ kind: 'option', element });
const list = (element: WitType): WitType => ({ kind: 'list', element });
const result = (ok: WitType | null, err: WitType | null): WitType => ({ kind: 'result', ok, err });
const flags: WitType = { kind: 'flags', name: 'f', flags: ['read-it', 'write'] };
const variant: WitType = {
	kind: 'variant',
	name: 'v',
	cases: [
		{ name: 'circle-of', type: { kind: 'f64' } },
		{ name: 'square', type: null },
	],
};
const record: WitType = {
	kind: 'record',
	name: 'r',
	fields: [
		{ name: 'entity-type', type: string },
		{ name: 'constructor', type: option(u8) },
	],
};

describe('a value from JSON', () => {
	test.each<[string, WitType, Json, unknown]>([
		['a bool', { kind: 'bool' }, true, true],
		['a u64 as bigint', { kind: 'u64' }, 2n ** 64n - 1n, 2n ** 64n - 1n],
		['a small s64 as bigint', { kind: 's64' }, -5, -5n],
		['an s8', { kind: 's8' }, -128, -128],
		['an f32, rounded', { kind: 'f32' }, 0.1, Math.fround(0.1)],
		['NaN', { kind: 'f64' }, 'NaN', NaN],
		['an infinity', { kind: 'f64' }, '-inf', -Infinity],
		['a character beyond the first plane', { kind: 'char' }, '😀', '😀'],
		['bytes', list(u8), [1, 255], Uint8Array.of(1, 255)],
		['64-bit numbers', list({ kind: 's64' }), [-1, 2], BigInt64Array.of(-1n, 2n)],
		['a list of fixed size', { kind: 'list', element: u8, length: 2 }, [1, 2], [1, 2]],
		['strings', list(string), ['a'], ['a']],
		[
			'a record',
			record,
			{ 'entity-type': 'x', constructor: null },
			{ entityType: 'x', constructor: undefined },
		],
		['a variant', variant, { tag: 'circle-of', val: 1.5 }, { tag: 'circle-of', val: 1.5 }],
		['a variant without payload', variant, { tag: 'square', val: 3 }, { tag: 'square' }],
		['an option', option(string), 'a', 'a'],
		['an empty option', option(string), null, undefined],
		['an option in an option', option(option(u8)), 3, { tag: 'some', val: 3 }],
		['an empty option in an option', option(option(u8)), null, { tag: 'none' }],
		['an option in an option in an option', option(option(option(u8))), 3, { tag: 'some', val: 3 }],
		['an empty one of three', option(option(option(u8))), null, undefined],
		['a result', result(u8, string), { err: 'x' }, { tag: 'err', val: 'x' }],
		['flags by name', flags, ['write', 'nope'], { readIt: false, write: true }],
		['flags as an object', flags, { 'read-it': true, write: false }, { readIt: true, write: false }],
		['a map', { kind: 'map', key: string, value: u8 }, [{ key: 'a', value: 1 }], new Map([['a', 1]])],
		['a tuple', { kind: 'tuple', elements: [u8, string] }, [1, 'a'], [1, 'a']],
	])('is read: %s', (_, type, json, expected) => {
		const read = fromJson(type, json);
		expect(read).toEqual({ ok: true, value: expected });
		expect(read.ok && Object.getPrototypeOf(Object(read.value))).toBe(
			Object.getPrototypeOf(Object(expected)),
		);
	});

	test.each<[WitType, string, unknown]>([
		[u8, '1.0', 'cannot interpret number as i64 or f64: Number(1.0)'],
		[{ kind: 's64' }, '-2E+2', 'cannot interpret number as i64 or f64: Number(-200.0)'],
		[list(u8), '[1, 3e0]', 'cannot interpret number as i64 or f64: Number(3.0)'],
		[
			string,
			'[1.0, {"a": 0.0}]',
			'expected object shape for string, found: Array [Number(1.0), Object {"a": Number(0.0)}]',
		],
		[record, '1.0', 'expected object shape for record, found: Number(1.0)'],
		[{ kind: 'f64' }, '1e2', 100],
		[{ kind: 'f32' }, '-3.0', -3],
		[u8, '10', 10],
	])('is judged by how a number was written: %o from %s', (type, text, expected) => {
		const json = parseJson(text, { wholeFloats: true });
		const read = json.ok && fromJson(type, json.value, undefined, { exact: true });
		expect(read).toEqual(typeof expected === 'string' ? err(expected) : ok(expected));
	});

	test.each<[WitType, Json, string]>([
		[{ kind: 'bool' }, 'yes', 'expected object shape for bool, found: String("yes")'],
		[u8, 256, 'cannot interpret number as i64 or f64: Number(256)'],
		[u8, -1, 'cannot interpret number as i64 or f64: Number(-1)'],
		[u8, 1.5, 'cannot interpret number as i64 or f64: Number(1.5)'],
		[u8, '1', 'expected object shape for u8, found: String("1")'],
		[{ kind: 'u64' }, 2n ** 64n, 'cannot interpret number as i64 or f64: Number(1.8446744073709552e+19)'],
		[{ kind: 'f32' }, null, 'expected object shape for float32, found: Null'],
		[{ kind: 'char' }, 'ab', 'invalid char: ab'],
		[{ kind: 'char' }, '', 'invalid char: '],
		[string, 1, 'expected object shape for string, found: Number(1)'],
		[list(u8), { a: true }, 'expected object shape for list, found: Object {"a": Bool(true)}'],
		[record, { 'entity-type': 'x' }, 'expected object shape for record, found: missing field constructor'],
		[record, [1], 'expected object shape for record, found: Array [Number(1)]'],
		[
			{ kind: 'tuple', elements: [u8] },
			[1, 2],
			'expected object shape for tuple, found: expected 1 items, got 2',
		],
		[variant, {}, 'expected object shape for variant, found: missing tag'],
		[variant, { tag: 'circle-of' }, 'expected object shape for variant, found: missing val'],
		[variant, { tag: 'x' }, 'unknown object shape: {"tag": String("x")}'],
		[
			{ kind: 'enum', name: 'e', cases: ['a'] },
			'b',
			'expected object shape for enum, found: invalid enum value: b',
		],
		[result(u8, null), {}, 'expected object shape for result, found: Object {}'],
		[{ kind: 'own', resource: 'r' }, 'x', 'cannot interpret resource from JSON'],
	])('is refused in the words of Wassette: %o from %o', (type, json, message) => {
		expect(fromJson(type, json)).toEqual({ ok: false, error: message });
	});

	test('comes with a note where only we accept it', () => {
		const notes: string[] = [];
		fromJson({ kind: 'tuple', elements: [flags, result(null, string)] }, [{}, { ok: null }], (note) =>
			notes.push(note),
		);
		expect(notes).toHaveLength(2);
		expect(notes[0]).toContain('array of names');
		expect(notes[1]).toContain("empty 'ok'");
	});
});

describe('arguments from JSON', () => {
	const fn: WitFunction = {
		interface: null,
		name: 'f',
		params: [
			{ name: 'library-id', type: string },
			{ name: 'topic', type: option(string) },
		],
		result: null,
	};

	test('come in the order of the parameters, extra ones ignored', () => {
		expect(argumentsFromJson(fn, { extra: 1, topic: 't', 'library-id': 'a' })).toEqual({
			ok: true,
			value: { values: ['a', 't'], notes: [] },
		});
	});

	test('may lack an option, with a note', () => {
		const read = argumentsFromJson(fn, { 'library-id': 'a' });
		expect(read).toMatchObject({ ok: true, value: { values: ['a', undefined] } });
		expect(read.ok && read.value.notes[0]).toContain("'topic'");
	});

	test('may lack nothing else', () => {
		expect(argumentsFromJson(fn, { libraryId: 'a' })).toEqual({
			ok: false,
			error: 'expected object shape for object, found: missing field library-id',
		});
	});

	test('are not taken from the prototype', () => {
		const named = { ...fn, params: [{ name: 'constructor', type: string }] };
		expect(argumentsFromJson(named, {}).ok).toBe(false);
	});
});

describe('a value to JSON', () => {
	test.each<[string, WitType, unknown, Json]>([
		['a safe u64', { kind: 'u64' }, 5n, 5],
		['an unsafe u64', { kind: 'u64' }, 2n ** 53n, 2n ** 53n],
		['NaN', { kind: 'f32' }, NaN, 'NaN'],
		['an infinity', { kind: 'f64' }, Infinity, 'inf'],
		['bytes', list(u8), Uint8Array.of(1, 2), [1, 2]],
		['flags', flags, { readIt: true, write: true }, ['read-it', 'write']],
		['a variant without payload', variant, { tag: 'square', val: undefined }, { tag: 'square' }],
		['an empty result', result(null, null), { tag: 'ok', val: undefined }, { ok: null }],
		['none in an option in an option', option(option(u8)), { tag: 'some', val: undefined }, null],
		['an option in an option in an option', option(option(option(u8))), { tag: 'some', val: 3 }, 3],
		['none around an option in an option', option(option(option(u8))), undefined, null],
		['a resource', { kind: 'own', resource: 'r' }, {}, 'resource: r'],
	])('is written: %s', (_, type, value, json) => {
		expect(toJson(type, value)).toEqual(json);
	});

	test.each<[WitType, unknown]>([
		[{ kind: 'bool' }, 1],
		[u8, 256],
		[u8, 1.5],
		[string, 1],
		[list(u8), 'ab'],
		[record, null],
		[variant, { tag: 'nope' }],
		[{ kind: 'enum', name: 'e', cases: ['a'] }, 'b'],
		[{ kind: 'tuple', elements: [u8] }, [1, 2]],
		[result(u8, u8), { tag: 'neither' }],
	])('of another type throws: %o from %o', (type, value) => {
		expect(() => toJson(type, value)).toThrow(TypeError);
	});
});

describe('the outcome of a call', () => {
	const returning = (type: WitType | null): WitFunction => ({
		interface: null,
		name: 'f',
		params: [],
		result: type,
	});

	test.each<[string, WitType | null, unknown, Json, boolean]>([
		['nothing', null, undefined, null, false],
		['a plain value', u8, 3, 3, false],
		['the payload of an ok', result(string, string), 'a', { ok: 'a' }, false],
		['an ok without payload', result(null, string), undefined, { ok: null }, false],
		['a whole result', result(string, string), { tag: 'err', val: 'no' }, { err: 'no' }, true],
		['a result in an ok', result(result(u8, u8), u8), { tag: 'err', val: 3 }, { ok: { err: 3 } }, false],
	])('is read: %s', (_, type, value, json, isErr) => {
		expect(returnedToJson(returning(type), value)).toEqual({ json, isErr });
	});

	test('is a WIT err where the payload was thrown', () => {
		const thrown = Object.assign(new Error('no'), { payload: 'no' });
		expect(thrownToJson(returning(result(u8, string)), thrown)).toEqual({ json: { err: 'no' }, isErr: true });
	});

	test('is a trap where anything else was thrown', () => {
		expect(thrownToJson(returning(result(u8, string)), new Error('unreachable'))).toBeNull();
		expect(thrownToJson(returning(u8), Object.assign(new Error(), { payload: 1 }))).toBeNull();
	});
});

/** A type, and JSON of it in the form that results have. */
interface Sample {
	readonly type: WitType;
	readonly json: fc.Arbitrary<Json>;
}

const label = fc.stringMatching(/^[a-z][a-z0-9]{0,4}(-[a-z][a-z0-9]{0,4}){0,2}$/);
const labels = fc.uniqueArray(label, { minLength: 1, maxLength: 4 });
const integerSample = (kind: 'u8' | 's16' | 'u32', min: number, max: number): Sample => ({
	type: { kind },
	json: fc.integer({ min, max }),
});
const plain = fc.constantFrom<Sample>(
	{ type: { kind: 'bool' }, json: fc.boolean() },
	{ type: string, json: fc.string() },
	{ type: { kind: 'char' }, json: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }) },
	integerSample('u8', 0, 255),
	integerSample('s16', -32768, 32767),
	integerSample('u32', 0, 2 ** 32 - 1),
	{
		type: { kind: 's64' },
		json: fc
			.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
			.map((big) => (Number.isSafeInteger(Number(big)) ? Number(big) : big)),
	},
	{
		type: { kind: 'f64' },
		json: fc.oneof(
			fc.double({ noNaN: true, noDefaultInfinity: true }),
			fc.constantFrom('NaN', 'inf', '-inf'),
		),
	},
	{ type: { kind: 'f32' }, json: fc.float({ noNaN: true, noDefaultInfinity: true }) },
);

const { sample } = fc.letrec<{ sample: Sample }>((tie) => ({
	sample: fc.oneof(
		{ depthSize: 'small', withCrossShrink: true },
		plain,
		tie('sample').map(({ type, json }): Sample => ({
			type: { kind: 'list', element: type },
			json: fc.array(json, { maxLength: 4 }),
		})),
		tie('sample').map(({ type, json }): Sample => ({
			type: { kind: 'option', element: type },
			json: fc.oneof(fc.constant(null), json),
		})),
		fc.array(tie('sample'), { minLength: 1, maxLength: 3 }).map((all): Sample => ({
			type: { kind: 'tuple', elements: all.map(({ type }) => type) },
			json: fc.tuple(...all.map(({ json }) => json)),
		})),
		fc.tuple(labels, fc.array(tie('sample'), { minLength: 4, maxLength: 4 })).map(([names, all]): Sample => {
			const fields = names.map((name, index) => ({ name, ...(all[index] as Sample) }));
			return {
				type: { kind: 'record', name: 'r', fields: fields.map(({ name, type }) => ({ name, type })) },
				json: fc.record(Object.fromEntries(fields.map(({ name, json }) => [name, json]))),
			};
		}),
		fc.tuple(labels, tie('sample')).map(([names, { type, json }]): Sample => ({
			type: {
				kind: 'variant',
				name: 'v',
				cases: names.map((name, index) => ({ name, type: index ? null : type })),
			},
			json: fc.oneof(
				json.map((val): Json => ({ tag: names[0] as string, val })),
				...names.slice(1).map((tag) => fc.constant({ tag })),
			),
		})),
		labels.map((flags): Sample => ({ type: { kind: 'flags', name: 'f', flags }, json: fc.subarray(flags) })),
		labels.map((cases): Sample => ({
			type: { kind: 'enum', name: 'e', cases },
			json: fc.constantFrom(...cases),
		})),
		fc.tuple(tie('sample'), tie('sample')).map(([ok, err]): Sample => ({
			type: { kind: 'result', ok: ok.type, err: err.type },
			json: fc.oneof(
				ok.json.map((json): Json => ({ ok: json })),
				err.json.map((json): Json => ({ err: json })),
			),
		})),
	),
}));

test('JSON of any type comes back unchanged', () => {
	const cases = sample.chain(({ type, json }) => json.map((value) => ({ type, value })));
	fc.assert(
		fc.property(cases, ({ type, value }) => {
			const read = fromJson(type, value);
			expect(read.ok && toJson(type, read.value)).toEqual(value);
		}),
		{ numRuns: runs(500) },
	);
});

test('no JSON makes the reader throw', () => {
	fc.assert(
		fc.property(sample, fc.jsonValue(), ({ type }, json) => {
			expect(typeof fromJson(type, json as Json).ok).toBe('boolean');
		}),
	);
});

test('a stream and a future come from what they give, and become it', async () => {
	const of = (kind: 'stream' | 'future', element: 'u8' | 'u32' | 'string') =>
		({ kind, element: { kind: element } }) as const;
	const from = (type: Parameters<typeof fromJson>[0], json: Parameters<typeof fromJson>[1]) => {
		const value = fromJson(type, json);
		if (!value.ok) throw new Error(value.error);
		return value.value;
	};
	expect(from(of('stream', 'u8'), 'é')).toEqual([Uint8Array.of(0xc3, 0xa9)]);
	expect(from(of('stream', 'u8'), { base64: '/w==' })).toEqual([Uint8Array.of(255)]);
	expect(from(of('stream', 'u8'), { hex: 'ff 00C3' })).toEqual([Uint8Array.of(255, 0, 0xc3)]);
	expect(from(of('stream', 'u8'), { hex: '' })).toEqual([Uint8Array.of()]);
	expect(from(of('stream', 'u8'), [255, 0])).toEqual([Uint8Array.of(255, 0)]);
	expect(from(of('stream', 'u32'), [1, 2])).toEqual([Uint32Array.of(1, 2)]);
	expect(from(of('stream', 'string'), ['a', 'b'])).toEqual(['a', 'b']);
	expect(await from(of('future', 'string'), 'a')).toBe('a');
	expect(fromJson(of('stream', 'u32'), ['a']).ok).toBe(false);
	for (const base64 of ['x', 'ab=c', 'é', 5]) expect(fromJson(of('stream', 'u8'), { base64 }).ok).toBe(false);
	for (const hex of ['f', 'fg', '0xf', 5, null]) expect(fromJson(of('stream', 'u8'), { hex }).ok).toBe(false);
	expect(toJson(of('stream', 'u8'), Uint8Array.of(0xc3, 0xa9))).toBe('é');
	expect(toJson(of('stream', 'u8'), Uint8Array.of(255))).toEqual({ base64: '/w==' });
	expect(toJson(of('stream', 'u32'), [1, 2])).toEqual([1, 2]);
});
