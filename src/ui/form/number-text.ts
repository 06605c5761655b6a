import { parseJson } from '../../core/json';
import { integerRanges } from '../../core/wit/values';
import type { Json } from '../../core/wit/types';

export type IntegerKind = keyof typeof integerRanges;

export function isIntegerKind(kind: string): kind is IntegerKind {
	return Object.hasOwn(integerRanges, kind);
}

/** Longer digits than any type has; they stay text, which no field takes for a number. */
const maxDigits = 40;

/**
 * What somebody typed into an integer field: a number, a bigint where a double cannot hold it, undefined for nothing, and the text
 * itself where it is no integer, so that it can be shown and refused.
 */
export function readInteger(text: string): Json | undefined {
	const trimmed = text.trim();
	if (trimmed === '') return undefined;
	if (!/^[+-]?\d+$/.test(trimmed) || trimmed.length > maxDigits) return text;
	const value = BigInt(trimmed.replace(/^\+/, ''));
	const double = Number(value);
	return Number.isSafeInteger(double) ? double : value;
}

/** Words for what JSON has no number for, as results write them. */
const words = new Map<string, string>([
	['nan', 'NaN'],
	['inf', 'inf'],
	['+inf', 'inf'],
	['infinity', 'inf'],
	['+infinity', 'inf'],
	['-inf', '-inf'],
	['-infinity', '-inf'],
]);

/** What somebody typed into a float field: a number, the word for one that JSON lacks, undefined for nothing, or the text itself. */
export function readFloat(text: string): Json | undefined {
	const trimmed = text.trim();
	if (trimmed === '') return undefined;
	const word = words.get(trimmed.toLowerCase());
	if (word !== undefined) return word;
	const plain = trimmed
		.replace(/^\+/, '')
		.replace(/^(-?)\./, '$10.')
		.replace(/\.(?=$|[eE])/, '')
		.replace(/^(-?)0+(?=\d)/, '$1');
	const parsed = parseJson(plain);
	return parsed.ok && (typeof parsed.value === 'number' || typeof parsed.value === 'bigint')
		? parsed.value
		: text;
}

/** How a field shows a value that it did not get from typing. */
export function numberText(value: Json | undefined): string {
	if (value === undefined || value === null) return '';
	if (typeof value === 'string') return value;
	return Object.is(value, -0) ? '-0' : String(value);
}

/** Whether a value is one of the words for NaN and the infinities. */
export function isFloatWord(value: Json | undefined): boolean {
	return value === 'NaN' || value === 'inf' || value === '-inf';
}
