import { Validator } from '@cfworker/json-schema';
import type { JsonSchema } from './wit/types';

/** Whether a value fits a schema; `unchecked` where it, or the schema, is one that is not looked through. */
export type SchemaCheck =
	| { readonly status: 'valid' }
	| { readonly status: 'invalid'; readonly problems: readonly string[] }
	| { readonly status: 'unchecked'; readonly reason: string };

/** Values in what is checked; checking many more would hold the page up. */
const maxValues = 100_000;
const maxProblems = 5;

/** Checks a value against a JSON Schema. A problem is a place and what is wrong there. */
export function checkAgainst(schema: JsonSchema, value: unknown): SchemaCheck {
	const budget = { left: maxValues };
	const content = asDoubles(value, budget);
	if (budget.left < 0)
		return { status: 'unchecked', reason: `It holds more than ${maxValues.toLocaleString('en')} values.` };
	try {
		const { valid, errors } = new Validator(plainSchema(schema), '2020-12', false).validate(content);
		if (valid) return { status: 'valid' };
		// The last errors are the innermost ones; those before them say only that a part did not fit.
		const problems = errors.slice(-maxProblems).map(({ instanceLocation, error }) => {
			return `${instanceLocation.replace(/^#/, '') || '/'}: ${error}`;
		});
		return { status: 'invalid', problems };
	} catch (error) {
		const words = error instanceof Error ? error.message : String(error);
		return { status: 'unchecked', reason: `The output schema cannot be used: ${words}` };
	}
}

/** Subschemas and keywords of a schema that are looked at: checking takes time for each of them with each value. */
const maxKeywords = 20_000;
/**
 * What can take longer than the content and the schema are long: expressions of the schema's author, the validator's own for formats,
 * references, by which a short schema says a huge one, and comparing each item with each.
 */
const costly = new Set([
	'pattern',
	'patternProperties',
	'format',
	'$dynamicRef',
	'$recursiveRef',
	'uniqueItems',
]);

/** Keywords under which stand names of an author's own. */
const named = new Set(['properties', '$defs', 'definitions', 'dependentSchemas', 'dependentRequired']);

/** A copy, for the validator writes into the schema it is given, without what is costly. Throws where it is too large, or refers to itself. */
function plainSchema(schema: JsonSchema): JsonSchema {
	let left = maxKeywords;
	const copy = (value: unknown, isNames: boolean): unknown => {
		left -= 1;
		if (left < 0) throw new Error(`it has more than ${maxKeywords.toLocaleString('en')} parts`);
		if (Array.isArray(value)) return value.map((item) => copy(item, false));
		if (typeof value !== 'object' || value === null) return value;
		const plain: Record<string, unknown> = {};
		for (const [key, member] of Object.entries(value)) {
			if (!isNames && key === '$ref') throw new Error('it has references, which are not followed here');
			if (!isNames && costly.has(key)) continue;
			// Under these stand names of properties, not keywords.
			const inside = !isNames && named.has(key);
			Object.defineProperty(plain, key, {
				value: copy(member, inside),
				enumerable: true,
				configurable: true,
				writable: true,
			});
		}
		return plain;
	};
	return copy(schema, false) as JsonSchema;
}

/** The validator knows no bigints. The schemas ask no more of a number than that it is one. */
function asDoubles(value: unknown, budget: { left: number }): unknown {
	budget.left -= 1;
	if (budget.left < 0) return null;
	if (typeof value === 'bigint') return Number(value);
	if (Array.isArray(value)) return value.map((item) => asDoubles(item, budget));
	if (typeof value !== 'object' || value === null) return value;
	const copy = Object.create(null) as Record<string, unknown>;
	for (const [key, member] of Object.entries(value)) copy[key] = asDoubles(member, budget);
	return copy;
}
