import { itemAt } from '../item-at';
import { concatBytes } from '../concat-bytes';
import { Automaton, type Finds, type FoundText } from './automaton';
import type { Turns } from '../turns';
import { spellingsOf, type Spelling } from './spellings';

/** A value that must not leave, by the name of its variable. */
export interface Secret {
	readonly key: string;
	readonly value: string;
}

/** Shorter values occur everywhere by chance: hiding them would hide everything else. UTF-16 units. */
export const shortestSecret = 3;

/** A place where a secret stands. */
export interface HiddenPlace {
	readonly start: number;
	readonly end: number;
	readonly key: string;
}

/** A beginning of a secret, where a text was cut, is hidden from this length on. UTF-16 units. */
const shortestBeginning = 4;

export interface HideOptions {
	/** The text was cut at its end, so a beginning of a secret there is hidden too. */
	readonly cut?: boolean;
	/** What stands in the place of a secret; default `[secret NAME]`. */
	readonly instead?: (key: string) => string;
}

/** What stands in the place of a secret. Its name is reduced to characters that mean nothing in JSON, YAML, HTML or a shell. */
export const markOf = (key: string): string =>
	`[secret ${key.replace(/[^A-Za-z0-9_.-]/g, '_').slice(0, 64)}]`;

interface Known {
	readonly key: string;
	/** It is what stands in the place of a secret already, and stays. */
	readonly isMark: boolean;
}

interface Search {
	readonly automaton: Automaton;
	readonly known: readonly Known[];
}

/** Finds secrets in texts and in bytes, in every spelling at once; the time grows as the text does. */
export class Hider {
	readonly #secrets: readonly Secret[];
	#texts: Search | null = null;
	#bytes: Search | null = null;

	constructor(secrets: readonly Secret[]) {
		this.#secrets = secrets.filter(({ value }) => value.length >= shortestSecret);
	}

	get isIdle(): boolean {
		return this.#secrets.length === 0;
	}

	/** Where secrets stand in a text, in order, no two of them overlapping. */
	places(text: string, { cut = false }: Pick<HideOptions, 'cut'> = {}): readonly HiddenPlace[] {
		if (this.isIdle) return [];
		this.#texts ??= searchFor(this.#secrets, unitsOf);
		const { automaton, known } = this.#texts;
		return placesOf(
			automaton.find(text.length, (index) => text.charCodeAt(index)),
			known,
			cut,
		);
	}

	/** The same text where no secret stands in it. */
	text(text: string, { cut, instead = markOf }: HideOptions = {}): string {
		const places = this.places(text, { cut });
		if (places.length === 0) return text;
		let hidden = '';
		let at = 0;
		for (const { start, end, key } of places) {
			hidden += text.slice(at, start) + instead(key);
			at = end;
		}
		return hidden + text.slice(at);
	}

	/** The same array where no secret stands in it. */
	bytes(bytes: Uint8Array): Uint8Array {
		if (this.isIdle) return bytes;
		const { automaton, known } = this.#searchOfBytes();
		return withMarks(bytes, placesOf(automaton.find(bytes.length, codeOf(bytes)), known));
	}

	/** The same, a piece in each task. */
	async bytesInTurns(bytes: Uint8Array, turns: Turns): Promise<Uint8Array> {
		if (this.isIdle) return bytes;
		const { automaton, known } = this.#searchOfBytes();
		const search = automaton.search(bytes.length, codeOf(bytes));
		for (let end = bytesAtOnce; end < bytes.length; end += bytesAtOnce) {
			search.upTo(end);
			if (turns.spent()) await turns.next();
		}
		return withMarks(bytes, placesOf(search.upTo(bytes.length), known));
	}

	#searchOfBytes(): Search {
		return (this.#bytes ??= searchFor(
			this.#secrets,
			(spelling) => new TextEncoder().encode(spelling),
			utf16Of,
		));
	}
}

/** Looked through between two looks at the clock: a millisecond's work. */
const bytesAtOnce = 16_384;

const codeOf = (bytes: Uint8Array) => (index: number) => itemAt(bytes, index);

function withMarks(bytes: Uint8Array, places: readonly HiddenPlace[]): Uint8Array {
	if (places.length === 0) return bytes;
	const parts: Uint8Array[] = [];
	let at = 0;
	for (const { start, end, key } of places) {
		parts.push(bytes.subarray(at, start), new TextEncoder().encode(markOf(key)));
		at = end;
	}
	parts.push(bytes.subarray(at));
	return concatBytes(parts);
}

const unitsOf = (text: string) =>
	Uint16Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));

/** A text as some systems keep it in files. */
const utf16Of = (text: string) =>
	Uint8Array.from(
		{ length: text.length * 2 },
		(_, index) => (text.charCodeAt(index >> 1) >> (8 * (index % 2))) & 0xff,
	);

function searchFor(
	secrets: readonly Secret[],
	codesOf: (spelling: string) => ArrayLike<number>,
	alsoOf?: (value: string) => ArrayLike<number>,
): Search {
	const known: (Known & Spelling)[] = [];
	for (const { key, value } of secrets) {
		known.push({ text: markOf(key), key, isMark: true });
		for (const spelling of spellingsOf(value)) known.push({ ...spelling, key, isMark: false });
	}
	const set = (chars: string | undefined) => (chars === undefined ? undefined : [...unitsOf(chars)]);
	const patterns = known.map(({ text, before, after }) => ({
		codes: codesOf(text),
		before: set(before),
		after: set(after),
	}));
	const also = secrets.flatMap(({ key, value }) => (alsoOf ? [{ key, codes: alsoOf(value) }] : []));
	return {
		automaton: new Automaton([
			...patterns,
			...also.map(({ codes }) => ({ codes, before: undefined, after: undefined })),
		]),
		known: [...known, ...also.map(({ key }) => ({ key, isMark: false }))],
	};
}

/** Joins what overlaps, so that nothing of a secret stays beside another one. A mark alone is no place. */
function placesOf({ found, tail }: Finds, known: readonly Known[], isCut = false): readonly HiddenPlace[] {
	if (isCut && tail && lengthOf(tail) >= shortestBeginning && !itemAt(known, tail.pattern).isMark)
		found.push(tail);
	const regions: { start: number; end: number; longest: FoundText }[] = [];
	for (const match of found) {
		let { start } = match;
		let longest = match;
		for (let last = regions.at(-1); last && last.end > start; last = regions.at(-1)) {
			regions.pop();
			start = Math.min(start, last.start);
			if (lengthOf(last.longest) >= lengthOf(longest)) longest = last.longest;
		}
		const end = Math.max(match.end, longest.end);
		regions.push({ start, end, longest });
	}
	return regions
		.filter(
			({ start, end, longest }) =>
				!(itemAt(known, longest.pattern).isMark && longest.start === start && longest.end === end),
		)
		.map(({ start, end, longest }) => ({ start, end, key: itemAt(known, longest.pattern).key }));
}

const lengthOf = ({ start, end }: FoundText) => end - start;
