import { isRecord } from '../core/is-record';
import { isList } from '../core/is-list';
import { parseJson } from '../core/json';
import { err, ok, type Result } from '../core/result';
import type { RegistryEntry } from './builtin-tools';

/** Entries that an index may have; more are not read. */
const mostEntries = 5_000;

const limits = { length: 4 * 2 ** 20, depth: 16 };

/**
 * Reads an index of components as Wassette bundles one: a JSON array of `name`, `description` and `uri`, by itself or under `components`.
 * Entries without a name or an address are left out. The error is a sentence.
 */
export function parseIndex(text: string): Result<readonly RegistryEntry[], string> {
	const parsed = parseJson(text, limits);
	if (!parsed.ok)
		return err(`This is not an index of components: it is not JSON (line ${parsed.error.line}).`);
	const { value } = parsed;
	const list: unknown = isList(value) ? value : member(value, 'components');
	if (!isList(list))
		return err('This is not an index of components: it is not a list of name, description and uri.');
	const entries = list.slice(0, mostEntries).flatMap((item) => {
		const [name, uri, description] = ['name', 'uri', 'description'].map((key) => member(item, key));
		return typeof name === 'string' && typeof uri === 'string'
			? [{ name, uri, description: typeof description === 'string' ? description : '' }]
			: [];
	});
	return entries.length > 0 ? ok(entries) : err('This index names no component that has a name and a uri.');
}

const member = (value: unknown, key: string): unknown =>
	isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
