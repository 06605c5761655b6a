import { isMap, isScalar, isSeq, type Scalar } from 'yaml';
import type { YamlDocument, YamlEntry, YamlMap, YamlValue } from './yaml-nodes';
import type { PolicyRule, SourceRange } from '../policy';
import { contentEnd } from './content-end';
import { dashBefore } from './dash-before';
import type { ProblemList } from './problem-list';
import { hasOwnTag, scalarText, untyped } from './serde-scalar';
import { isKnownKey, warnOfUnknownKeys } from './unknown-keys';

export type Value = YamlValue;

/** An entry of a map: where its name stands, and what it is. */
export interface Field {
	readonly key: SourceRange;
	readonly value: Value;
}

export type FieldsByName = ReadonlyMap<string, Field>;

/** An item of one of the lists of a section. */
export interface ListItem {
	readonly effect: 'allow' | 'deny';
	readonly item: Value;
	readonly near: SourceRange;
}

const longestRuleText = 512;

const nowhere: SourceRange = { from: 0, to: 0 };

/** Items of all lists that are read; a text without aliases cannot have as many. */
const mostItems = 50_000;

/** Reads maps, lists and scalars out of a YAML document as Wassette's parser does, and reports what it would refuse of their shape. */
export class FieldReader {
	readonly text: string;
	#read = 0;

	constructor(
		readonly document: YamlDocument,
		readonly problems: ProblemList,
	) {
		this.text = problems.lines.text;
	}

	/** The items of the lists of a section, in the order of `effects`; what is no list is reported. */
	*lists<Name extends string>(section: Field, name: string, effects: readonly Name[]) {
		const fields = this.fields(section.value, section.key, `\`${name}\``, name);
		for (const effect of effects) {
			const list = fields.get(effect);
			if (!list || isNull(list.value)) continue;
			if (!isSeq(list.value)) {
				this.wrongType(list, 'a list');
				continue;
			}
			for (const item of list.value.items) {
				if (this.isTooMuch(item, list.key)) return;
				yield { effect, item: item, near: list.key };
			}
		}
	}

	/** Whether a list, with what aliases repeat in it, has become more than a policy can mean; it is reported once. */
	isTooMuch(item: Value, near: SourceRange): boolean {
		if (++this.#read <= mostItems) return false;
		if (this.#read === mostItems + 1)
			this.problems.error('alias', 'repetition limit exceeded', this.range(item, near));
		return true;
	}

	/** The entries of a map by name. Null is an empty map; anything else that is no map is reported. */
	fields(value: Value, near: SourceRange, what: string, place: string): FieldsByName {
		const fields = new Map<string, Field>();
		if (isNull(value)) return fields;
		if (!isMap(value)) {
			this.problems.error(
				'type',
				`invalid type: ${kindOf(value)}, expected a map for ${what}`,
				this.range(value, near),
			);
			return fields;
		}
		for (const pair of value.items) {
			const key = keyText(pair);
			const range = this.range(pair.key, near);
			if (key === null) this.problems.error('key', 'Keys must be plain text', range);
			else if (fields.has(key) && isKnownKey(place, key))
				this.problems.error('duplicate-key', `duplicate field \`${key}\``, range);
			else fields.set(key, { key: range, value: pair.value });
		}
		warnOfUnknownKeys(place, fields, this.problems);
		return fields;
	}

	/** Warns of names that a map has and its place does not know. */
	unknownKeysOf(item: YamlMap, near: SourceRange, place: string): void {
		const fields = new Map<string, Field>();
		for (const pair of item.items) {
			const key = keyText(pair);
			if (key !== null) fields.set(key, { key: this.range(pair.key, near), value: pair.value });
		}
		warnOfUnknownKeys(place, fields, this.problems);
	}

	/** A field that has to be there; reported where it is not. */
	required(fields: FieldsByName, name: string, item: Value, near: SourceRange): Field | null {
		const field = fields.get(name);
		if (field) return field;
		if (isNull(item) || isMap(item))
			this.problems.error('missing-field', `missing field \`${name}\``, this.range(item, near));
		return null;
	}

	/** A scalar as text. A plain number or word stands for the text it is written with. */
	string(field: Field, name: string): string | null {
		const { value } = field;
		if (isScalar(value)) return scalarText(value);
		if (value === null) return '';
		this.wrongType(field, `a string for \`${name}\``);
		return null;
	}

	/** Warns of a field that is read and changes nothing. */
	ignored({ key, value }: Field, code: string, message: string): void {
		if (!isNull(value)) this.problems.warning(`${code}-ignored`, message, key);
	}

	/** Reports a value of another type than `expected` names. */
	wrongType(field: Field, expected: string): void {
		const message = `invalid type: ${kindOf(field.value)}, expected ${expected}`;
		this.problems.error('type', message, this.range(field.value, field.key));
	}

	/** Where a value stands, without what follows its content; `near` where it stands nowhere. */
	range(value: Value | undefined, near: SourceRange): SourceRange {
		const range = value?.range;
		if (!range || range[0] >= range[1]) return near;
		return { from: range[0], to: contentEnd(value, this.text) };
	}

	/** Where to mark what is missing from the whole: the first line. */
	head(root: Value): SourceRange {
		const from = root?.range?.[0] ?? 0;
		return { from, to: Math.max(from, this.problems.lines.end(this.problems.lines.line(from))) };
	}

	/** Where the rule of a list item stands, and how it is quoted; `value` is the part that says what it is about. */
	place(item: YamlValue, value: YamlValue): Pick<PolicyRule, 'ref' | 'range' | 'value' | 'lastLine'> {
		const range = this.range(item, nowhere);
		return {
			ref: { text: this.#ruleText(item), line: this.problems.lines.line(this.#itemStart(range.from)) },
			range,
			lastLine: this.problems.lines.line(range.to),
			value: this.range(value, range),
		};
	}

	/** The dash of a list item where it has one, however far above its content it stands. */
	#itemStart(from: number): number {
		return dashBefore(this.text, from) ?? from;
	}

	#ruleText(item: YamlValue): string {
		const { from, to } = this.range(item, nowhere);
		const text = isMap(item)
			? item.items.map(({ key, value }) => this.pairText(this.range(key, nowhere), value)).join(', ')
			: this.text.slice(from, to);
		return text.length > longestRuleText ? `${text.slice(0, longestRuleText)}…` : text;
	}

	/** A pair as it is quoted: as it is written, on one line. */
	pairText(key: SourceRange, value: Value): string {
		const { from, to } = this.range(value, nowhere);
		const written = this.text.slice(from, to);
		const text = /[\n#]/.test(written)
			? JSON.stringify(value?.toJS(this.document, { maxAliasCount: 0 }))
			: written;
		return `${this.text.slice(key.from, key.to)}: ${text}`;
	}
}

/** Whether Wassette reads a value as null. */
export const isNull = (value: Value): boolean =>
	value === null || (isScalar(value) && (hasOwnTag(value) ? false : untyped(value).kind === 'null'));

/** The name of an entry; null where it is no plain text. */
export function keyText(pair: YamlEntry): string | null {
	return isScalar(pair.key) ? scalarText(pair.key) : null;
}

/** The word that one of several words is written with: a tag of its own says it too. */
export const variantOf = (scalar: Scalar): string =>
	hasOwnTag(scalar) ? (scalar.tag ?? '').replace(/^!/, '') : scalarText(scalar);

/** What a value is, in the words of Wassette's parser. */
export function kindOf(value: Value): string {
	if (isMap(value)) return 'map';
	if (isSeq(value)) return 'sequence';
	if (!isScalar(value)) return 'unit value';
	if (typeof value.value === 'string') return `string ${JSON.stringify(value.value)}`;
	return value.value === null ? 'unit value' : `${typeof value.value} \`${value.source ?? ''}\``;
}

/** A value as a message quotes it. */
export const shown = (value: YamlValue) => (isScalar(value) ? String(value.value) : kindOf(value));
