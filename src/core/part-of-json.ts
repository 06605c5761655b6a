import { isList } from './is-list';
import { WholeFloat } from './whole-float';
import type { Json } from './wit/types';

/**
 * A part of a value that prints, for so many characters, as the whole of it does; the whole where there is no more of it. A value has a
 * character at least, so no more of them are looked at.
 */
export function beginningOf(json: Json, characters: number): Json {
	let left = characters + 1;
	const copy = (value: Json): Json => {
		left -= 1;
		if (typeof value !== 'object' || value === null || value instanceof WholeFloat) return value;
		if (isList(value)) {
			const items: Json[] = [];
			for (const item of value) {
				if (left <= 0) break;
				items.push(copy(item));
			}
			return items;
		}
		const fields: [string, Json][] = [];
		for (const [key, member] of Object.entries<Json>(value)) {
			if (left <= 0) break;
			fields.push([key, copy(member)]);
		}
		return Object.fromEntries(fields);
	};
	return copy(json);
}

/** Whether a value holds more than so many values, itself and those within it counted. No more are looked at. */
export function holdsMoreThan(json: unknown, values: number): boolean {
	let left = values;
	const count = (value: unknown): void => {
		left -= 1;
		if (typeof value !== 'object' || value === null) return;
		if (isList(value) && value.length > left) left = -1;
		for (const item of isList(value) ? value : Object.values(value)) {
			if (left < 0) return;
			count(item);
		}
	};
	count(json);
	return left < 0;
}
