import { isCollection } from 'yaml';
import type { YamlEntry, YamlNode } from './yaml-nodes';

type Entry = YamlEntry;

/** Where the last visible character of a node ends: the node's own range may reach on over blank lines and comments. */
export function contentEnd(node: YamlNode, text: string): number {
	const last = isCollection(node) && !node.flow ? node.items.at(-1) : undefined;
	if (last) return itemEnd(last, text);
	const [from, to] = node.range;
	let end = to;
	while (end > from && /\s/.test(text.charAt(end - 1))) end--;
	return end;
}

/** The same of an item of a list, or of an entry of a map, which may have no value. */
export function itemEnd(item: YamlNode | Entry, text: string): number {
	if (!('key' in item)) return contentEnd(item, text);
	const { value } = item;
	if (value && value.range[1] > value.range[0]) return contentEnd(value, text);
	return colonAfter(item.key, text) ?? item.key.range[1];
}

/** The offset just after the colon that follows a key; null where none does. */
export function colonAfter(key: YamlNode, text: string): number | null {
	const end = key.range[1];
	const match = /^\s*:/.exec(text.slice(end, end + 200));
	return match && end + match[0].length;
}
