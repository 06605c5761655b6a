import { isList } from './is-list';
import type { Json } from './wit/types';

/** The same JSON with the keys of every object in the order of the alphabet, as a map of Rust's keeps them. */
export function sortKeys(json: Json): Json {
	if (json === null || typeof json !== 'object') return json;
	if (isList(json)) return json.some(isObject) ? json.map(sortKeys) : json;
	const sorted: { [key: string]: Json } = {};
	for (const [key, value] of Object.entries<Json>(json).sort(([a], [b]) => (a < b ? -1 : 1))) {
		// Defined, not assigned: the key may be `__proto__`.
		Object.defineProperty(sorted, key, {
			value: sortKeys(value),
			writable: true,
			enumerable: true,
			configurable: true,
		});
	}
	return sorted;
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;
