import type { Json } from '../../core/wit/types';
import type { ResultText } from '../protocol';

const encoder = new TextEncoder();

const found = new Error('a number that JSON.stringify has no room for');

/** Writes a result as text: as plain JSON where that can hold it, else with its strings marked. */
export function encodeResult(json: Json): ResultText {
	try {
		const text = JSON.stringify(json, (_key, item: unknown) => {
			if (typeof item === 'bigint' || Object.is(item, -0)) throw found;
			return item;
		});
		return { utf8: encoder.encode(text), bigints: false };
	} catch (error) {
		if (error !== found) throw error;
	}
	const text = JSON.stringify(json, (_key, item: unknown) => {
		if (typeof item === 'string') return `s${item}`;
		if (Object.is(item, -0)) return 'n-0';
		return typeof item === 'bigint' ? `n${item}` : item;
	});
	return { utf8: encoder.encode(text), bigints: true };
}
