import { expect, test } from 'vitest';
import { err } from '../../core/result';
import { otherSession, stillDeck } from '../../deck/testing/still-deck';
import type { DeckTool } from '../console/deck-tool';
import { LiveDeck } from '../live-deck.svelte';
import { IsolationComparison } from './comparison.svelte';

test('a comparison ends with its session: nothing more of it runs, and nothing of it is shown', async () => {
	const deck = await stillDeck();
	const under: string[] = [];
	let end = () => {};
	const surface = {
		selection: { tool: { name: 'run', component: deck.components[0] } as DeckTool },
		live: new LiveDeck(deck),
		console: { argumentsOf: () => ({}) },
		runUnder: (component: string) => {
			under.push(component);
			return new Promise<ReturnType<typeof err<{ message: string }>>>((resolve) => {
				end = () => resolve(err({ message: 'refused' }));
			});
		},
	};
	const comparison = new IsolationComparison(surface, () => 0);
	const running = comparison.run();
	deck.replace({ ...otherSession, components: [...deck.components] });
	end();
	await running;
	expect(under).toEqual(['a']);
	expect(comparison.trialOf('process')).toEqual({ status: 'none' });
	expect(comparison.running).toBe(false);
});
