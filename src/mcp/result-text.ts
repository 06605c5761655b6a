import { isRecord } from '../core/is-record';
import { printJson } from '../core/json';
import { floatText, type ExponentStyle } from '../core/wit/float-text';
import type { Json, WitType } from '../core/wit/types';

/**
 * A result as the text of a tool result. It differs from plain JSON where JavaScript has forgotten what Wassette knows: a float is
 * written with its point, so `1.0` and not `1`.
 */
export function resultText(json: Json, type: WitType | null, exponents: ExponentStyle = 'plus'): string {
	if (type === null || json === null) return printJson(json);
	switch (type.kind) {
		case 'f32':
		case 'f64':
			return typeof json === 'number' ? floatText(json, exponents) : printJson(json);
		case 'option':
			return resultText(json, type.element, exponents);
		case 'list':
			return Array.isArray(json) && holdsFloats(type.element)
				? `[${json.map((item: Json) => resultText(item, type.element, exponents)).join(',')}]`
				: printJson(json);
		case 'tuple':
			return Array.isArray(json)
				? `[${json.map((item: Json, index) => resultText(item, type.elements[index] ?? null, exponents)).join(',')}]`
				: printJson(json);
		case 'record':
			return objectText(json, exponents, (key) => type.fields.find(({ name }) => name === key)?.type ?? null);
		case 'result':
			return objectText(json, exponents, (key) => (key === 'ok' ? type.ok : type.err));
		case 'variant': {
			const tag = isRecord(json) ? json['tag'] : undefined;
			const payload = type.cases.find(({ name }) => name === tag)?.type ?? null;
			return objectText(json, exponents, (key) => (key === 'val' ? payload : null));
		}
		default:
			return printJson(json);
	}
}

function objectText(json: Json, exponents: ExponentStyle, typeOf: (key: string) => WitType | null): string {
	if (!isRecord(json)) return printJson(json);
	const members = Object.entries(json).map(([key, value]) => {
		return `${JSON.stringify(key)}:${resultText(value, typeOf(key), exponents)}`;
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
