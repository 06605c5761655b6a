import { isAlias, isMap, isSeq, type Document, type Node } from 'yaml';

/**
 * Puts what an alias stands for in its place, the same node in each: an alias refers to the last anchor of its name before it. Linear in the
 * document. Gives an alias that has no anchor, which no reader can read; null where all have one. The outcome may contain itself.
 */
export function expandAliases(document: Document): Node | null {
	const anchors = new Map<string, Node>();
	let stray: Node | null = null;
	const resolve = (node: unknown): unknown => {
		if (!isAlias(node)) return node;
		const target = anchors.get(node.source);
		if (!target) stray ??= node;
		return target ?? null;
	};
	// Nodes are visited in the order of the text, by a list of what is left to do, since they may be nested deep.
	const left: { readonly node: unknown; readonly put: (node: unknown) => void }[] = [
		{ node: document.contents, put: (node) => (document.contents = node as Node | null) },
	];
	for (let next = left.pop(); next; next = left.pop()) {
		const { node, put } = next;
		if (isAlias(node)) {
			put(resolve(node));
			continue;
		}
		if (typeof node !== 'object' || node === null) continue;
		const { anchor } = node as { readonly anchor?: string };
		if (anchor) anchors.set(anchor, node as Node);
		if (isSeq(node)) {
			const { items } = node;
			for (let index = items.length - 1; index >= 0; index--)
				left.push({ node: items[index], put: (value) => (items[index] = value) });
		} else if (isMap(node)) {
			for (let index = node.items.length - 1; index >= 0; index--) {
				const pair = node.items[index]!;
				left.push({ node: pair.value, put: (value) => (pair.value = value) });
				left.push({ node: pair.key, put: (key) => (pair.key = key) });
			}
		}
	}
	return stray;
}
