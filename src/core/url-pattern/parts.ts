import { itemAt } from '../item-at';
import { PatternProblem, type Token } from './tokens';

/** One step of a component's pattern. Every text is already in the form that a parsed URL has. */
export type Part =
	| { readonly kind: 'text'; readonly text: string }
	/** A text that may be there or not, or any number of times. */
	| { readonly kind: 'texts'; readonly text: string; readonly modifier: Modifier }
	/** A name (characters up to the delimiter, one at least) or a star (any characters), between two texts. */
	| {
			readonly kind: 'name' | 'star';
			readonly before: string;
			readonly after: string;
			readonly modifier: Modifier | '';
	  };

export type Modifier = '?' | '+' | '*';

export interface PartOptions {
	/** A character before a name or star that belongs to it: `/` in a path. */
	readonly prefix: string;
	/** A literal text as it stands in a parsed URL. Throws where it cannot stand there. */
	readonly encode: (text: string) => string;
}

/** The steps of a component's pattern, as URLPattern reads it. Throws a `PatternProblem` where it is not one. */
export function partsOf(
	tokens: readonly Token[],
	{ prefix, encode }: PartOptions,
	names: Set<string>,
): Part[] {
	const parts: Part[] = [];
	let pending = '';
	let at = 0;
	const take = <K extends Token['kind']>(
		...kinds: readonly K[]
	): (Token & { readonly kind: K }) | undefined => {
		const token = tokens[at];
		const isTaken = (one: Token): one is Token & { readonly kind: K } =>
			kinds.some((kind) => kind === one.kind);
		if (!token || !isTaken(token)) return undefined;
		at += 1;
		return token;
	};
	const takeTexts = () => {
		let text = '';
		for (let token = take('text'); token; token = take('text')) text += token.text;
		return text;
	};
	const takeModifier = () => (take('modifier', 'star')?.text ?? '') as Modifier | '';
	const flush = () => {
		if (pending !== '') parts.push({ kind: 'text', text: encode(pending) });
		pending = '';
	};
	const add = (kind: 'name' | 'star', name: string, before: string, after: string) => {
		flush();
		if (kind === 'name') {
			if (names.has(name)) throw new PatternProblem(`It has the name :${name} twice.`);
			names.add(name);
		}
		parts.push({ kind, before: encode(before), after: encode(after), modifier: takeModifier() });
	};

	while (at < tokens.length) {
		const token = itemAt(tokens, at);
		const following = tokens[at + 1];
		const isPrefix =
			token.kind === 'text' && !token.escaped && token.text === prefix && prefix !== '' && isWild(following);
		if (isPrefix || isWild(token)) {
			if (isPrefix) at += 1;
			const wild = take('name', 'star');
			if (wild) add(wild.kind, wild.text, isPrefix ? prefix : '', '');
		} else if (token.kind === 'text') {
			pending += token.text;
			at += 1;
		} else if (token.kind === 'open') {
			at += 1;
			const before = takeTexts();
			const wild = take('name', 'star');
			const after = takeTexts();
			if (!take('close')) throw new PatternProblem('A { in it has no }, or holds more than one part.');
			if (wild) add(wild.kind, wild.text, before, after);
			else {
				const modifier = takeModifier();
				if (modifier === '') pending += before;
				else if (before !== '') {
					flush();
					parts.push({ kind: 'texts', text: encode(before), modifier });
				}
			}
		} else
			throw new PatternProblem(
				`The ${token.text} in it belongs to nothing. Write \\${token.text} for itself.`,
			);
	}
	flush();
	return parts;
}

const isWild = (token: Token | undefined): boolean => token?.kind === 'name' || token?.kind === 'star';
