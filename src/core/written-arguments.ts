import { isRecord } from './is-record';
import { parseJson } from './json';
import { most } from './limits';
import { err, ok, type Result } from './result';
import type { Json } from './wit/types';

/** What a tool takes, as far as reading words needs it. */
interface InputSchema {
	readonly properties?: unknown;
}

/**
 * The arguments of a call from words of a command line: one JSON object, or `name=value` for each. A value is a text where the schema says
 * so, and JSON otherwise; what is no JSON is a text where the schema lets it be one. The error is a sentence.
 */
export function writtenArguments(
	words: readonly string[],
	schema: InputSchema,
): Result<{ readonly [name: string]: Json }, string> {
	const [first = ''] = words;
	if (words.length === 1 && first.trimStart().startsWith('{')) {
		const parsed = parseJson(first, { length: most.scenarioText });
		return parsed.ok && isRecord(parsed.value) ? ok(parsed.value) : err('The arguments are no JSON object.');
	}
	const read = new Map<string, Json>();
	for (const word of words) {
		const at = word.indexOf('=');
		if (at < 1) return err(`${word} is no argument: write name=value for each, or one JSON object for all.`);
		const [name, text] = [word.slice(0, at), word.slice(at + 1)];
		if (read.has(name)) return err(`The argument ${name} is there twice.`);
		const known = isRecord(schema.properties) ? schema.properties : {};
		if (!Object.hasOwn(known, name)) {
			const names = Object.keys(known).join(', ') || 'none';
			return err(`The tool has no argument ${name}. It takes: ${names}.`);
		}
		const value = valueOf(text, known[name]);
		if (!value.ok) return err(`The argument ${name} ${value.error}`);
		read.set(name, value.value);
	}
	return ok(Object.fromEntries(read));
}

function valueOf(text: string, schema: unknown): Result<Json, string> {
	if (takesText(schema, true)) return ok(text);
	const parsed = parseJson(text, { length: most.scenarioText });
	if (parsed.ok) return ok(parsed.value);
	return takesText(schema, false) ? ok(text) : err('has to be JSON, such as 5, true, null or ["a","b"].');
}

/** Whether a schema takes any text, or with `only` nothing else. */
function takesText(schema: unknown, only: boolean): boolean {
	if (!isRecord(schema)) return !only;
	const { type, anyOf, oneOf, enum: words } = schema;
	for (const some of [anyOf, oneOf])
		if (Array.isArray(some))
			return only ? some.every((one) => takesText(one, true)) : some.some((one) => takesText(one, false));
	if (Array.isArray(words)) return words.every((word) => typeof word === 'string');
	if (Array.isArray(type)) return only ? type.every((one) => one === 'string') : type.includes('string');
	return type === 'string' || (type === undefined && !only);
}
