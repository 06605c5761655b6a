import type { Json } from '../wit/types';
import type { Hider } from './hider';

/** Words of JSON-RPC, MCP and this program: as a whole key, or a whole value, they say what something is. */
const ownWords = new Set(
	'jsonrpc id method params result error code message name arguments content text type structuredContent isError _meta tools data mimeType direction kind request response notification rpcId at durationMs size failed connection'.split(
		' ',
	),
);

/** A list of bytes of at least so many is looked through as bytes. */
const fewestBytes = 3;

/**
 * Hides secrets in plain data: in its texts and keys, in numbers of which the digits are one, and in lists of bytes. It returns the same
 * value where there is none.
 */
export function hideJson(value: Json, hider: Hider, text: (text: string) => string): Json {
	switch (typeof value) {
		case 'string':
			return ownWords.has(value) ? value : text(value);
		case 'number':
		case 'bigint': {
			const digits = String(value);
			const hidden = hider.text(digits);
			return hidden === digits ? value : hidden;
		}
		case 'object':
			break;
		default:
			return value;
	}
	if (value === null) return value;
	if (isList(value)) {
		if (isBytes(value)) {
			const bytes = Uint8Array.from(value);
			const hidden = hider.bytes(bytes);
			return hidden === bytes ? value : [...hidden];
		}
		const items = value.map((item) => hideJson(item, hider, text));
		return items.every((item, index) => Object.is(item, value[index])) ? value : items;
	}
	let changed = false;
	const hidden: Record<string, Json> = {};
	for (const [key, item] of Object.entries(value)) {
		const newKey = ownWords.has(key) ? key : text(key);
		const newItem = hideJson(item, hider, text);
		changed ||= newKey !== key || !Object.is(newItem, item);
		// An assignment would set the prototype where the key is `__proto__`.
		Object.defineProperty(hidden, newKey, {
			value: newItem,
			writable: true,
			enumerable: true,
			configurable: true,
		});
	}
	return changed ? hidden : value;
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

const isBytes = (list: readonly Json[]): list is readonly number[] =>
	list.length >= fewestBytes &&
	list.every((item) => typeof item === 'number' && Number.isInteger(item) && item >= 0 && item <= 255);
