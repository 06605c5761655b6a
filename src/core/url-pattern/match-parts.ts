import type { Part } from './parts';

/** Where matches can stand: 1 at each position of the text, from before its first character to after its last one. */
type Places = Uint8Array;

/**
 * Whether the whole of a text is what the parts say. Each part is one pass over the text, from all places where those before it can end to
 * all places where it can: nothing is ever tried twice. `delimiter` is what a name stops at; empty: nothing.
 */
export function matchParts(parts: readonly Part[], text: string, delimiter: string): boolean {
	const [only] = parts;
	if (parts.length === 0) return text === '';
	if (only?.kind === 'text' && parts.length === 1) return text === only.text;
	let places: Places = new Uint8Array(text.length + 1);
	places[0] = 1;
	for (const part of parts) {
		places = after(part, places, text, delimiter);
		if (!places.includes(1)) return false;
	}
	return places[text.length] === 1;
}

function after(part: Part, from: Places, text: string, delimiter: string): Places {
	switch (part.kind) {
		case 'text':
			return moved(from, text, part.text);
		case 'texts': {
			const repeats = part.modifier !== '?';
			const first = moved(from, text, part.text);
			const all = repeats ? repeated(first, text, part.text) : first;
			return part.modifier === '+' ? all : either(from, all);
		}
		case 'star': {
			const inside = toEnd(moved(from, text, part.before));
			const all = moved(inside, text, part.after);
			// Whatever stands between two stars, one of them can hold.
			return part.modifier === '?' || part.modifier === '*' ? either(from, all) : all;
		}
		case 'name': {
			const start = moved(from, text, part.before);
			const repeats = part.modifier === '+' || part.modifier === '*';
			const inside = names(start, text, delimiter, repeats ? part.after + part.before : null);
			const all = moved(inside, text, part.after);
			return part.modifier === '?' || part.modifier === '*' ? either(from, all) : all;
		}
	}
}

const either = (a: Places, b: Places): Places => a.map((place, index) => place | (b[index] ?? 0));

/** After a literal text, wherever it stands. */
function moved(from: Places, text: string, literal: string): Places {
	if (literal === '') return from;
	const to = new Uint8Array(from.length);
	const first = from.indexOf(1);
	if (first < 0) return to;
	if (from.indexOf(1, first + 1) < 0) {
		if (text.startsWith(literal, first)) to[first + literal.length] = 1;
		return to;
	}
	const ends = endsOf(text, literal);
	for (let at = first; at + literal.length < from.length; at += 1)
		if (from[at] === 1 && ends[at + literal.length] === 1) to[at + literal.length] = 1;
	return to;
}

/** The same any further number of times. */
function repeated(from: Places, text: string, literal: string): Places {
	const to = from.slice();
	const ends = endsOf(text, literal);
	for (let at = literal.length; at < to.length; at += 1)
		if (ends[at] === 1 && to[at - literal.length] === 1) to[at] = 1;
	return to;
}

/** Anywhere from the first place on. */
function toEnd(from: Places): Places {
	const first = from.indexOf(1);
	return first < 0 ? from : from.slice().fill(1, first);
}

/** After one or more characters that are no delimiter; and with a text between them, after several such stretches. */
function names(from: Places, text: string, delimiter: string, between: string | null): Places {
	const to = new Uint8Array(from.length);
	const ends = between ? { at: endsOf(text, between), length: between.length } : null;
	const starts = from.slice();
	for (let at = 0; at < text.length; at += 1) {
		if (ends?.at[at] === 1 && to[at - ends.length] === 1) starts[at] = 1;
		// Nothing between them: they are one longer stretch.
		if ((starts[at] === 1 || to[at] === 1) && (delimiter === '' || text[at] !== delimiter)) to[at + 1] = 1;
	}
	return to;
}

/** The places after each occurrence of a literal, those that overlap too, in one pass (Knuth, Morris and Pratt). */
function endsOf(text: string, literal: string): Places {
	const ends = new Uint8Array(text.length + 1);
	const back = new Int32Array(literal.length);
	for (let at = 1, known = 0; at < literal.length; at += 1) {
		while (known > 0 && literal[at] !== literal[known]) known = back[known - 1] ?? 0;
		if (literal[at] === literal[known]) known += 1;
		back[at] = known;
	}
	for (let at = 0, known = 0; at < text.length; at += 1) {
		while (known > 0 && (known === literal.length || text[at] !== literal[known]))
			known = back[known - 1] ?? 0;
		if (text[at] === literal[known]) known += 1;
		if (known === literal.length) ends[at + 1] = 1;
	}
	return ends;
}
