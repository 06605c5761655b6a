import { isRecord } from '../../core/is-record';
import type { Json } from '../../core/wit/types';
import { integerRanges } from '../../core/wit/values';
import { bytesProblem, streamBytes } from './bytes-text';
import type { FieldType, FormParam } from './field-type';
import { isFloatWord, type IntegerKind } from './number-text';
import { isArray, memberOf, type Draft, type JsonObject } from './value';

/** Where a value stands: names of parameters, fields and cases, and positions in lists. */
export type FieldPath = readonly (string | number)[];

/**
 * What is wrong with a value. `missing`: nothing was given yet; `invalid`: what was given does not fit; `note`: it can be sent, and
 * this is worth knowing.
 */
export interface Issue {
	readonly path: FieldPath;
	readonly kind: 'missing' | 'invalid' | 'note';
	readonly message: string;
}

/** One text for a path, such as `items/0/name`. */
export function pathKey(path: FieldPath): string {
	return path.map((part) => String(part).replace(/~/g, '~0').replace(/\//g, '~1')).join('/');
}

/** Everything that is wrong with the arguments of a call, in the order of the parameters. Members that no parameter names are noted. */
export function validateArguments(params: readonly FormParam[], args: JsonObject): readonly Issue[] {
	const known = new Set(params.map(({ name }) => name));
	const unknown = Object.keys(args).filter((name) => !known.has(name));
	return [
		...params.flatMap(({ name, type }): readonly Issue[] => {
			const value = memberOf(args, name);
			// The console accepts it, and says so where the result is shown; Wassette refuses the call.
			if (value === undefined && type.kind === 'option')
				return [issue([name], 'note', 'Left out. Wassette asks for an explicit none.')];
			return validate(type, value, [name]);
		}),
		...unknown.map((name) => issue([name], 'note', 'No parameter has this name, so it is ignored.')),
	];
}

/** Beyond this many, more would help nobody. */
const maxIssues = 200;

/** What is wrong with one value; `path` is where it stands. */
export function validate(type: FieldType, value: Draft, path: FieldPath = []): readonly Issue[] {
	const issues: Issue[] = [];
	check(type, value, path, issues);
	return issues;
}

const issue = (path: FieldPath, kind: Issue['kind'], message: string): Issue => ({ path, kind, message });

function check(type: FieldType, value: Draft, path: FieldPath, issues: Issue[]): void {
	if (issues.length >= maxIssues) return;
	const say = (message: string) => void issues.push(issue(path, 'invalid', message));
	const missing = (message: string) => void issues.push(issue(path, 'missing', message));
	const isMissing = value === undefined || value === null;

	switch (type.kind) {
		case 'optional':
			if (value !== undefined) check(type.element, value, path, issues);
			return;
		case 'json':
			if (value === undefined) missing('Enter a value.');
			return;
		case 'bool':
			if (isMissing) missing('Choose true or false.');
			else if (typeof value !== 'boolean') say('This is not true or false.');
			return;
		case 'u8':
		case 'u16':
		case 'u32':
		case 'u64':
		case 's8':
		case 's16':
		case 's32':
		case 's64':
			return isMissing ? missing('Enter an integer.') : checkInteger(type.kind, value, say);
		case 'f32':
		case 'f64':
			if (isMissing) missing('Enter a number.');
			else if (typeof value !== 'number' && typeof value !== 'bigint' && !isFloatWord(value))
				say('This is not a number. Besides numbers, NaN, inf and -inf are allowed.');
			else if (type.kind === 'f32' && isBeyondF32(value)) say('This is beyond what an f32 can hold.');
			return;
		case 'char':
			if (isMissing) missing('Enter one character.');
			else if (typeof value !== 'string') say('This is not text.');
			else checkChar(value, say);
			return;
		case 'string':
			if (isMissing) missing('Enter text, or choose empty text.');
			else if (typeof value !== 'string') say('This is not text.');
			else if (/\p{Surrogate}/u.test(value)) say('This text holds half a character (a lone surrogate).');
			return;
		case 'enum':
			if (isMissing) missing('Choose one.');
			else if (typeof value !== 'string' || !type.cases.includes(value)) say('This is none of the choices.');
			return;
		case 'flags':
			return isMissing
				? missing('Choose any, or none of them.')
				: checkFlags(type.flags, value, path, issues);
		case 'own':
		case 'borrow':
		case 'error-context':
			return say(refusal(type.kind));
		default:
			checkParts(type, value, path, { issues, say, missing, isMissing });
	}
}

/** Types that have parts of other types, or choices among them. */
type Compound = Extract<
	FieldType,
	{
		readonly kind:
			'list' | 'map' | 'tuple' | 'record' | 'option' | 'result' | 'variant' | 'future' | 'stream';
	}
>;

interface Findings {
	readonly issues: Issue[];
	readonly say: (message: string) => void;
	readonly missing: (message: string) => void;
	readonly isMissing: boolean;
}

function checkParts(type: Compound, value: Draft, path: FieldPath, findings: Findings): void {
	const { issues, say, missing, isMissing } = findings;
	const part = (of: FieldType, draft: Draft, ...at: FieldPath) => check(of, draft, [...path, ...at], issues);
	switch (type.kind) {
		case 'list':
			if (isMissing) return missing('Add an item, or choose the empty list.');
			if (type.element.kind === 'u8' && typeof value === 'string') return say(bytesProblem(value));
			if (!isArray(value)) return say('This is not a list.');
			if (type.length !== undefined && value.length !== type.length)
				say(`This list needs exactly ${type.length} items and has ${value.length}.`);
			return value.forEach((item, index) => part(type.element, item, index));
		case 'map':
			if (isMissing) return missing('Add an entry, or choose the empty map.');
			if (!isArray(value)) return say('This is not a list of entries.');
			return value.forEach((entry, index) => {
				part(type.key, memberOf(entry, 'key'), index, 'key');
				part(type.value, memberOf(entry, 'value'), index, 'value');
			});
		case 'tuple':
			if (!isMissing && !isArray(value)) return say('This is not a list of values.');
			if (isArray(value) && value.length > type.elements.length)
				say(`This needs exactly ${type.elements.length} values and has ${value.length}.`);
			return type.elements.forEach((element, index) => {
				part(element, isArray(value) ? value[index] : undefined, index);
			});
		case 'record':
			if (!isMissing && !isRecord(value)) return say('This is not an object.');
			if (isMissing && type.fields.length === 0) return missing('Choose the empty record.');
			return type.fields.forEach((field) => part(field.type, memberOf(value, field.name), field.name));
		case 'option':
			if (value === undefined) missing('Choose none or a value.');
			else if (value !== null) part(type.element, value);
			return;
		case 'result': {
			if (isMissing) return missing('Choose ok or err.');
			const side = (['ok', 'err'] as const).find((each) => memberOf(value, each) !== undefined);
			if (side === undefined)
				return isRecord(value) && Object.keys(value).length === 0
					? missing('Enter the value.')
					: say('This is neither ok nor err.');
			const payload = type[side];
			return payload ? part(payload, memberOf(value, side), side) : undefined;
		}
		case 'variant': {
			if (isMissing) return missing('Choose a case.');
			const tag = memberOf(value, 'tag');
			const found = type.cases.find(({ name }) => name === tag);
			if (!found) return say('This is none of the cases.');
			return found.type ? part(found.type, memberOf(value, 'val'), 'val') : undefined;
		}
		case 'future':
			return type.element ? part(type.element, value) : undefined;
		case 'stream':
			if (type.element)
				return part(
					{ kind: 'list', element: type.element },
					type.element.kind === 'u8' ? streamBytes(value) : value,
				);
			if (isMissing) missing('Enter a list with a null for each time that it gives.');
			else if (!isArray(value)) say('This is not a list.');
	}
}

/** Why a value of this kind can never be given from outside the component. */
export function refusal(kind: 'own' | 'borrow' | 'error-context'): string {
	switch (kind) {
		case 'own':
		case 'borrow':
			return 'A resource is a handle inside the component. JSON cannot carry one, so this tool cannot be called.';
		case 'error-context':
			return 'JSON cannot carry an error-context, so this tool cannot be called.';
	}
}

function checkInteger(kind: IntegerKind, value: Json, say: (message: string) => void): void {
	const isWhole = typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value));
	if (!isWhole) return say('This is not an integer.');
	const [least, most] = integerRanges[kind];
	const whole = BigInt(value);
	if (whole < least || whole > most) say(`A ${kind} is between ${least} and ${most}.`);
}

function isBeyondF32(value: Json): boolean {
	return (
		(typeof value === 'number' || typeof value === 'bigint') && !Number.isFinite(Math.fround(Number(value)))
	);
}

function checkChar(value: string, say: (message: string) => void): void {
	const count = [...value].length;
	if (count !== 1) say(`This needs exactly one character (one code point) and has ${count}.`);
	else if (/\p{Surrogate}/u.test(value)) say('This is half a character (a lone surrogate).');
}

function checkFlags(flags: readonly string[], value: Json, path: FieldPath, issues: Issue[]): void {
	if (isRecord(value) && Object.values(value).every((member) => typeof member === 'boolean')) {
		issues.push(
			issue(path, 'note', 'Wassette takes a list of names here, although its schema shows an object.'),
		);
		return;
	}
	if (!isArray(value)) {
		issues.push(issue(path, 'invalid', 'This is not a list of flags.'));
		return;
	}
	for (const name of value) {
		if (typeof name === 'string' && flags.includes(name)) continue;
		issues.push(issue(path, 'note', `${String(name)} is none of the flags and is ignored.`));
	}
}

/** Whether a call can be sent with these issues. */
export function isSendable(issues: readonly Issue[]): boolean {
	return issues.every(({ kind }) => kind === 'note');
}

/** The issues of each place, under the key of its path. */
export function groupByPath(issues: readonly Issue[]): ReadonlyMap<string, readonly Issue[]> {
	const groups = new Map<string, Issue[]>();
	for (const each of issues) {
		const group = groups.get(pathKey(each.path));
		if (group) group.push(each);
		else groups.set(pathKey(each.path), [each]);
	}
	return groups;
}
