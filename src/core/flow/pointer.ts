import { isRecord } from '../is-record';
import { err, ok, type Result } from '../result';
import type { Json } from '../wit/types';

/** The names of a JSON pointer (RFC 6901), unescaped; null for a text that is none. The empty pointer has none, and points at the whole. */
export function pointerNames(pointer: string): readonly string[] | null {
	if (pointer === '') return [];
	if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) return null;
	return pointer
		.slice(1)
		.split('/')
		.map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** A pointer to a member of what another points at. */
export const pointerTo = (pointer: string, name: string): string =>
	`${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** A position in a list as pointers write it: digits, without zeros in front. */
export const isPosition = (name: string): boolean => /^(?:0|[1-9]\d{0,8})$/.test(name);

/** What a pointer points at. The error says, as the end of a sentence, where the way ends. */
export function valueAt(value: Json, pointer: string): Result<Json, string> {
	const names = pointerNames(pointer);
	if (!names) return err(`${pointer} is no JSON pointer`);
	let at = value;
	let way = '';
	for (const name of names) {
		const next = memberOf(at, name);
		if (next === undefined) return err(`${way === '' ? 'the result' : way} has no ${JSON.stringify(name)}`);
		at = next;
		way = pointerTo(way, name);
	}
	return ok(at);
}

function memberOf(value: Json, name: string): Json | undefined {
	if (Array.isArray(value)) return isPosition(name) ? (value as readonly Json[])[Number(name)] : undefined;
	return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}
