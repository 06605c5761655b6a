import { expect, test } from 'vitest';
import { answersOf, changedAnswers } from './answers';
import { emptyWorld, type World } from './world';

const all = ['storage', 'network', 'environment', 'clock', 'random', 'output'] as const;

test.each<[changes: Partial<World>, words: string, through: (typeof all)[number] | null]>([
	[{ routes: [{ url: 'https://example.com/*' }] }, 'routes changed', 'network'],
	[{ network: 'routes' }, 'network changed', 'network'],
	[{ clock: { start: '2026-01-01T00:00:00.000Z' } }, 'clock changed', 'clock'],
	[{ random: { seed: '1' } }, 'seed changed', 'random'],
	[{ arguments: ['a'] }, 'arguments changed', null],
	[{ decoyRoot: false }, 'settings changed', 'storage'],
	[{ files: new Map(), variables: new Map() }, '', null],
])('%j makes a result old that can have met it', (changes, words, through) => {
	const before = answersOf(emptyWorld);
	const now = answersOf({ ...emptyWorld, ...changes });
	expect(changedAnswers(before, now, null)).toBe(words || null);
	for (const capability of all) {
		const met = through === null || through === capability;
		expect(changedAnswers(before, now, new Set([capability]))).toBe((met && words) || null);
	}
	expect(changedAnswers(before, answersOf({ ...emptyWorld }), null)).toBeNull();
});
