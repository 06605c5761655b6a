import { placeAt } from './outline';
import { schemaAt } from './schema-node';

/** What something in a text means, in plain words, and the range `[from, to)` it is about, in UTF-16 offsets. */
export interface Meaning {
	readonly text: string;
	readonly from: number;
	readonly to: number;
}

/** What a key, or the value beside it, means. Null where there is nothing to say. */
export function hover(text: string, offset: number): Meaning | null {
	const { path, key, value } = placeAt(text, offset);
	const isOnKey = key.text !== '' && offset >= key.from && offset <= key.to;
	const isOnValue = value !== null && value.text !== '' && offset >= value.from && offset <= value.to;
	if (!isOnKey && !isOnValue) return null;
	// A word without a colon is an item of a list.
	const description = (value === null ? schemaAt(path) : schemaAt([...path, key.text]))?.description;
	if (description === undefined) return null;
	const { from, to } = isOnKey || value === null ? key : value;
	return { text: description, from, to };
}
