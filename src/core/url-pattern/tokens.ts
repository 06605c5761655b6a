import { itemAt } from '../item-at';

/** One piece of a pattern's text. A `text` is one character, `escaped` where a backslash stood before it. */
export type Token =
	| { readonly kind: 'text'; readonly text: string; readonly escaped: boolean }
	| { readonly kind: 'name'; readonly text: string }
	| { readonly kind: 'star' | 'open' | 'close' | 'modifier'; readonly text: string };

/** Why a text is not a pattern that is matched here, as a sentence. */
export class PatternProblem extends Error {}

const starts = /[$_\p{ID_Start}]/u;
const goesOn = /[$_\u200c\u200d\p{ID_Continue}]/u;

/** The tokens of a pattern in URLPattern's syntax. Throws a `PatternProblem` where it holds a regular expression of its own. */
export function tokensOf(pattern: string): readonly Token[] {
	const characters = [...pattern];
	const tokens: Token[] = [];
	for (let at = 0; at < characters.length; at += 1) {
		const character = itemAt(characters, at);
		switch (character) {
			case '\\': {
				const next = characters[(at += 1)];
				if (next === undefined) throw new PatternProblem('It ends in a backslash.');
				tokens.push({ kind: 'text', text: next, escaped: true });
				break;
			}
			case ':': {
				let name = '';
				for (
					let next = characters[at + 1];
					next !== undefined && (name === '' ? starts : goesOn).test(next);
					next = characters[at + 1]
				) {
					name += next;
					at += 1;
				}
				tokens.push(name === '' ? { kind: 'text', text: ':', escaped: false } : { kind: 'name', text: name });
				break;
			}
			case '(':
				throw new PatternProblem(
					'It holds a regular expression, which is not matched here. Use names (:id), * and {…}? instead.',
				);
			case '*':
				tokens.push({ kind: 'star', text: character });
				break;
			case '{':
				tokens.push({ kind: 'open', text: character });
				break;
			case '}':
				tokens.push({ kind: 'close', text: character });
				break;
			case '+':
			case '?':
				tokens.push({ kind: 'modifier', text: character });
				break;
			default:
				tokens.push({ kind: 'text', text: character, escaped: false });
		}
	}
	return tokens;
}
