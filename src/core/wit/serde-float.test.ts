import { expect, test } from 'vitest';
import { floatText } from './float-text';
import { serdeFloat, throughJson } from './serde-float';
import type { Json } from './types';

/** How 0.8.0 and 0.4.0 answered these: arguments are read twice, results once. */
test.each([
	['f64', 1e-50, '9.999999999999999e-51'],
	['f64', 7.044786315136894e174, '7.044786315136891e+174'],
	['f64', 6.811636808657234e-187, '6.811636808657237e-187'],
	['f32', 1e21, '1.0000000200408772e+21'],
	['f32', 4.071132504696521e-17, '4.0711325046965205e-17'],
	['f64', 0.1, '0.1'],
	['f64', 4.9e-324, '5e-324'],
])('the releases hand on an %s as their reader makes it: %s', (kind, given, written) => {
	const taken = throughJson(throughJson(given)) as number;
	expect(floatText(throughJson(kind === 'f32' ? Math.fround(taken) : taken) as number, 'plus')).toBe(written);
});

test('digits beyond 64 bits are dropped, and a number beyond a double is refused', () => {
	expect(serdeFloat('123456789012345678901234567890')).toBeCloseTo(1.2345678901234568e29, -15);
	expect(serdeFloat('1e400')).toBe(Infinity);
	expect(serdeFloat('1e-400')).toBe(0);
	expect(serdeFloat('-2.5')).toBe(-2.5);
});

test('few digits are read as they are, and what is no float stays', () => {
	for (let n = 0; n < 2_000; n++) {
		const value = Number(`${(n * 7919) % 100_003}.${n}e${(n % 30) - 15}`);
		expect(throughJson(value)).toBe(value);
	}
	const other: Json = { b: [1, 2n ** 64n, 'x', null, true], a: { c: 0.5 } };
	expect(throughJson(other)).toEqual(other);
	expect(Object.keys(throughJson(JSON.parse('{"__proto__":1.5}') as Json) as object)).toEqual(['__proto__']);
});
