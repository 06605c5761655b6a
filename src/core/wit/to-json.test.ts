import { describe, expect, test } from 'vitest';
import { returnedToJson, taggedResult, thrownToJson, toJson } from './to-json';
import type { WitFunction, WitType } from './types';

const u8: WitType = { kind: 'u8' };
const string: WitType = { kind: 'string' };
const giving = (result: WitType | null): WitFunction => ({ interface: null, name: 'f', params: [], result });
const result = (ok: WitType | null, err: WitType | null = string): WitType => ({ kind: 'result', ok, err });
const withPayload = (payload: unknown) => Object.assign(new Error('thrown'), { payload });

/** Payloads that look like a tagged result themselves, so that what is returned is never taken for one. */
const lookalikes: readonly (readonly [string, WitType])[] = [
	['result', result(u8)],
	[
		'variant with a case ok',
		{
			kind: 'variant',
			name: 'v',
			cases: [
				{ name: 'a', type: null },
				{ name: 'ok', type: u8 },
			],
		},
	],
	[
		'variant with a case err',
		{
			kind: 'variant',
			name: 'v',
			cases: [
				{ name: 'err', type: u8 },
				{ name: 'a', type: null },
			],
		},
	],
	[
		'record with a field tag',
		{
			kind: 'record',
			name: 'r',
			fields: [
				{ name: 'a', type: u8 },
				{ name: 'tag', type: string },
			],
		},
	],
	['option of a result', { kind: 'option', element: result(u8) }],
];
const others: readonly (readonly [string, WitType | null])[] = [
	['nothing', null],
	['number', u8],
	['variant of other cases', { kind: 'variant', name: 'v', cases: [{ name: 'a', type: null }] }],
	['record of other fields', { kind: 'record', name: 'r', fields: [{ name: 'a', type: u8 }] }],
	['option of a number', { kind: 'option', element: u8 }],
	['list of results', { kind: 'list', element: result(u8) }],
];

describe('a call that returned', () => {
	test.each(lookalikes)('a payload is wrapped, whatever it looks like: %s', async (_, ok) => {
		const value = { tag: 'err', val: 1 };
		expect(await taggedResult(giving(result(ok)), () => value)).toEqual({ tag: 'ok', val: value });
	});

	test.each(others)('a result that comes whole is left as it is: %s', async (_, ok) => {
		for (const tag of ['ok', 'err']) {
			const value = { tag, val: 1 };
			expect(await taggedResult(giving(result(ok)), () => value)).toBe(value);
		}
		expect(await taggedResult(giving(result(ok)), () => 5)).toEqual({ tag: 'ok', val: 5 });
		expect(await taggedResult(giving(result(ok)), () => ({ tag: 'a' }))).toEqual({
			tag: 'ok',
			val: { tag: 'a' },
		});
	});

	test('what is no result is handed on', async () => {
		const value = { tag: 'ok', val: 1 };
		expect(await taggedResult(giving(u8), () => value)).toBe(value);
		expect(await taggedResult(giving(null), () => undefined)).toBeUndefined();
	});

	test('is an err by its tag alone', () => {
		expect(returnedToJson(giving(result(u8)), { tag: 'err', val: 'no' })).toEqual({
			json: { err: 'no' },
			isErr: true,
		});
		expect(returnedToJson(giving(result(u8)), { tag: 'ok', val: 1 })).toEqual({
			json: { ok: 1 },
			isErr: false,
		});
		expect(returnedToJson(giving(result(u8)), 1)).toEqual({ json: { ok: 1 }, isErr: false });
		expect(returnedToJson(giving(null), 1)).toEqual({ json: null, isErr: false });
	});
});

describe('a call that threw', () => {
	const trap = new Error('unreachable');

	test.each([
		['a trap', giving(result(u8)), trap],
		['no error', giving(result(u8)), { payload: 'no' }],
		['a payload without a result', giving(u8), withPayload('no')],
		['a payload without anything returned', giving(null), withPayload('no')],
	])('is no err: %s', async (_, fn, thrown) => {
		expect(thrownToJson(fn, thrown)).toBeNull();
		await expect(
			taggedResult(fn, () => {
				throw thrown;
			}),
		).rejects.toBe(thrown);
	});

	test('is an err with its payload', async () => {
		const throwing = () => {
			throw withPayload('no');
		};
		expect(await taggedResult(giving(result(u8)), throwing)).toEqual({ tag: 'err', val: 'no' });
		expect(thrownToJson(giving(result(u8)), withPayload('no'))).toEqual({ json: { err: 'no' }, isErr: true });
	});
});

test.each<[WitType, unknown, unknown]>([
	[{ kind: 'map', key: string, value: u8 }, new Map([['a', 1]]), [{ key: 'a', value: 1 }]],
	[{ kind: 'future', element: u8 }, 3, 3],
	[{ kind: 'future', element: null }, 3, null],
	[{ kind: 'stream', element: null }, [undefined, undefined], [null, null]],
	[{ kind: 'stream', element: string }, ['a'], ['a']],
	[{ kind: 'stream', element: u8 }, [0xef, 0xbb, 0xbf, 0x61], '\ufeffa'],
	[{ kind: 'stream', element: u8 }, Uint8Array.of(255), { base64: '/w==' }],
	[{ kind: 'error-context' }, {}, 'error context'],
	[{ kind: 'f64' }, Infinity, 'inf'],
	[{ kind: 'f64' }, -Infinity, '-inf'],
	[{ kind: 'f64' }, NaN, 'NaN'],
	[{ kind: 'f64' }, 0, 0],
	[{ kind: 'bool' }, false, false],
	[{ kind: 'bool' }, true, true],
	[{ kind: 'option', element: { kind: 'option', element: u8 } }, { tag: 'none' }, null],
	[{ kind: 'option', element: { kind: 'option', element: u8 } }, { tag: 'some', val: undefined }, null],
	[{ kind: 'list', element: u8 }, Uint8Array.of(1), [1]],
])('a value of %o as JSON', (type, value, json) => {
	expect(toJson(type, value)).toEqual(json);
});

test.each<[WitType, unknown]>([
	[{ kind: 'map', key: string, value: u8 }, [['a', 1]]],
	[{ kind: 'bool' }, 1],
	[{ kind: 'bool' }, null],
	[{ kind: 'f32' }, '1'],
	[{ kind: 'f64' }, 1n],
	[string, 1],
	[u8, 1.5],
	[u8, '1'],
	[u8, 256],
	[u8, -1],
	[{ kind: 's8' }, 128],
	[{ kind: 'u64' }, 2n ** 64n],
	[{ kind: 'enum', name: 'e', cases: ['a'] }, 'b'],
	[{ kind: 'enum', name: 'e', cases: ['a'] }, 0],
	[{ kind: 'variant', name: 'v', cases: [{ name: 'a', type: null }] }, { tag: 'b' }],
	[{ kind: 'variant', name: 'v', cases: [{ name: 'a', type: null }] }, 'a'],
	[{ kind: 'record', name: 'r', fields: [] }, []],
	[{ kind: 'tuple', elements: [u8] }, [1, 2]],
	[{ kind: 'list', element: u8 }, 'a'],
	[{ kind: 'list', element: u8 }, new DataView(new ArrayBuffer(2))],
	[{ kind: 'list', element: u8 }, new Set([1])],
	[result(u8), { tag: 'maybe' }],
])('what is no value of %o is refused as that: %o', (type, value) => {
	expect(() => toJson(type, value)).toThrow(
		new TypeError(`the component's result is not a valid ${type.kind}`),
	);
});

test.each<[WitType, unknown]>([
	[u8, 255],
	[{ kind: 's8' }, -128],
	[{ kind: 'u64' }, 2n ** 64n - 1n],
	[{ kind: 's64' }, -(2n ** 63n)],
])('the ends of %o are in it', (type, value) => {
	expect(toJson(type, value)).toBe(value);
});
