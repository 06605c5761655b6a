import { isList } from '../core/is-list';
import type { Turns } from '../core/turns';
import { crossingCopy, crossingText } from './crossing';

/** What comes of a message that crosses. */
export interface Crossed {
	/** Its JSON text, whole. */
	readonly text: string;
	/** What a reader makes of that text. */
	readonly copy: unknown;
	/** Bytes of the text in UTF-8. */
	readonly size: number;
}

/** Characters from which on a string is printed by itself, and so many of it at a time. */
export const longString = 2 ** 16;

const encoder = new TextEncoder();

/** The arrays and objects of a message in which, at any depth, there is a long string. */
export function holdersOfLongStrings(message: unknown): ReadonlySet<object> {
	const holders = new Set<object>();
	const look = (value: unknown): boolean => {
		if (typeof value === 'string') return value.length > longString;
		if (typeof value !== 'object' || value === null) return false;
		let holds = false;
		for (const item of isList(value) ? value : Object.values(value))
			if (typeof item !== 'number' && look(item)) holds = true;
		if (holds) holders.add(value);
		return holds;
	};
	look(message);
	return holders;
}

/**
 * Prints a message and reads it back, with its long strings cut into pieces that are printed in turns. They are not read back: a string is
 * what a reader of it gets.
 */
export async function crossInTurns(
	message: unknown,
	holders: ReadonlySet<object>,
	turns: Turns,
): Promise<Crossed> {
	const parts: string[] = [];
	let size = 0;
	const add = (part: string): void => {
		parts.push(part);
		size += encoder.encode(part).byteLength;
	};

	async function string(text: string): Promise<string> {
		add('"');
		for (let at = 0; at < text.length;) {
			const end = pieceEnd(text, at);
			add(JSON.stringify(text.slice(at, end)).slice(1, -1));
			at = end;
			if (turns.spent()) await turns.next();
		}
		add('"');
		return text;
	}

	async function value(json: unknown): Promise<unknown> {
		if (typeof json === 'string' && json.length > longString) return string(json);
		if (typeof json !== 'object' || json === null || !holders.has(json)) return apart(json);
		return isList(json) ? list(json) : object(json);
	}

	async function apart(json: unknown): Promise<unknown> {
		const text = crossingText(json);
		if (turns.spent()) await turns.next();
		const copy = crossingCopy(text);
		if (turns.spent()) await turns.next();
		add(text);
		return copy;
	}

	async function list(items: readonly unknown[]): Promise<unknown> {
		const copies: unknown[] = [];
		for (const item of items) {
			add(copies.length === 0 ? '[' : ',');
			// In a list, what is undefined keeps its place.
			copies.push(await value(item ?? null));
		}
		add(']');
		return copies;
	}

	async function object(fields: object): Promise<unknown> {
		const copies: object = {};
		let separator = '{';
		for (const [key, field] of Object.entries(fields)) {
			if (field === undefined) continue;
			add(`${separator}${JSON.stringify(key)}:`);
			separator = ',';
			// Defined, not assigned: the key may be `__proto__`.
			Object.defineProperty(copies, key, {
				value: await value(field),
				configurable: true,
				enumerable: true,
				writable: true,
			});
		}
		add('}');
		return copies;
	}

	const copy = await value(message);
	return { text: parts.join(''), copy, size };
}

/** Where a piece of a long string ends: never between the halves of a character. */
function pieceEnd(text: string, from: number): number {
	const end = from + longString;
	if (end >= text.length) return text.length;
	return /[\ud800-\udbff]/.test(text.charAt(end - 1)) ? end - 1 : end;
}
