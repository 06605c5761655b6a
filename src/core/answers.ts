import type { Capability } from './activity';
import type { World } from './world';

/** What of a world calls are answered from, save what decisions depend on: files and variables. */
export type Answers = Pick<World, 'routes' | 'network' | 'clock' | 'random' | 'arguments' | 'decoyRoot'>;

/** Each with the words for a change of it, and the capability that a call uses where the change can reach it; null for what leaves no trace in the record. */
const parts: readonly (readonly [part: keyof Answers, words: string, through: Capability | null])[] = [
	['routes', 'routes changed', 'network'],
	['network', 'network changed', 'network'],
	['clock', 'clock changed', 'clock'],
	['random', 'seed changed', 'random'],
	['arguments', 'arguments changed', null],
	['decoyRoot', 'settings changed', 'storage'],
];

/** Those of a world. */
export const answersOf = ({
	routes,
	network,
	clock,
	random,
	arguments: args,
	decoyRoot,
}: World): Answers => ({
	...{ routes, network, clock, random, arguments: args, decoyRoot },
});

/**
 * What changed between two worlds that a call can have met, in words such as `routes changed`; null where nothing did. `used` are the
 * capabilities that it used; null where nobody knows any more, and then it may have used all.
 */
export function changedAnswers(
	before: Answers,
	now: Answers,
	used: ReadonlySet<Capability> | null,
): string | null {
	const changed = parts.find(
		([part, , through]) =>
			before[part] !== now[part] && (through === null || used === null || used.has(through)),
	);
	return changed?.[1] ?? null;
}
