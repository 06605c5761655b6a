import { printJson } from '../core/json';
import type { Json, WitType } from '../core/wit/types';

/**
 * A result as the text of a tool result. It differs from plain JSON where JavaScript has forgotten what Wassette knows: a float is
 * written with its point, so `1.0` and not `1`.
 */
export function resultText(json: Json, type: WitType | null): string {
	if (type === null || json === null) return printJson(json);
	switch (type.kind) {
		case 'f32':
		case 'f64':
			return typeof json === 'number' ? floatText(json) : printJson(json);
		case 'option':
			return resultText(json, type.element);
		case 'list':
			return Array.isArray(json) && holdsFloats(type.element)
				? `[${json.map((item: Json) => resultText(item, type.element)).join(',')}]`
				: printJson(json);
		case 'tuple':
			return Array.isArray(json)
				? `[${json.map((item: Json, index) => resultText(item, type.elements[index] ?? null)).join(',')}]`
				: printJson(json);
		case 'record':
			return objectText(json, (key) => type.fields.find(({ name }) => name === key)?.type ?? null);
		case 'result':
			return objectText(json, (key) => (key === 'ok' ? type.ok : type.err));
		case 'variant': {
			const tag = isObject(json) ? json['tag'] : undefined;
			const payload = type.cases.find(({ name }) => name === tag)?.type ?? null;
			return objectText(json, (key) => (key === 'val' ? payload : null));
		}
		default:
			return printJson(json);
	}
}

/** As Rust writes a float: with a point, and in exponents without a plus sign, from 1e16 up and below 1e-5. */
function floatText(value: number): string {
	if (!Number.isFinite(value)) return 'null';
	if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
	const size = Math.abs(value);
	const text = size >= 1e16 || size < 1e-5 ? value.toExponential().replace('e+', 'e') : printJson(value);
	return /[.e]/.test(text) ? text : `${text}.0`;
}

function objectText(json: Json, typeOf: (key: string) => WitType | null): string {
	if (!isObject(json)) return printJson(json);
	const members = Object.entries(json).map(([key, value]) => {
		return `${JSON.stringify(key)}:${resultText(value, typeOf(key))}`;
	});
	return `{${members.join(',')}}`;
}

/** A list of a million numbers is printed in one go where no float is among them. */
function holdsFloats(type: WitType): boolean {
	switch (type.kind) {
		case 'f32':
		case 'f64':
			return true;
		case 'list':
		case 'option':
			return holdsFloats(type.element);
		case 'tuple':
			return type.elements.some(holdsFloats);
		case 'record':
			return type.fields.some((field) => holdsFloats(field.type));
		case 'variant':
			return type.cases.some((each) => each.type !== null && holdsFloats(each.type));
		case 'result':
			return [type.ok, type.err].some((side) => side !== null && holdsFloats(side));
		default:
			return false;
	}
}

function isObject(json: Json): json is { readonly [key: string]: Json } {
	return typeof json === 'object' && json !== null && !Array.isArray(json);
}
