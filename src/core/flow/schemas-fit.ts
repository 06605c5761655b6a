import { isList } from '../is-list';
import { itemAt } from '../item-at';
import { isRecord } from '../is-record';
import { checkAgainst } from '../schema-check';
import type { JsonSchema } from '../wit/types';
import { alternatives, asSchema } from './schema-places';

/** Whether values of one schema are values of another: all of them, some, or none. */
export type Fit = 'always' | 'sometimes' | 'never';

/** Schemas within each other that are looked at. */
const mostDepth = 32;

/** Whether what has the schema `source` may stand where `target` is asked for. Says `sometimes` where it does not know. */
export function schemasFit(source: JsonSchema, target: JsonSchema, depth = 0): Fit {
	if (depth > mostDepth) return 'sometimes';
	const values = valuesOf(source);
	if (values)
		return each(
			values.map((value) => (checkAgainst(target, value).status === 'invalid' ? 'never' : 'always')),
		);
	const sources = alternatives(source);
	if (sources) return each(sources.map((one) => schemasFit(one, target, depth + 1)));
	const targets = alternatives(target);
	if (targets) return best(targets.map((one) => schemasFit(source, one, depth + 1)));
	if (valuesOf(target)) return sameType(source, target) ? 'sometimes' : 'never';
	const wanted = target['type'];
	if (wanted === undefined) return 'always';
	const given = source['type'];
	if (given === undefined) return 'sometimes';
	if (given !== wanted) {
		if (given === 'integer' && wanted === 'number') return 'always';
		return given === 'number' && wanted === 'integer' ? 'sometimes' : 'never';
	}
	if (wanted === 'object') return objectsFit(source, target, depth);
	return wanted === 'array' ? arraysFit(source, target, depth) : 'always';
}

function objectsFit(source: JsonSchema, target: JsonSchema, depth: number): Fit {
	const has = asSchema(source['properties']);
	const wants = asSchema(target['properties']);
	const required = isList(target['required']) ? target['required'] : [];
	const sure = isList(source['required']) ? source['required'] : [];
	const isOpen = Object.keys(has).length === 0;
	const fits = Object.entries(wants).map(([name, schema]): Fit => {
		const isRequired = required.includes(name);
		if (!Object.hasOwn(has, name)) return isRequired ? (isOpen ? 'sometimes' : 'never') : 'always';
		const fit = schemasFit(asSchema(has[name]), asSchema(schema), depth + 1);
		return fit === 'always' && isRequired && !sure.includes(name) ? 'sometimes' : fit;
	});
	return all(fits);
}

function arraysFit(source: JsonSchema, target: JsonSchema, depth: number): Fit {
	const prefix = (schema: JsonSchema) =>
		isList(schema['prefixItems']) ? schema['prefixItems'].map(asSchema) : null;
	const [given, wanted] = [prefix(source), prefix(target)];
	const items = (schema: JsonSchema) => (isRecord(schema['items']) ? asSchema(schema['items']) : null);
	if (given && wanted) {
		if (given.length !== wanted.length) return 'never';
		return all(given.map((item, index) => schemasFit(item, itemAt(wanted, index), depth + 1)));
	}
	if (given) return all(given.map((item) => schemasFit(item, items(target) ?? {}, depth + 1)));
	if (wanted) return 'sometimes';
	const [item, wantedItem] = [items(source), items(target)];
	if (!wantedItem) return 'always';
	// The empty list is a list of anything.
	const fit = item ? schemasFit(item, wantedItem, depth + 1) : 'sometimes';
	return fit === 'never' ? 'never' : fit;
}

/** The values that a schema names one by one; null where it names none. */
function valuesOf(schema: JsonSchema): readonly unknown[] | null {
	if (Object.hasOwn(schema, 'const')) return [schema['const']];
	return isList(schema['enum']) ? schema['enum'] : null;
}

function sameType(source: JsonSchema, target: JsonSchema): boolean {
	const type = source['type'];
	const types = new Set<unknown>(
		(valuesOf(target) ?? []).map((value) => (value === null ? 'null' : typeof value)),
	);
	return type === undefined || types.has(type);
}

/** Of values that are one of several. */
const each = (fits: readonly Fit[]): Fit =>
	fits.every((fit) => fit === 'always')
		? 'always'
		: fits.every((fit) => fit === 'never')
			? 'never'
			: 'sometimes';

/** Of a value that has to fit one of several. */
const best = (fits: readonly Fit[]): Fit =>
	fits.includes('always') ? 'always' : fits.includes('sometimes') ? 'sometimes' : 'never';

/** Of a value all of whose parts have to fit. */
const all = (fits: readonly Fit[]): Fit =>
	fits.includes('never') ? 'never' : fits.includes('sometimes') ? 'sometimes' : 'always';
