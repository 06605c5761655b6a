import { toBase64 } from '../base64';

/** One way in which a value is written down. */
export interface Spelling {
	readonly text: string;
	/** Characters one of which stands right before it, where its first bits share one with something else. */
	readonly before?: string;
	/** The same right behind it. */
	readonly after?: string;
}

/** Of less than this, whatever it is spelled as occurs everywhere by chance. UTF-16 units. */
const shortest = 3;

/** Characters of a value from which on only its commonest spellings are looked for: each takes memory as the value is long. */
const longFrom = 4_096;

/** Characters of a value from which on its letters are looked for in lower case, which hosts and names of headers are put in. */
const lowerFrom = 8;

/**
 * How carriers of a value write it: as it is, in URLs, in JSON and JSON within JSON, in HTML, in base64 wherever it begins, in hexadecimal
 * digits, as a list of bytes, of characters or of their codes, as a header carries it, and in URL patterns. What somebody made of it on purpose (turned round, ciphered,
 * in parts) is not among them.
 */
export function spellingsOf(value: string): readonly Spelling[] {
	// Half of a surrogate pair has no UTF-8.
	const whole = value.replace(/\p{Surrogate}/gu, '\ufffd');
	const bases = [...new Set([whole, whole.trim()])].filter((base) => base.length >= shortest);
	const spelled = bases.flatMap((base): readonly Spelling[] => [
		...textsOf(base).map((text) => ({ text })),
		...(base.length < longFrom ? [base, json(base)] : [base]).flatMap(base64sOf),
	]);
	const unique = new Map<string, Spelling>([['', { text: value }]]);
	for (const spelling of spelled) {
		const { text, before = '', after = '' } = spelling;
		if (text.length >= shortest) unique.set(`${before}\0${text}\0${after}`, spelling);
	}
	return [...unique.values()];
}

function textsOf(value: string): readonly string[] {
	const inJson = [json(value), ascii(json(value)), ascii(json(value)).replace(escaped, upper)];
	const bytes = [...new TextEncoder().encode(value)];
	const hex = hexOf(bytes);
	const hexInJson = hexOf(new TextEncoder().encode(inJson[0])).join('');
	const common = [
		value,
		...inJson.flatMap((text) => [text, json(text), json(json(text))]),
		component(value),
		form(value),
		hex.join(''),
		hex.join('').toUpperCase(),
		hexInJson,
		hexInJson.toUpperCase(),
	];
	if (value.length >= longFrom) return common;
	const codes = Array.from(value, (character) => character.codePointAt(0) ?? 0);
	const characters = Array.from(value, (character) => JSON.stringify(character));
	const inUrls = [
		component(value),
		encodeURI(value),
		form(value),
		inQuery(value),
		inPath(value),
		...[component, form, inQuery, inPath].map((spell) => spell(json(value))),
		component(component(value)),
	].flatMap((text) => [text, text.replace(/%[0-9A-F]{2}/g, (digits) => digits.toLowerCase())]);
	return [
		...common,
		...(value.length >= lowerFrom ? [value.toLowerCase()] : []),
		// Values of headers are bytes, read as Latin-1.
		String.fromCharCode(...bytes),
		...inJson.map((text) => text.replaceAll('/', '\\/')),
		...inUrls,
		...[value, ...inUrls].flatMap((text) => [
			text.replace(/[*+?(){}:\\]/g, '\\$&'),
			text.replace(/[\\{}()[\]*+?:]/g, '\\$&'),
		]),
		...htmlsOf(value).flatMap((text) => [text, json(text)]),
		// In the single quotes of YAML, and of a shell.
		value.replaceAll("'", "''"),
		value.replaceAll("'", "'\\''"),
		...[' ', ':'].flatMap((between) => [hex.join(between), hex.join(between).toUpperCase()]),
		...[bytes, bytes.map((byte) => (byte << 24) >> 24), codes, characters, characters.map(ascii)].flatMap(
			(list) => [list.join(','), list.join(', ')],
		),
		json(characters.join(',')),
	];
}

const hexOf = (bytes: Iterable<number>) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'));

const json = (text: string) => JSON.stringify(text).slice(1, -1);

const ascii = (text: string) =>
	text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const escaped = /\\u[0-9a-f]{4}/g;
const upper = (digits: string) => `\\u${digits.slice(2).toUpperCase()}`;

const component = (text: string) => encodeURIComponent(text);

/** As a form is sent. */
const form = (text: string) => new URLSearchParams({ '': text }).toString().slice(1);

/** What a URL parser leaves out of an address. */
const flat = (text: string) => text.replace(/[\t\n\r]/g, '');

const percent = (text: string, which: RegExp) => text.replace(which, (char) => encodeURIComponent(char));

/** As a URL parser writes it into a query, and into a path. Apostrophes are not encoded by `encodeURIComponent`. */
const inQuery = (text: string) =>
	percent(flat(text), /[\0-\x20"#<>\x7f]|[^\0-\x7f]+/g).replaceAll("'", '%27');
const inPath = (text: string) =>
	percent(flat(text).replaceAll('\\', '/'), /[\0-\x20"#<>?^`{}\x7f]|[^\0-\x7f]+/g);

function htmlsOf(text: string): readonly string[] {
	const escapedText = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
	const quotes = [
		['"', "'"],
		['&quot;', "'"],
		['&quot;', '&#39;'],
		['&quot;', '&#x27;'],
		['&quot;', '&apos;'],
		['&#34;', '&#39;'],
	] as const;
	const named = quotes.map(([double, single]) => escapedText.replaceAll('"', double).replaceAll("'", single));
	// As what writes HTML in ASCII does.
	const inAscii = (entity: (code: number) => string) =>
		named.map((html) => html.replace(/[^\0-\x7f]/gu, (character) => entity(character.codePointAt(0) ?? 0)));
	return [...named, ...inAscii((code) => `&#${code};`), ...inAscii((code) => `&#x${code.toString(16)};`)];
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Characters of a percent-encoded base64 text from which on it needs nothing around it to be told from chance. */
const tellingFrom = 8;

/** The characters of base64 that a text decides alone, wherever it begins, and which may stand beside them. */
function base64sOf(text: string): readonly Spelling[] {
	const bytes = new TextEncoder().encode(text);
	return [0, 1, 2].flatMap((offset): Spelling[] => {
		const padded = new Uint8Array(offset + bytes.length + 3);
		padded.set(bytes, offset);
		const all = toBase64(padded);
		const [from, to] = [8 * offset, 8 * (offset + bytes.length)];
		const core = all.slice(Math.ceil(from / 6), Math.floor(to / 6));
		const shared = (bit: number, isKnown: (sextet: number) => boolean) =>
			bit % 6 === 0 ? undefined : characters(isKnown);
		const [first, last] = [sextet(all, from), sextet(all, to)];
		const before = shared(from, (other) => (other ^ first) << (26 + (from % 6)) === 0);
		const after = shared(to, (other) => (other ^ last) >> (6 - (to % 6)) === 0);
		const inUrl = encodeURIComponent(core);
		return [
			{ text: core, before, after },
			{ text: core.replaceAll('+', '-').replaceAll('/', '_'), before, after },
			...(inUrl === core || inUrl.length < tellingFrom
				? []
				: [{ text: inUrl }, { text: inUrl.toLowerCase() }]),
		];
	});
}

const sextet = (base64: string, bit: number) => alphabet.indexOf(base64.charAt(Math.floor(bit / 6)));

/** Characters of both alphabets of base64. */
const characters = (fits: (sextet: number) => boolean) =>
	[...alphabet].map((char, index) => (fits(index) ? char + (other[char] ?? '') : '')).join('');

const other: Readonly<Record<string, string>> = { '+': '-', '/': '_' };
