import { expect, test } from 'vitest';
import { Consent, settlingMs } from './consent.svelte';

/** A consent whose time passes by hand. */
function setUp() {
	let now = 0;
	const timers: { readonly at: number; readonly task: () => void }[] = [];
	const consent = new Consent((task, milliseconds) => timers.push({ at: now + milliseconds, task }));
	const pass = (milliseconds: number) => {
		now += milliseconds;
		for (const { at, task } of timers.splice(0)) {
			if (at <= now) task();
			else timers.push({ at, task });
		}
	};
	return { consent, pass };
}

test('what has just appeared cannot be agreed to for a second', () => {
	const { consent, pass } = setUp();
	consent.show('a');
	pass(settlingMs - 1);
	expect([consent.armed, consent.covers('a'), consent.changed]).toEqual([false, false, false]);
	pass(1);
	expect([consent.armed, consent.covers('a'), consent.covers('b')]).toEqual([true, true, false]);
});

test('a change disarms, says so, and starts the second anew', () => {
	const { consent, pass } = setUp();
	consent.show('a');
	pass(settlingMs);
	consent.show('b');
	expect([consent.armed, consent.changed, consent.covers('a'), consent.covers('b')]).toEqual([
		false,
		true,
		false,
		false,
	]);
	pass(settlingMs - 1);
	consent.show('a');
	pass(1);
	expect(consent.covers('a')).toBe(false);
	pass(settlingMs);
	expect([consent.covers('a'), consent.changed]).toEqual([true, true]);
});

test('a card that was put away and comes again has not changed', () => {
	const { consent } = setUp();
	consent.show('a');
	consent.show(null);
	consent.show('b');
	expect(consent.changed).toBe(false);
});

test('more that is said of the same disarms without saying that it changed', () => {
	const { consent, pass } = setUp();
	consent.show('a');
	pass(settlingMs);
	consent.settle('a and more');
	expect([consent.armed, consent.changed]).toEqual([false, false]);
	pass(settlingMs);
	expect([consent.covers('a'), consent.covers('a and more')]).toEqual([false, true]);
});

test('what cannot be seen cannot be agreed to, and needs its second once it can', () => {
	const { consent, pass } = setUp();
	consent.show('a');
	pass(settlingMs);
	consent.see('It is covered.');
	expect([consent.armed, consent.hidden]).toEqual([false, 'It is covered.']);
	pass(10 * settlingMs);
	expect(consent.armed).toBe(false);
	consent.see(null);
	pass(settlingMs - 1);
	expect(consent.armed).toBe(false);
	pass(1);
	expect(consent.armed).toBe(true);
});
