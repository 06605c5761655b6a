import { isMap, isScalar, isSeq, type Scalar } from 'yaml';
import type { YamlNode, YamlValue } from './yaml-nodes';
import { hasOwnTag, untyped } from './serde-scalar';

/** Values that one list item may hold: aliases can make one of a few characters endless. */
const mostValues = 10_000;

/** Where an item says what it is about: its `host` or its `cidr`. */
export interface BufferedRule {
	readonly kind: 'host' | 'cidr';
	readonly text: string;
	readonly value: Scalar.Parsed;
}

/**
 * An item of a network list, which Wassette reads before it knows what it is: a map with a `host` or a `cidr` that is a text, or a list of
 * that one text, which is taken for a host. A number never becomes a text here. Null is neither, and the whole policy is refused then.
 */
export function readBufferedItem(item: YamlValue): BufferedRule | null {
	if (!canBeBuffered(item)) return null;
	if (isSeq(item)) {
		const only = item.items.length === 1 ? textOf(item.items[0]) : null;
		return only && { kind: 'host', ...only };
	}
	if (!isMap(item)) return null;
	const pairs = item.items;
	// A key that is no scalar names no field, and the reader then gives up on the item.
	if (pairs.some(({ key }) => !isScalar(key))) return null;
	for (const kind of ['host', 'cidr'] as const) {
		const [named, ...more] = pairs.filter(({ key }) => isKey(key, kind));
		const found = named && more.length === 0 ? textOf(named.value) : null;
		if (found) return { kind, ...found };
	}
	return null;
}

const isKey = (key: YamlNode, name: string): boolean => {
	const read = isScalar(key) ? untyped(key) : null;
	return read?.kind === 'string' && read.value === name;
};

function textOf(node: YamlValue | undefined): Pick<BufferedRule, 'text' | 'value'> | null {
	if (!isScalar(node)) return null;
	const read = untyped(node);
	return read.kind === 'string' ? { text: read.value, value: node } : null;
}

/** Whether nothing in it, however deep, is of a kind that cannot be kept for later: a tag of its own, or an integer of more than 64 bits. */
function canBeBuffered(item: YamlValue): boolean {
	const left: unknown[] = [item];
	for (let seen = 0; left.length > 0; seen++) {
		if (seen > mostValues) return false;
		const node = left.pop();
		if (isScalar(node)) {
			if (untyped(node).kind === 'unfit') return false;
		} else if (isSeq(node)) {
			if (hasOwnTag(node)) return false;
			for (const each of node.items) left.push(each);
		} else if (isMap(node)) {
			if (hasOwnTag(node)) return false;
			for (const { key, value } of node.items) left.push(key, value);
		}
	}
	return true;
}
