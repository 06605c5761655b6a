import { isCollection, type Node, type Pair } from 'yaml';

type Entry = Pair<Node, Node | null>;

/** Where the last visible character of a node ends: the node's own range may reach on over blank lines and comments. */
export function contentEnd(node: Node, text: string): number {
	if (isCollection(node) && !node.flow && node.items.length > 0)
		return itemEnd(node.items.at(-1) as Node | Entry, text);
	const [from, to] = node.range!;
	let end = to;
	while (end > from && /\s/.test(text[end - 1]!)) end--;
	return end;
}

/** The same of an item of a list, or of an entry of a map, which may have no value. */
export function itemEnd(item: Node | Entry, text: string): number {
	if (!('key' in item)) return contentEnd(item, text);
	const value = item.value?.range;
	if (value && value[1] > value[0]) return contentEnd(item.value!, text);
	return colonAfter(item.key, text) ?? item.key.range![1];
}

/** The offset just after the colon that follows a key; null where none does. */
export function colonAfter(key: Node, text: string): number | null {
	const end = key.range![1];
	const match = /^\s*:/.exec(text.slice(end, end + 200));
	return match && end + match[0].length;
}
