import { expect, test } from 'vitest';
import { err, ok } from '../../core/result';
import { stillDeck } from '../../deck/testing/still-deck';
import { Sharing } from './sharing.svelte';

async function sharing() {
	const deck = await stillDeck();
	return { deck, share: new Sharing(() => deck, '1', { releases: () => null, otherEngines: () => null }) };
}

test('what is shared is read back before: what opens goes out', async () => {
	const { share } = await sharing();
	expect([share.link, share.unfit]).toEqual([expect.stringContaining('#'), null]);
	expect(share.file()).toMatchObject(ok({ name: 'a.tapedeck.json' }));
});

test('what is shared is read back before: no link and no file goes out that nobody could open', async () => {
	const { deck, share } = await sharing();
	// It came with a session that an older page kept.
	const { components, engine, world, limits, notes } = deck;
	const routes = [{ url: 'https://a.example/*', status: 20 }];
	deck.replace({ components, engine, limits, notes, world: { ...world, routes } });
	expect([share.link, share.unfit]).toEqual([null, expect.stringContaining('status')]);
	expect(share.file()).toEqual(err(expect.stringContaining('No page would open it')));
});
