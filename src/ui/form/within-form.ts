import type { WitType } from '../../core/wit/types';
import type { FieldType, FormParam } from './field-type';

/** Fields that a form shows at once. Each takes a browser a part of a millisecond, and a short component can ask for any number. */
const mostFields = 400;

/**
 * The parameters as a form has room for them: one whose fields would be more than are left is asked for as JSON. Lists, options and variants
 * count once, since what is in them shows when it is asked for.
 */
export function withinForm(params: readonly FormParam[]): readonly FormParam[] {
	let left = mostFields;
	return params.map((param) => {
		const fields = fieldsOf(param.type, left);
		if (fields > left) return { ...param, type: { kind: 'json' } };
		left -= fields;
		return param;
	});
}

/** The type as a field of a form has room for it, wherever that stands. */
export const withinField = (type: FieldType): FieldType =>
	fieldsOf(type, mostFields) > mostFields ? { kind: 'json' } : type;

/** Items of a list that are shown at once, by how many lists it stands in. */
export function itemsAtOnce(element: FieldType, lists: number): number {
	const most = lists === 0 ? 50 : lists === 1 ? 8 : 1;
	return Math.max(1, Math.min(most, Math.floor(mostFields / fieldsOf(element, mostFields))));
}

/** The fields that a type shows before anything is given; more than `most` where it stopped counting. */
function fieldsOf(type: FieldType, most: number): number {
	let count = 1 + choicesOf(type);
	for (const part of partsOf(type)) {
		if (count > most) break;
		count += fieldsOf(part, most - count);
	}
	return count;
}

/** What somebody chooses from, as so many fields. */
function choicesOf(type: FieldType): number {
	if (type.kind === 'flags') return type.flags.length;
	return type.kind === 'enum' || type.kind === 'variant' ? Math.floor(type.cases.length / 10) : 0;
}

function partsOf(type: FieldType): readonly FieldType[] {
	switch (type.kind) {
		case 'record':
			return type.fields.map((field) => field.type);
		case 'tuple':
			return type.elements satisfies readonly WitType[];
		case 'optional':
			return [type.element];
		default:
			return [];
	}
}
