import { floatText, type ExponentStyle } from './float-text';
import { WholeFloat } from '../whole-float';
import type { Json } from './types';

/** Error texts quote values; longer ones are cut. */
const maximumLength = 1000;

/** How a release writes a value into an error text. */
export interface DebugStyle {
	/** The keys of objects in their order by code point, and not as they came; default false. */
	readonly sortedKeys?: boolean;
	/** Default `plus`. */
	readonly exponents?: ExponentStyle;
}

/** A JSON value as Rust's `{:?}` writes serde's `Value` (or with `map` the bare map of an object), cut after 1,000 characters. */
export function debugJson(json: Json, form: 'value' | 'map' = 'value', style: DebugStyle = {}): string {
	const text = write(json, style);
	const whole = form === 'map' ? text.replace(/^Object /, '') : text;
	return whole.length > maximumLength ? `${whole.slice(0, maximumLength)}…` : whole;
}

function write(json: Json, style: DebugStyle): string {
	if (json === null) return 'Null';
	switch (typeof json) {
		case 'boolean':
			return `Bool(${json})`;
		case 'number':
		case 'bigint':
			return `Number(${numberText(json, style.exponents ?? 'plus')})`;
		case 'string':
			return `String(${debugString(json)})`;
		default:
			return writeMany(json, style);
	}
}

function writeMany(
	json: Exclude<Json, null | boolean | number | bigint | string>,
	style: DebugStyle,
): string {
	if (json instanceof WholeFloat) return `Number(${floatText(json.value, style.exponents ?? 'plus')})`;
	if (Array.isArray(json)) return `Array [${json.map((item: Json) => write(item, style)).join(', ')}]`;
	const entries = Object.entries(json);
	if (style.sortedKeys) entries.sort(([a], [b]) => (a < b ? -1 : 1));
	return `Object {${entries.map(([key, value]) => `${debugString(key)}: ${write(value, style)}`).join(', ')}}`;
}

/** serde reads an integer that 64 bits do not hold, and a negative zero, as a float. */
function numberText(value: number | bigint, exponents: ExponentStyle): string {
	const isFloat =
		typeof value === 'bigint'
			? value < -(2n ** 63n) || value >= 2n ** 64n
			: !Number.isInteger(value) || Object.is(value, -0);
	return isFloat ? floatText(Number(value), exponents) : String(value);
}

/** A text as Rust's `{:?}` quotes it: what cannot be seen is written by its number. */
function debugString(text: string): string {
	const first = text.codePointAt(0) ?? 0;
	const lead = text === '' ? '' : String.fromCodePoint(first);
	const head = /^\p{Grapheme_Extend}/u.test(lead) ? `\\u{${first.toString(16)}}` : escaped(lead);
	return `"${head}${escaped(text.slice(lead.length))}"`;
}

const named: Readonly<Record<string, string>> = {
	'\0': '\\0',
	'\t': '\\t',
	'\n': '\\n',
	'\r': '\\r',
	'"': '\\"',
	'\\': '\\\\',
};

const escaped = (text: string): string =>
	text.replace(
		/[\p{C}\p{Zl}\p{Zp}"\\]|(?! )\p{Zs}/gu,
		(char) => named[char] ?? `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`,
	);
