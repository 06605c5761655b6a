import type { Json } from './types';

/** Error texts quote values; longer ones are cut. */
const maximumLength = 1000;

/** A JSON value as Rust's `{:?}` writes serde's `Value` (or with `map` the bare map of an object), cut after 1,000 characters. */
export function debugJson(json: Json, form: 'value' | 'map' = 'value'): string {
	const text = write(json);
	const whole = form === 'map' ? text.replace(/^Object /, '') : text;
	return whole.length > maximumLength ? `${whole.slice(0, maximumLength)}…` : whole;
}

function write(json: Json): string {
	if (json === null) return 'Null';
	switch (typeof json) {
		case 'boolean':
			return `Bool(${json})`;
		case 'number':
		case 'bigint':
			return `Number(${Object.is(json, -0) ? '-0.0' : json})`;
		case 'string':
			return `String(${JSON.stringify(json)})`;
	}
	if (Array.isArray(json)) return `Array [${json.map(write).join(', ')}]`;
	const entries = Object.entries(json).map(([key, value]) => `${JSON.stringify(key)}: ${write(value)}`);
	return `Object {${entries.join(', ')}}`;
}
