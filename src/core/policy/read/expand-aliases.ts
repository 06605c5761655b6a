import { isAlias, isMap, isSeq, type Alias } from 'yaml';
import type { YamlDocument, YamlNode, YamlValue } from './yaml-nodes';

/**
 * Puts what an alias stands for in its place, the same node in each: an alias refers to the last anchor of its name before it. Linear in the
 * document. Gives an alias that has no anchor, which no reader can read; null where all have one. The outcome may contain itself.
 */
export function expandAliases(document: YamlDocument): Alias.Parsed | null {
	const anchors = new Map<string, YamlNode>();
	let stray: Alias.Parsed | null = null;
	// Nodes are visited in the order of the text, by a list of what is left to do, since they may be nested deep.
	const left: { readonly node: YamlValue; readonly put: (node: YamlNode) => void }[] = [
		{ node: document.contents, put: (node) => (document.contents = node) },
	];
	for (let next = left.pop(); next; next = left.pop()) {
		const { node, put } = next;
		if (isAlias(node)) {
			const target = anchors.get(node.source);
			if (target) put(target);
			else stray ??= node;
			continue;
		}
		if (node?.anchor) anchors.set(node.anchor, node);
		if (isSeq(node)) {
			const { items } = node;
			for (const [index, item] of [...items.entries()].toReversed())
				left.push({ node: item, put: (value) => (items[index] = value) });
		} else if (isMap(node)) {
			for (const pair of node.items.toReversed()) {
				left.push({ node: pair.value, put: (value) => (pair.value = value) });
				left.push({ node: pair.key, put: (key) => (pair.key = key) });
			}
		}
	}
	return stray;
}
