import type { SampleListing } from '../parts';

/** What is looked for among the samples. What is empty asks for nothing. */
export interface SampleQuery {
	/** Words that all have to occur, in any letter case. */
	readonly text: string;
	readonly tag: string | null;
	readonly language: string | null;
}

/** The samples that fit, in the order in which they are best met. */
export function findSamples(
	samples: readonly SampleListing[],
	{ text, tag, language }: SampleQuery,
): readonly SampleListing[] {
	const words = text.toLowerCase().split(/\s+/).filter(Boolean);
	return samples.filter((sample) => {
		if (tag !== null && !sample.tags.includes(tag)) return false;
		if (language !== null && sample.language !== language) return false;
		const told = [sample.name, sample.title, sample.summary, sample.language, ...sample.tags]
			.join('\n')
			.toLowerCase();
		return words.every((word) => told.includes(word));
	});
}

/** Every tag once, the most frequent first. */
export function tagsOf(samples: readonly SampleListing[]): readonly string[] {
	const counts = new Map<string, number>();
	for (const tag of samples.flatMap(({ tags }) => tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
	return [...counts].sort(([a, n], [b, m]) => m - n || a.localeCompare(b)).map(([tag]) => tag);
}

/** Every language once, in alphabetical order. */
export const languagesOf = (samples: readonly SampleListing[]): readonly string[] =>
	[...new Set(samples.map(({ language }) => language))].sort((a, b) => a.localeCompare(b));
