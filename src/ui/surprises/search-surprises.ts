import type { Surprise } from './surprises';

/** The surprises in whose words every word that was typed occurs, in their order. Their id counts as one. */
export function searchSurprises(all: readonly Surprise[], typed: string): readonly Surprise[] {
	const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
	return all.filter((surprise) => {
		const { id, about, title, expects, happens, instead, since, fixed } = surprise;
		const text = [about, title, expects, happens, instead, since, fixed].join(' ').toLowerCase();
		return words.every((word) => text.includes(word) || id.toLowerCase() === word);
	});
}

/** When a surprise is true, in words. */
export const sinceWords = ({ since, fixed }: Pick<Surprise, 'since' | 'fixed'>): string => {
	const start = since === '0.2.0' ? 'Since the first release' : `Since ${since}`;
	return fixed === null ? `${start}, and still` : `${start}, until ${fixed}`;
};
