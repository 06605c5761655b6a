import { describe, expect, test } from 'vitest';
import type { Json, WitType } from '../core/wit/types';
import { resultText } from './result-text';

const f64: WitType = { kind: 'f64' };
const u8: WitType = { kind: 'u8' };
const point: WitType = {
	kind: 'record',
	name: 'point',
	fields: [
		{ name: 'x', type: f64 },
		{ name: 'n', type: u8 },
	],
};
const shape: WitType = { kind: 'variant', name: 'shape', cases: [{ name: 'circle', type: f64 }] };

describe('the text of a result', () => {
	test.each<[string, WitType | null, Json, string]>([
		['writes a whole float with its point', f64, 3, '3.0'],
		['leaves an integer without one', u8, 3, '3'],
		['keeps a fraction', f64, 0.1, '0.1'],
		['keeps the sign of zero', f64, -0, '-0.0'],
		['writes large floats as Rust does', f64, 1e21, '1e+21'],
		['writes floats of 17 digits with an exponent', f64, 12345678901234567000, '1.2345678901234567e+19'],
		['writes small floats as Rust does', f64, 1e-7, '1e-7'],
		['keeps the words for what is no number', f64, 'NaN', '"NaN"'],
		['reaches into lists', { kind: 'list', element: f64 }, [1, 2.5], '[1.0,2.5]'],
		['reaches into options', { kind: 'option', element: f64 }, 1, '1.0'],
		['leaves none alone', { kind: 'option', element: f64 }, null, 'null'],
		['reaches into tuples', { kind: 'tuple', elements: [u8, f64] }, [1, 1], '[1,1.0]'],
		['reaches into records', point, { x: 1, n: 1 }, '{"x":1.0,"n":1}'],
		['reaches into results', { kind: 'result', ok: f64, err: null }, { ok: 1 }, '{"ok":1.0}'],
		['reaches into variants', shape, { tag: 'circle', val: 2 }, '{"tag":"circle","val":2.0}'],
		['keeps 64-bit integers whole', { kind: 'u64' }, 18446744073709551615n, '18446744073709551615'],
		['prints what has no type as JSON', null, { a: [1] }, '{"a":[1]}'],
	])('%s', (_, type, json, text) => {
		expect(resultText(json, type)).toBe(text);
	});
});
