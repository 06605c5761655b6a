import { expect, test } from 'vitest';
import { otherSession, stillDeck } from '../../deck/testing/still-deck';
import { PolicyPast } from './policy-past';

test('a policy is remembered as it was at first and at calls, and goes with its session', async () => {
	const deck = await stillDeck(async () => ({ outcome: { status: 'stopped' } }) as never);
	const past = new PolicyPast(deck);
	const was = deck.components[0]!.policy;
	const now = () => past.of(deck.components[0]!);
	expect(now()).toEqual([]);
	deck.setPolicy('a', '# one\n');
	expect(now()).toEqual([{ name: 'As it was at first', text: was }]);
	await deck.call('run', {});
	expect(now()).toEqual([{ name: 'As it was at first', text: was }]);
	deck.setPolicy('a', '# two\n');
	expect(now()).toEqual([
		{ name: 'As it was at the last call', text: '# one\n' },
		{ name: 'As it was at first', text: was },
	]);
	deck.replace({ ...otherSession, components: [...deck.components] });
	expect(now()).toEqual([]);
});
