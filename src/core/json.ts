import { isList } from './is-list';
import { err, ok, type Result } from './result';
import type { Json } from './wit/types';
import { WholeFloat } from './whole-float';

export interface JsonLimits {
	/** In UTF-16 code units; default 1 MiB. */
	readonly length?: number;
	/** Arrays and objects within each other; default 64. */
	readonly depth?: number;
	/** A whole number with a fraction or an exponent becomes a `WholeFloat`, and not a number; default false. */
	readonly wholeFloats?: boolean;
}

/** Why a text is not JSON. Lines and columns count from 1. */
export interface JsonProblem {
	readonly message: string;
	readonly line: number;
	readonly column: number;
}

/**
 * Reads JSON without losing anything: integers that a double cannot hold become bigints, `-0` stays negative, and every key is an own
 * property, `__proto__` too. Where a key is repeated the last one counts. Never throws.
 */
export function parseJson(text: string, limits: JsonLimits = {}): Result<Json, JsonProblem> {
	const { length = 2 ** 20, depth = 64, wholeFloats = false } = limits;
	if (text.length > length)
		return err({ message: `the text is longer than ${length} characters`, line: 1, column: 1 });
	const plain = text.length >= nativeFrom && !wholeFloats ? parsePlain(text, depth) : undefined;
	if (plain !== undefined) return ok(plain);
	const reader = new Reader(text, depth, wholeFloats);
	try {
		return ok(reader.document());
	} catch (error) {
		if (!(error instanceof JsonError)) throw error;
		const before = text.slice(0, error.at).split('\n');
		return err({ message: error.message, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 });
	}
}

/**
 * Writes JSON as `parseJson` reads it, on one line or indented by so many spaces. NaN and infinities become null, as JSON has none.
 * Fields that are there but undefined are left out.
 */
export function printJson(json: Json, indent = 0): string {
	return isPlain(json) ? JSON.stringify(json, null, indent) : print(json, indent, '\n');
}

/** Length from which on the engine's own parser is asked first, in UTF-16 code units. */
const nativeFrom = 4096;

/** What the engine's own parser, many times as fast, makes of a text that it loses nothing of; undefined where it might, or there is an error. */
function parsePlain(text: string, most: number): Json | undefined {
	try {
		const json = JSON.parse(text) as Json;
		return isExact(json, most) ? json : undefined;
	} catch {
		return undefined;
	}
}

/** Whether no number in a value may have lost a digit, and nothing in it is nested deeper than so many levels. */
function isExact(json: Json, levels: number): boolean {
	if (typeof json === 'number') return isExactNumber(json);
	if (typeof json !== 'object' || json === null) return true;
	if (levels === 0) return false;
	if (isList(json)) {
		// Without a call for each: a list may be one of millions of numbers.
		for (const item of json)
			if (typeof item === 'number' ? !isExactNumber(item) : !isExact(item, levels - 1)) return false;
		return true;
	}
	for (const value of Object.values<Json>(json)) if (!isExact(value, levels - 1)) return false;
	return true;
}

/** Integers are exact up to a bound; a fraction is what a double makes of it, whoever reads it. */
const isExactNumber = (value: number): boolean =>
	Number.isSafeInteger(value) || (Number.isFinite(value) && !Number.isInteger(value));

/** Whether the engine's own printer loses nothing of it. */
function isPlain(json: Json | undefined): boolean {
	if (typeof json === 'number') return !Object.is(json, -0);
	if (typeof json !== 'object' || json === null) return typeof json !== 'bigint';
	if (json instanceof WholeFloat) return false;
	if (isList(json)) {
		// Without a call for each: a list may be one of millions of numbers.
		for (const item of json)
			if (typeof item === 'number' ? Object.is(item, -0) : !isPlain(item)) return false;
		return true;
	}
	for (const value of Object.values<Json | undefined>(json)) if (!isPlain(value)) return false;
	return true;
}

function print(json: Json, indent: number, newline: string): string {
	if (typeof json === 'bigint') return String(json);
	if (typeof json === 'number') return Object.is(json, -0) ? '-0' : JSON.stringify(json);
	if (json instanceof WholeFloat) return json.text;
	// In a list, what is undefined keeps its place.
	if (json === null || typeof json !== 'object') return JSON.stringify(json) ?? 'null';
	const inner = newline + ' '.repeat(indent);
	const [open, close] = isList(json) ? '[]' : '{}';
	const parts = isList(json)
		? json.map((item: Json) => print(item, indent, inner))
		: Object.entries(json).flatMap(([key, value]: [string, Json | undefined]) =>
				value === undefined
					? []
					: `${JSON.stringify(key)}:${indent ? ' ' : ''}${print(value, indent, inner)}`,
			);
	if (parts.length === 0) return `${open}${close}`;
	return indent
		? `${open}${inner}${parts.join(`,${inner}`)}${newline}${close}`
		: `${open}${parts.join(',')}${close}`;
}

class JsonError extends Error {
	constructor(
		message: string,
		readonly at: number,
	) {
		super(message);
	}
}

const blank = /[\t\n\r ]*/y;
const number = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/y;

class Reader {
	#at = 0;

	constructor(
		readonly text: string,
		readonly depth: number,
		readonly wholeFloats: boolean,
	) {}

	document(): Json {
		const value = this.#value(0);
		if (this.#at < this.text.length) this.#fail('nothing may follow the value');
		return value;
	}

	/** Reads a value with the blanks around it. */
	#value(level: number): Json {
		this.#match(blank);
		const value = this.#bare(level);
		this.#match(blank);
		return value;
	}

	#bare(level: number): Json {
		switch (this.text[this.#at]) {
			case '{':
				return this.#object(level);
			case '[':
				return this.#array(level);
			case '"':
				return this.#string();
			case undefined:
				return this.#fail('the text ends too early');
		}
		for (const [word, value] of words) {
			if (this.#take(word)) return value;
		}
		return this.#number();
	}

	#object(level: number): Json {
		const object: Record<string, Json> = {};
		this.#list('{', '}', level, () => {
			this.#match(blank);
			if (this.text[this.#at] !== '"') this.#fail('expected a key in double quotes');
			const key = this.#string();
			this.#match(blank);
			if (!this.#take(':')) this.#fail("expected ':' after the key");
			const value = this.#value(level + 1);
			// An assignment would set the prototype where the key is `__proto__`.
			Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
		});
		return object;
	}

	#array(level: number): Json {
		const items: Json[] = [];
		this.#list('[', ']', level, () => items.push(this.#value(level + 1)));
		return items;
	}

	#list(open: string, close: string, level: number, item: () => void): void {
		if (level >= this.depth) this.#fail(`nested more than ${this.depth} levels deep`);
		this.#take(open);
		this.#match(blank);
		if (this.#take(close)) return;
		do item();
		while (this.#take(','));
		if (!this.#take(close)) this.#fail(`expected ',' or '${close}'`);
	}

	#string(): string {
		const start = this.#at;
		let end = this.text.indexOf('"', start + 1);
		while (end !== -1 && isEscaped(this.text, end)) end = this.text.indexOf('"', end + 1);
		if (end === -1) end = this.text.length;
		try {
			const value = JSON.parse(this.text.slice(start, end + 1)) as string;
			this.#at = end + 1;
			return value;
		} catch {
			return this.#fail('this string has no end or holds what must be escaped');
		}
	}

	#number(): Json {
		number.lastIndex = this.#at;
		const found = number.exec(this.text);
		if (!found) return this.#fail('expected a value');
		const [digits, fraction, exponent] = found;
		const value = Number(digits);
		if (!Number.isFinite(value) && (fraction ?? exponent) !== undefined)
			this.#fail('this number is too large');
		this.#at += digits.length;
		const whole = fraction === undefined && exponent === undefined;
		// It passes for an object without members where nobody looks for it.
		if (this.wholeFloats && !whole && Number.isInteger(value))
			return new WholeFloat(value) as unknown as Json;
		return whole && !Number.isSafeInteger(value) ? BigInt(digits) : value;
	}

	#take(expected: string): boolean {
		if (!this.text.startsWith(expected, this.#at)) return false;
		this.#at += expected.length;
		return true;
	}

	#match(pattern: RegExp): string | null {
		pattern.lastIndex = this.#at;
		const found = pattern.exec(this.text)?.[0] ?? null;
		this.#at += found?.length ?? 0;
		return found;
	}

	#fail(message: string): never {
		throw new JsonError(message, this.#at);
	}
}

/** Whether an odd number of backslashes stands before a place. */
function isEscaped(text: string, at: number): boolean {
	let first = at;
	while (text[first - 1] === '\\') first -= 1;
	return (at - first) % 2 === 1;
}

const words: readonly (readonly [string, Json])[] = [
	['null', null],
	['true', true],
	['false', false],
];
