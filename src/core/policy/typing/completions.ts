import { placeAt, type Place } from './outline';
import { mayBe, schemaAt, type SchemaNode } from './schema-node';
import { yamlString } from '../read/yaml-text';

/** One thing that could be typed at a place: it replaces `[from, to)`, in UTF-16 offsets. */
export interface Completion {
	readonly label: string;
	readonly insert: string;
	readonly detail?: string;
	readonly documentation?: string;
	readonly from: number;
	readonly to: number;
}

const startingPoint = 'version: "1.0"\npermissions:\n  ';

/** What could stand at an offset of a policy: keys that are not there yet, or values of the key before it. */
export function completions(text: string, offset: number): readonly Completion[] {
	if (text.trim() === '') {
		const documentation = 'A policy that grants nothing yet.';
		return [{ label: 'policy', insert: startingPoint, documentation, from: 0, to: text.length }];
	}
	const place = placeAt(text, offset);
	if (isInComment(text, offset)) return [];
	if (place.value && offset >= place.value.from) return valueCompletions(text, offset, place);
	return offset > place.key.to ? [] : keyCompletions(text, offset, place);
}

function isInComment(text: string, offset: number): boolean {
	return /(?:^|\s)#/.test(text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset));
}

function keyCompletions(text: string, offset: number, place: Place): readonly Completion[] {
	const node = schemaAt(place.path);
	if (!node) return [];
	const from = place.key.text === '' ? offset : place.key.from;
	const to = place.key.text === '' ? offset : place.key.to;
	if (node.enum)
		return node.enum.map((value) => ({
			label: String(value),
			insert: String(value),
			documentation: node.description,
			from,
			to,
		}));
	// On a line of a list that has no dash yet, what is offered brings one.
	const item = node.items ? schemaAt([...place.path, '[]']) : null;
	const dash = item && !place.isItem ? '- ' : '';
	const target = dash && item ? item : node;
	const column = place.key.text === '' ? columnOf(text, offset) : place.column;
	return Object.keys(target.properties ?? {})
		.filter((key) => dash !== '' || !place.siblings.has(key))
		.flatMap((key) => {
			const property = schemaAt([...place.path, ...(dash ? ['[]'] : []), key]);
			if (!property) return [];
			const insert = place.value ? key : dash + key + afterKey(property, column + dash.length);
			return {
				label: key,
				insert,
				detail: target.required?.includes(key) ? 'required' : undefined,
				documentation: property.description,
				from,
				to,
			};
		});
}

/** The colon, and the start of the value that goes with it. */
function afterKey(property: SchemaNode, column: number): string {
	const indent = ' '.repeat(column + 2);
	if (mayBe(property, 'object')) return `:\n${indent}`;
	if (!mayBe(property, 'array')) return ': ';
	return property.items?.enum ? ': [' : `:\n${indent}- `;
}

const columnOf = (text: string, offset: number): number => offset - (text.lastIndexOf('\n', offset - 1) + 1);

function valueCompletions(text: string, offset: number, { path, key, value }: Place): readonly Completion[] {
	const node = schemaAt([...path, key.text]);
	if (!node || !value) return [];
	const words = node.items?.enum;
	if (words) {
		let start = offset;
		while (start > value.from && /[a-z]/.test(text.charAt(start - 1))) start -= 1;
		const isOpen = value.text.startsWith('[');
		return words
			.filter((word) => !value.text.includes(String(word)))
			.map((word) => ({
				label: String(word),
				insert: isOpen ? String(word) : `[${String(word)}]`,
				documentation: node.items?.description,
				from: start,
				to: offset,
			}));
	}
	return [...(node.enum ?? []), ...(node.examples ?? [])].map((example) => ({
		label: String(example),
		insert: typeof example === 'string' ? yamlString(example) : String(example),
		documentation: node.description,
		from: value.from,
		to: Math.max(value.to, offset),
	}));
}
