import { itemAt } from '../../item-at';
import { dashBefore } from '../read/dash-before';
import { isCollection, isMap, isScalar, isSeq } from 'yaml';
import type { YamlDocument, YamlEntry, YamlList, YamlMap, YamlNode, YamlValue } from '../read/yaml-nodes';
import { err, ok, type Result } from '../../result';
import { colonAfter, contentEnd, itemEnd } from '../read/content-end';
import { findUnfitText } from '../read/check-text';
import { parseYaml } from '../read/parse';
import { ProblemList } from '../read/problem-list';
import { SourceLines } from '../read/source-lines';
import { yamlString, yamlValue } from '../read/yaml-text';

/** One replacement in a text: `[from, to)` by `text`, in UTF-16 offsets. */
export interface TextEdit {
	readonly from: number;
	readonly to: number;
	readonly text: string;
}

type LeafField = readonly [key: string, value: string | readonly string[]];

/** What is put into a document: an item of a list, or an entry of a map. */
export type Leaf =
	| {
			readonly kind: 'item';
			readonly fields: readonly [LeafField, ...LeafField[]];
	  }
	| { readonly kind: 'entry'; readonly key: string; readonly value: string };

type Value = YamlValue;
type Entry = YamlEntry;

/** A policy text as a document in which things can be put and removed without touching the rest: comments, layout and line ends stay. */
export class PolicyDocument {
	readonly #lines: SourceLines;
	readonly #lineBreak: string;

	private constructor(
		readonly text: string,
		readonly document: YamlDocument,
	) {
		this.#lines = new SourceLines(text);
		this.#lineBreak = /\r\n/.test(text) ? '\r\n' : '\n';
	}

	/** The error is the first thing that keeps the text from being read. */
	static read(text: string): Result<PolicyDocument, string> {
		const unfit = findUnfitText(text);
		if (unfit) return err(unfit.message);
		const problems = new ProblemList(new SourceLines(text));
		const document = parseYaml(text, problems);
		return document
			? ok(new PolicyDocument(text, document))
			: err(problems.sorted()[0]?.message ?? 'The text is not YAML');
	}

	/** The list at these keys, where there is one with items in it. */
	list(...keys: readonly string[]): YamlList | null {
		const node = this.find(keys);
		return isSeq(node) ? node : null;
	}

	/** The value at these keys; null where there is none. */
	find(keys: readonly string[]): Value {
		let node: YamlValue = this.document.contents;
		for (const key of keys) node = isMap(node) ? (entryOf(node, key)?.value ?? null) : null;
		return node;
	}

	/** Puts a leaf into the collection at these keys, making what is missing on the way; null where something else is in the way. */
	insert(keys: readonly string[], leaf: Leaf): readonly TextEdit[] | null {
		let node: YamlValue = this.document.contents;
		for (const [index, key] of keys.entries()) {
			if (!isMap(node)) return null;
			const entry = entryOf(node, key);
			if (!entry) return this.#append(node, keys.slice(index), leaf);
			if (isEmpty(entry.value)) return this.#fill(node, entry, keys.slice(index + 1), leaf);
			node = entry.value;
		}
		if (leaf.kind === 'item') return isSeq(node) ? this.#append(node, [], leaf) : null;
		return isMap(node) ? this.#append(node, [], leaf) : null;
	}

	/** Puts one more word into a list of words, in the manner of the last one. */
	appendWord(list: YamlList, word: string): readonly TextEdit[] {
		const last = itemAt(list.items, -1);
		const quote = this.text.charAt(last.range[0]);
		const written = quote === '"' || quote === "'" ? `${quote}${word}${quote}` : word;
		if (list.flow) return [insertion(last.range[1], `, ${written}`)];
		return [this.#linesAfter(contentEnd(last, this.text), [`${this.#indentOf(list.range[0])}- ${written}`])];
	}

	/** Replaces a scalar. */
	replaceValue(value: YamlNode, text: string): readonly TextEdit[] {
		return [{ from: value.range[0], to: value.range[1], text }];
	}

	/** Removes items of a list, each with its whole lines where it has lines of its own. A list that loses all its items becomes `[]`. */
	removeItems(list: YamlList, isRemoved: (item: YamlNode) => boolean): readonly TextEdit[] | null {
		const removed = list.items.filter(isRemoved);
		if (removed.length === 0) return [];
		if (list.flow) return this.#removeFlowItems(list, removed);
		const edits: TextEdit[] = [];
		for (const item of removed) {
			const dash = dashBefore(this.text, item.range[0]);
			const firstLine = dash === null ? 0 : this.#lines.line(dash);
			if (dash === null || this.text.slice(this.#lines.start(firstLine), dash).trim() !== '') return null;
			const lastLine = this.#lines.line(contentEnd(item, this.text));
			edits.push({ from: this.#lines.start(firstLine), to: this.#lines.start(lastLine + 1), text: '' });
		}
		if (removed.length < list.items.length) return edits;
		const key = keyOf(this.document.contents, list);
		const colon = key && colonAfter(key, this.text);
		return colon === null ? null : [insertion(this.#propertiesEnd(colon), ' []'), ...edits];
	}

	/** Replaces the value at a key of the root by `{}`. */
	clear(key: string): readonly TextEdit[] | null {
		const root = this.document.contents;
		const entry = isMap(root) ? entryOf(root, key) : undefined;
		if (!entry) return null;
		const { value } = entry;
		if (value === null || isEmpty(value)) return [];
		const [from, to] = value.range;
		if (isCollection(value) && value.flow) return [{ from, to, text: '{}' }];
		const colon = colonAfter(entry.key, this.text);
		const end = this.#lines.end(this.#lines.line(contentEnd(value, this.text)));
		return colon === null ? null : [{ from: colon, to: end, text: ' {}' }];
	}

	#append(collection: YamlMap | YamlList, keys: readonly string[], leaf: Leaf): readonly TextEdit[] | null {
		const [first, last] = [collection.items[0], collection.items.at(-1)];
		if (!first || !last) return null;
		if (collection.flow) {
			const quotesKeys = this.#quotesKeys(collection);
			const written = flowInside(keys, leaf, quotesKeys);
			return [insertion(itemEnd(last, this.text), `, ${written}`)];
		}
		const start = 'key' in first ? first.key.range[0] : collection.range[0];
		return [
			this.#linesAfter(itemEnd(last, this.text), blockLines(keys, leaf, this.#indentOf(start), this.#unit())),
		];
	}

	/** Gives a value to an entry that has an empty one. */
	#fill(map: YamlMap, entry: Entry, keys: readonly string[], leaf: Leaf): readonly TextEdit[] | null {
		const colon = colonAfter(entry.key, this.text);
		const value = entry.value?.range;
		const hasText = value !== null && value !== undefined && value[1] > value[0];
		if (map.flow) {
			const written = flowValue(keys, leaf, this.#quotesKeys(map));
			if (hasText) return [{ from: value[0], to: value[1], text: written }];
			return [
				colon === null ? insertion(entry.key.range[1], `: ${written}`) : insertion(colon, ` ${written}`),
			];
		}
		if (colon === null) return null;
		const indent = this.#indentOf(entry.key.range[0]) + this.#unit();
		const lines = blockLines(keys, leaf, indent, this.#unit());
		if (!hasText) return [this.#linesAfter(colon, lines)];
		return [{ from: colon, to: value[1], text: '' }, this.#linesAfter(value[1], lines)];
	}

	#removeFlowItems(list: YamlList, removed: readonly YamlNode[]): readonly TextEdit[] {
		const { items } = list;
		if (removed.length === items.length) return [{ from: list.range[0], to: list.range[1], text: '[]' }];
		const lastKept = items.findLastIndex((item) => !removed.includes(item));
		const edits = removed
			.map((item) => items.indexOf(item))
			.filter((index) => index < lastKept)
			.map((index) => ({
				from: itemAt(items, index).range[0],
				to: itemAt(items, index + 1).range[0],
				text: '',
			}));
		if (lastKept === items.length - 1) return edits;
		return [...edits, { from: itemAt(items, lastKept).range[1], to: itemAt(items, -1).range[1], text: '' }];
	}

	/** Where the anchor and the tag of a value end that stand on the line of its colon; the colon's end where there are none. */
	#propertiesEnd(colon: number): number {
		const line = this.text.slice(colon, this.#lines.end(this.#lines.line(colon)));
		return colon + (/^(?:[ \t]+[&!][^\s#]*)*/.exec(line)?.[0].length ?? 0);
	}

	#linesAfter(offset: number, lines: readonly string[]): TextEdit {
		const end = this.#lines.end(this.#lines.line(offset));
		return insertion(end, lines.map((line) => this.#lineBreak + line).join(''));
	}

	/** The spaces before a place on its line, as many as there are characters. */
	#indentOf(offset: number): string {
		return ' '.repeat(
			this.#lines.column(offset) -
				1 -
				(this.text.startsWith('\ufeff') && this.#lines.line(offset) === 1 ? 1 : 0),
		);
	}

	/** One step of indentation, as the document has it between `permissions` and what is in it; two spaces by default. */
	#unit(): string {
		const root = this.document.contents;
		const entry = isMap(root) ? entryOf(root, 'permissions') : undefined;
		const inner = isMap(entry?.value) && !entry.value.flow ? entry.value.items[0] : undefined;
		if (!entry || !inner) return '  ';
		const step = this.#indentOf(inner.key.range[0]).length - this.#indentOf(entry.key.range[0]).length;
		return ' '.repeat(step > 0 ? step : 2);
	}

	#quotesKeys(collection: YamlMap | YamlList): boolean {
		const map = isMap(collection) ? collection : this.document.contents;
		const key = isMap(map) ? map.items[0]?.key : null;
		return isScalar(key) && key.type === 'QUOTE_DOUBLE';
	}
}

/** Carries out edits that do not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
	// From the end of the text, so that offsets hold. Of edits at one place the removal is made first: what is inserted there is not part of it.
	const ordered = [...edits].sort((a, b) => b.from - a.from || b.to - a.to);
	return ordered.reduce(
		(result, { from, to, text: added }) => result.slice(0, from) + added + result.slice(to),
		text,
	);
}

const insertion = (at: number, text: string): TextEdit => ({ from: at, to: at, text });

function entryOf(map: YamlMap, key: string): Entry | undefined {
	return map.items.find((entry): entry is Entry => isScalar(entry.key) && entry.key.value === key);
}

/** The key whose value a node is, however deep; null where it is none's. */
function keyOf(root: Value, value: YamlNode): YamlValue {
	if (isSeq(root)) {
		for (const item of root.items) {
			const key = keyOf(item, value);
			if (key) return key;
		}
		return null;
	}
	if (!isMap(root)) return null;
	for (const entry of root.items) {
		const key = entry.value === value ? entry.key : keyOf(entry.value, value);
		if (key) return key;
	}
	return null;
}

function isEmpty(value: Value): boolean {
	return (
		value === null ||
		(isScalar(value) && value.value === null) ||
		(isCollection(value) && value.items.length === 0)
	);
}

function blockLines(keys: readonly string[], leaf: Leaf, indent: string, unit: string): readonly string[] {
	const [key, ...rest] = keys;
	if (key !== undefined) return [`${indent}${key}:`, ...blockLines(rest, leaf, indent + unit, unit)];
	if (leaf.kind === 'entry') return [`${indent}${leaf.key}: ${yamlString(leaf.value)}`];
	return leaf.fields.map(
		([name, value], index) => `${indent}${index === 0 ? '- ' : '  '}${name}: ${yamlValue(value)}`,
	);
}

/** What goes between the brackets of a flow collection. */
function flowInside(keys: readonly string[], leaf: Leaf, quotesKeys: boolean): string {
	const name = (key: string) => (quotesKeys ? yamlString(key) : key);
	const [key, ...rest] = keys;
	if (key !== undefined) return `${name(key)}: ${flowValue(rest, leaf, quotesKeys)}`;
	if (leaf.kind === 'entry') return `${name(leaf.key)}: ${yamlString(leaf.value)}`;
	return `{ ${leaf.fields.map(([field, value]) => `${name(field)}: ${yamlValue(value)}`).join(', ')} }`;
}

function flowValue(keys: readonly string[], leaf: Leaf, quotesKeys: boolean): string {
	const inside = flowInside(keys, leaf, quotesKeys);
	return keys.length === 0 && leaf.kind === 'item' ? `[${inside}]` : `{ ${inside} }`;
}
