import type { Json } from '../wit/types';
import type { Hider } from './hider';

/** Words of JSON-RPC, MCP and this program: as a whole key, or a whole value, they say what something is. */
const ownWords = new Set(
	'jsonrpc id method params result error code message name arguments content text type structuredContent isError _meta tools data mimeType direction kind request response notification rpcId at durationMs size failed connection'.split(
		' ',
	),
);

/** A list of at least so many bytes or characters is looked through as what they are together. */
const fewest = 3;

/**
 * Hides secrets in plain data: in its texts and keys, in numbers of which the digits are one, and in lists of bytes, of characters and of
 * their codes. It returns the same value where there is none.
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
		const apart = hideApart(value, hider, text);
		if (apart) return apart;
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

/**
 * A list without the secret that its items are together. The same list where it is bytes, and none is in them: their digits say nothing.
 * Null where each of the items is still to be looked at.
 */
function hideApart(
	list: readonly Json[],
	hider: Hider,
	text: (text: string) => string,
): readonly Json[] | null {
	if (list.length < fewest) return null;
	if (typeof list[0] === 'string') {
		if (!list.every(isCharacter)) return null;
		const whole = list.join('');
		const hidden = text(whole);
		return hidden === whole ? null : [...hidden];
	}
	const range = rangeOf(list);
	if (!range) return null;
	const numbers = list as readonly number[];
	if (range.least >= -128 && range.most <= 0xff) {
		// Numbers below zero are bytes with a sign.
		const bytes = Uint8Array.from(numbers);
		const hidden = hider.bytes(bytes);
		if (hidden !== bytes) return range.least < 0 ? [...Int8Array.from(hidden)] : [...hidden];
	}
	const plain = range.least >= 0 && range.most <= 0xff ? list : null;
	// Codes of ASCII are bytes.
	if (range.least < 0 || range.most <= 0x7f || range.most > 0x10_ffff || list.length > mostCodes)
		return plain;
	const whole = numbers.map((code) => String.fromCodePoint(code)).join('');
	const hidden = text(whole);
	return hidden === whole ? plain : Array.from(hidden, (character) => character.codePointAt(0) ?? 0);
}

/** A longer list of numbers is not looked through as codes of characters too: each becomes a text of its own meanwhile. */
const mostCodes = 2 ** 17;

/** The least and the greatest of whole numbers, in one pass, for lists of millions; null where one is none. */
function rangeOf(list: readonly Json[]): { readonly least: number; readonly most: number } | null {
	let [least, most] = [Infinity, -Infinity];
	for (let index = 0; index < list.length; index++) {
		const item = list[index];
		if (typeof item !== 'number' || !Number.isInteger(item)) return null;
		if (item < least) least = item;
		if (item > most) most = item;
	}
	return { least, most };
}

const isCharacter = (item: Json): item is string =>
	typeof item === 'string' && (item.length === 1 || (item.length === 2 && [...item].length === 1));
