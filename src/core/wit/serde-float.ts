import { WholeFloat } from '../whole-float';
import type { Json } from './types';

/** A whole number of this many digits always fits in the 64 bits that the reader gathers digits in. */
const safeDigits = 19;
const mostSignificand = 2n ** 64n - 1n;
const largestPower = 308;

/**
 * The number that Wassette's JSON reader makes of a decimal: it takes the digits as one whole number and scales that once, so the last bit
 * can be another than that of the nearest double, which is what JavaScript reads. Infinite where the reader refuses the number.
 */
export function serdeFloat(text: string): number {
	const [, sign, whole = '', fraction = '', exponent = '0'] =
		/^(-?)(\d+)(?:\.(\d+))?(?:[eE]([-+]?\d+))?$/.exec(text) ?? [];
	const digits = whole + fraction;
	let kept = digits.length;
	// What no longer fits is dropped.
	if (kept > safeDigits) while (BigInt(digits.slice(0, kept)) > mostSignificand) kept -= 1;
	const significand = Number(BigInt(digits.slice(0, kept)));
	const size = scaled(significand, Number(exponent) + whole.length - kept);
	return sign === '-' ? -size : size;
}

function scaled(significand: number, power: number): number {
	let value = significand;
	let left = power;
	while (left < -largestPower && value !== 0) {
		value /= 1e308;
		left += largestPower;
	}
	if (value === 0) return 0;
	if (left > largestPower) return Infinity;
	// A literal is the nearest double to a power of ten, as the reader's table has it; `**` need not be.
	const scale = Number(`1e${Math.abs(left)}`);
	return left < 0 ? value / scale : value * scale;
}

/** A value as a release hands it on: written out and read in again. A bigint keeps its digits. */
export function throughJson(json: Json): Json {
	if (typeof json === 'number')
		return Number.isSafeInteger(json) || !Number.isFinite(json) ? json : serdeFloat(String(json));
	if (typeof json !== 'object' || json === null || json instanceof WholeFloat) return json;
	if (Array.isArray(json)) return json.every(Number.isSafeInteger) ? json : json.map(throughJson);
	// Its keys are a guest's: one of them may be `__proto__`.
	return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, throughJson(value)]));
}
